"""What the code lists tell those who stand above them."""

from django.dispatch import Signal

# Sent when the official lists have been loaded anew: rows may have other names, and no signals were sent for them.
loaded = Signal()
