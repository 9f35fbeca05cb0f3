"""What publishable records tell those who stand above them."""

from django.dispatch import Signal

# Sent with the `whole` whose parts were put into another order, for which no signals of single parts are sent.
parts_reordered = Signal()

# Sent when pictures have got other renditions, for which no signals of their records are sent.
renditions_made = Signal()

# Sent before somebody reads what is kept beside the records and follows from the public ones alone, so that those whose
# publication date has come are in it.
about_to_read = Signal()

# Sent within the transaction, behind the writers' lock, when what is kept beside the records was brought up to date
# without a change of any of them.
caught_up = Signal()
