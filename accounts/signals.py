"""News that travels up to the apps above."""

from django.dispatch import Signal

# Sent within the transaction. Arguments: user (User), kind (ConsentKind), now (datetime).
consent_withdrawn = Signal()
