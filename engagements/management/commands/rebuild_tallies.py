import sys

from django.core.management.base import BaseCommand

from engagements.tallies.rebuilding import rebuild


class Command(BaseCommand):
    help = (
        "Counts all public engagements anew, for the numbers on pages. Nobody has to wait long: visitors read and "
        "editors save meanwhile. It is needed only after records were changed past the portal, or after an upgrade "
        "that says so."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--check", action="store_true", help="Only say what is wrong; exit with status 1 if anything is."
        )

    def handle(self, *args, **options):
        counts = rebuild(only_check=options["check"])
        verb = "wrong" if options["check"] else "put right"
        for name, count in counts.items():
            self.stdout.write(f"{name}: {count} {verb}")
        if options["check"] and any(counts.values()):
            sys.exit(1)
