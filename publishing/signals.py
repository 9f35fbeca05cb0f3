"""What publishable records tell those who stand above them."""

from django.dispatch import Signal

# Sent with the `whole` whose parts were put into another order, for which no signals of single parts are sent.
parts_reordered = Signal()
