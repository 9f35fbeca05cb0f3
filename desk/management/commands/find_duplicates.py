from django.core.management.base import BaseCommand

from desk.duplicates import find_again


class Command(BaseCommand):
    help = "Looks for people and organisations that may be there twice. Can be repeated."

    def handle(self, *args, **options):
        found = find_again()
        self.stdout.write(
            f"Possible duplicates: {found['profile']} of profiles, {found['organisation']} of organisations."
        )
