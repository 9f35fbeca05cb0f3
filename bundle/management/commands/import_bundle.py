from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from bundle.faults import PackageError
from bundle.importing import NotEmptyError, restore
from bundle.opening import opened


class Command(BaseCommand):
    help = (
        "Restores what export_bundle wrote, a directory or a ZIP file, into a portal without records. The package is "
        "looked through first; then all of it is taken over, or nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument("package", type=Path, help="The directory of the package, or a ZIP file of it.")

    def handle(self, *args, package, **options):
        try:
            with opened(package) as found:
                counts = restore(found)
        except (NotEmptyError, PackageError, OSError) as error:
            raise CommandError(f"Nothing was taken over.\n{error}") from error
        self.stdout.write(f"Taken over: {sum(counts.values())} rows of {len(counts)} tables.")
