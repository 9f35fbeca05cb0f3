"""What the tallies follow by themselves. Of changes of records they are told by `search.indexing.follow()`."""

from engagements.tallies import rebuilding
from engagements.tallies.counting import count_what_has_come_due
from publishing.migrating import tables_are_ready


def code_lists_loaded(**kwargs) -> None:
    """The official lists were brought up to date: countries may be in other regions. After a restore, all is new."""
    rebuilding.catch_up()


def somebody_reads(**kwargs) -> None:
    """A page of a lower floor is going to read the numbers."""
    count_what_has_come_due()


def migrated(plan=None, **kwargs) -> None:
    """Count all that there is, where the tallies themselves are new."""
    if tables_are_ready(plan) and any(
        (migration.app_label, migration.name) == ("engagements", "0006_tallies") for migration, _backwards in plan
    ):
        rebuilding.rebuild()
