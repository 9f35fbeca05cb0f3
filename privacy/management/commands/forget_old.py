from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from privacy.retention import RULES


def option_of(name: str) -> str:
    return name.replace("-", "_")


class Command(BaseCommand):
    help = (
        "Deletes what is kept for a time only and is older than that: ended sessions, logs of sign-ins, what is left "
        "of imports. What is kept without end goes only where a period is given for it. Can be repeated."
    )

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="Only say how much it would be.")
        for rule in RULES:
            period = "without end" if rule.days is None else f"{rule.days} days"
            parser.add_argument(
                f"--{rule.option}", type=int, metavar="DAYS", default=rule.days, help=f"{rule.what} ({period})."
            )

    def handle(self, *args, dry_run, **options):
        now = timezone.now()
        periods = {rule: options[option_of(rule.option)] for rule in RULES}
        if wrong := [rule.option for rule, days in periods.items() if days is not None and not 0 <= days < 36_525]:
            raise CommandError(f"--{wrong[0]} takes a number of days from 0 to 36524.")
        for rule, days in periods.items():
            if days is None:
                self.stdout.write(f"{rule.what}: kept")
                continue
            moment = now - timedelta(days=days)
            done = f"{rule.count(moment)} would be" if dry_run else f"{rule.apply(moment)}"
            self.stdout.write(f"{rule.what}, older than {days} days: {done} deleted")
