from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from sample.errors import DataError
from sample.loading import has_content, load
from sample.reading import DATA


class Command(BaseCommand):
    help = (
        "Loads the sample content. Can be repeated: records that are as they were loaded follow the data files, "
        "those that somebody changed, deleted or made are left alone."
    )

    def add_arguments(self, parser):
        parser.add_argument("--if-empty", action="store_true", help="Do nothing when there is any content already.")
        parser.add_argument(
            "--directory", type=Path, default=DATA, help="Where the data files are, if not in sample/data."
        )

    def handle(self, *args, **options):
        if options["if_empty"] and has_content():
            self.stdout.write("There is content already; the sample content is not loaded.")
            return
        try:
            report = load(Path(options["directory"]))
        except DataError as error:
            raise CommandError(str(error)) from error
        if report.created or report.updated:
            self.stdout.write(
                f"Sample content: {report.created} records made, {report.updated} brought up to date, "
                f"{report.unchanged} unchanged."
            )
        else:
            self.stdout.write(f"Sample content: nothing to do, {report.unchanged} records are as in the data files.")
        if report.left_alone:
            self.stdout.write("Left alone:")
        for line in report.left_alone:
            self.stdout.write(f"- {line}")
