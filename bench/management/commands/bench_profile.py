import json

from django.core.management.base import BaseCommand

from bench.profiling import profile


class Command(BaseCommand):
    help = "Prints, as JSON, the functions in which a process is for longest that answers one address again and again."

    def add_arguments(self, parser):
        parser.add_argument("path")

    def handle(self, *args, **options):
        self.stdout.write(json.dumps(profile(options["path"])))
