from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from backup.faults import BackupError
from backup.management.commands.backup import add_key_file, keys_of
from backup.restoring import restore


class Command(BaseCommand):
    help = (
        "Restores what “manage.py backup” wrote, of this release or an older one, into a portal without records, on "
        "SQLite or PostgreSQL. Everything is checked first; then all of it is restored, or nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="The backup.")
        add_key_file(parser)
        parser.add_argument(
            "--replace", action="store_true", help="Let it take the place of all records and users that are here."
        )

    def handle(self, *args, file, key_file, replace, **options):
        try:
            closing = restore(file, keys_of(key_file), self.stdout.write, replace=replace)
        except (BackupError, DatabaseError, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Restored: {closing.told}.")
        for name in closing.missing:
            self.stderr.write(f"The backup lacks the file {name}, which a record names: it was lost before.")
