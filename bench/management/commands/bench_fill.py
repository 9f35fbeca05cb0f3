from django.core.management.base import BaseCommand

from bench.data.filling import build
from bench.data.recipe import size_of


class Command(BaseCommand):
    help = "Fills an empty, migrated portal with a data set of the benchmark."

    def add_arguments(self, parser):
        parser.add_argument("size", type=size_of)

    def handle(self, *args, **options):
        build(options["size"])
