"""What the search tells those who stand above it."""

from django.dispatch import Signal

# Sent within the transaction, behind the index's lock, when records have changed or come due that the index follows.
followed = Signal()
