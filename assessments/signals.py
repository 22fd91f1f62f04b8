"""News that travels up to the apps above."""

from django.dispatch import Signal

# Sent within the transaction, under the lock on the candidate.
# Arguments: candidate (User), now (datetime).
skill_estimate_changed = Signal()
