from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from bundle.exporting import members
from bundle.placing import NotOursError, place


class Command(BaseCommand):
    help = (
        "Writes all public data as a Frictionless data package: CSV files, datapackage.json, and the files that pages "
        "show. An older package in the directory is replaced as a whole."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "directory", type=Path, help="Where to: a directory that is new, empty, or an older package."
        )
        parser.add_argument(
            "--reusable-only",
            action="store_true",
            help="Leave out the pictures of people who did not agree to open data. For giving the package to others.",
        )

    def handle(self, *args, directory, reusable_only, **options):
        try:
            place(members(reusable_only=reusable_only), directory)
        except (NotOursError, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"The data package is in {directory}.")
