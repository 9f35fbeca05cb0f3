from django.core.management.base import BaseCommand
from django.utils import timezone

from search.catching_up import index_some_that_wait
from search.indexing import AT_ONCE, index_what_has_come_due
from search.models import Scheduled


class Command(BaseCommand):
    help = (
        "Brings the search up to date with the records whose publication date has come. The portal is right without "
        "it: what is public follows from the time alone, and the first search after that date does the same. It also "
        "indexes anew what names a record that has another name, where that is so much that saving left it for later. "
        "Run from a timer it saves searches that work. Can be repeated."
    )

    def handle(self, *args, **options):
        due = Scheduled.objects.filter(publish_at__lte=timezone.now()).count()
        done = sum(index_what_has_come_due() for _ in range(0, due, AT_ONCE))
        self.stdout.write(f"Records that became public and were indexed: {done}.")
        anew = 0
        while some := index_some_that_wait():
            anew += some
        if anew:
            self.stdout.write(f"Records that name others and were indexed anew: {anew}.")
