"""The parts of an entry that a word can be looked for in."""

from enum import StrEnum


class Level(StrEnum):
    """The digit that stands before a token in the databases' indexes, behind the scope: see the migrations.

    What stands in the title stands in the key facts and in everything, and what stands in the key facts in everything:
    so each question is one look into the index. TITLE and COUNTRY are before marks.
    """

    NAMES = "0"
    FACTS = "1"
    ANYWHERE = "2"
    TITLE = "3"  # the whole title in one word
    COUNTRY = "9"  # the code of a country that the record has to do with
