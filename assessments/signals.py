"""News that travels up to the apps above."""

from django.dispatch import Signal

# Sent within the transaction, under the lock on the candidate.
# Arguments: candidate (User), skills (set of codes), now (datetime).
skill_estimate_changed = Signal()
