"""By what engagements are counted."""

from enum import IntEnum


class Dimension(IntEnum):
    """What an engagement has one or several values of. The numbers stand in the database."""

    EVERYTHING = 0  # a scope only: all public engagements
    COUNTRY = 1
    REGION = 2
    PROGRAMME = 3
    KIND = 4
    SECTOR = 5
    TOPIC = 6
    STATUS = 7
    YEAR = 8  # of the start
    PROFILE = 9
    ORGANISATION = 10


# Those within whose values is counted.
SCOPES = (
    Dimension.EVERYTHING,
    Dimension.COUNTRY,
    Dimension.REGION,
    Dimension.PROGRAMME,
    Dimension.KIND,
    Dimension.SECTOR,
    Dimension.TOPIC,
    Dimension.STATUS,
)
# Few values, of which pages show all: `Tally`.
CODES = (
    Dimension.COUNTRY,
    Dimension.REGION,
    Dimension.KIND,
    Dimension.SECTOR,
    Dimension.TOPIC,
    Dimension.STATUS,
    Dimension.YEAR,
)
# Many records, which may or may not be public, and of which pages show the most frequent: `RecordTally`.
RECORDS = (Dimension.PROGRAMME, Dimension.PROFILE, Dimension.ORGANISATION)
# Of which an engagement may have several: the numbers of two values cannot be added up.
SEVERAL = (Dimension.TOPIC, Dimension.PROFILE, Dimension.ORGANISATION)
