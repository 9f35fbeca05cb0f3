from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import transaction

from codelists.loading import load


class Command(BaseCommand):
    help = "Sets the official code lists (countries, regions, sectors, languages …) to the files in codelists/data."

    @transaction.atomic
    def handle(self, *args, **options):
        for filename, count in load(apps).items():
            self.stdout.write(f"{filename}: {count} rows")
