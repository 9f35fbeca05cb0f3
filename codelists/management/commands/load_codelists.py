from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import transaction

from codelists.loading import load
from codelists.signals import loaded


class Command(BaseCommand):
    help = "Sets the official code lists (countries, regions, sectors, languages …) to the files in codelists/data."

    def handle(self, *args, **options):
        with transaction.atomic():
            counts = load(apps)
        loaded.send(sender=type(self))
        for filename, count in counts.items():
            self.stdout.write(f"{filename}: {count} rows")
