from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError
from django.db.models import F, Q
from django.utils import timezone

from desk.links.checking import PAUSE, Answer, check_all
from desk.links.using import all_links
from desk.models import CheckedLink

Status = CheckedLink.Status
# Where all servers fail in these ways the fault is on this side.
NO_WAY_OUT = {CheckedLink.Reason.NO_HOST, CheckedLink.Reason.NO_CONNECTION, CheckedLink.Reason.TIMEOUT}
ENOUGH_TO_TELL = 10
# A link that fails is asked for again, and is broken only where it fails then too: servers have bad days.
SECOND_LOOK_AFTER = timedelta(hours=20)


class Command(BaseCommand):
    help = (
        "Checks the links of all records to other sites. A page that is gone (404, 410) is broken at once, any other "
        "fault after it was there twice, most of a day apart. Can be repeated; links that failed are always checked."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--older-than", type=int, default=6, metavar="DAYS", help="Skip links that worked so many days ago (6)."
        )
        parser.add_argument("--limit", type=int, metavar="N", help="Check at most N, the longest unchecked first.")
        parser.add_argument("--pause", type=float, default=PAUSE, help="Seconds between questions to one server (1).")

    def handle(self, *args, **options):
        self.learn()
        long_ago = timezone.now() - timedelta(days=options["older_than"])
        due = CheckedLink.objects.filter(
            Q(checked_at__isnull=True) | Q(checked_at__lt=long_ago) | Q(first_failed_at__isnull=False)
        )
        urls = list(due.order_by(F("checked_at").asc(nulls_first=True), "pk").values_list("url", flat=True))
        urls = urls[: options["limit"]]
        counts = dict.fromkeys(Status, 0)
        answers = list(check_all(urls, options["pause"]))
        if len(answers) >= ENOUGH_TO_TELL and all(answer.reason in NO_WAY_OUT for answer in answers):
            raise CommandError("None of the servers can be reached: is there a way to the internet? Nothing was kept.")
        for answer in answers:
            link = remember(answer)
            if link is None:
                continue
            counts[link.status] += 1
            if link.status == Status.BROKEN:
                self.stdout.write(f"broken: {link.url} – {link.why}")
        self.stdout.write(
            f"Links: {len(urls)} checked, {counts[Status.OK]} work, {counts[Status.BROKEN]} are broken, "
            f"{counts[Status.UNKNOWN]} are not known."
        )

    def learn(self) -> None:
        """Take up the links that are new, and forget those that no record has any more."""
        present = all_links()
        known = CheckedLink.objects.values_list("url", "pk")
        gone = [pk for url, pk in known if url not in present]
        for start in range(0, len(gone), 500):
            CheckedLink.objects.filter(pk__in=gone[start : start + 500]).delete()
        CheckedLink.objects.bulk_create(
            [CheckedLink(url=url, in_text=in_text) for url, in_text in sorted(present.items())],
            update_conflicts=True,
            unique_fields=["url"],
            update_fields=["in_text"],
            batch_size=500,
        )


def remember(answer: Answer) -> CheckedLink | None:
    """Write down how a link answered; None where it was forgotten meanwhile."""
    now = timezone.now()
    link = CheckedLink.objects.filter(url=answer.url).first()
    if link is None:
        return None
    failed = answer.status == Status.BROKEN
    first_failed_at = (link.first_failed_at or now) if failed else None
    is_proven = answer.is_certain or (failed and now - first_failed_at >= SECOND_LOOK_AFTER)
    link.status = answer.status if is_proven or not failed else Status.UNKNOWN
    link.reason, link.http_status, link.first_failed_at = answer.reason, answer.http_status, first_failed_at
    link.checked_at = now
    link.save()
    return link
