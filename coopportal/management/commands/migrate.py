from django.core.management.commands import migrate
from django.db import connections

from coopportal.migration_lock import alone, opened


class Command(migrate.Command):
    """Django's own, by one process at a time: two would make the same tables, and one or both break off half-way."""

    def execute(self, *args, **options):
        opened(connections[options["database"]])
        return super().execute(*args, **options)

    def handle(self, *args, **options):
        if options["plan"] or options["check_unapplied"]:
            return super().handle(*args, **options)
        with alone(connections[options["database"]], lambda: self._say_that_it_waits(options)):
            return super().handle(*args, **options)

    def _say_that_it_waits(self, options: dict) -> None:
        if options["verbosity"] > 0:
            self.stdout.write("Another process is migrating this database. Waiting for its end …")
            self.stdout.flush()
