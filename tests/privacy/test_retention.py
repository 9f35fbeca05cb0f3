"""What is kept for a time only goes when the time is over, and nothing else does."""

import os
from datetime import timedelta
from io import StringIO

import pytest
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db.models import Model
from django.utils import timezone

from privacy.retention import RULES
from publishing.models import Presence, Transition, Version, WorkingDraft
from publishing.private_files import private_storage
from tests.factories import OrganisationFactory, ProfileFactory
from tests.pictures import picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def folders(settings, tmp_path):
    """A folder of uploads that no other test has written into."""
    settings.MEDIA_ROOT = tmp_path / "media"


def forget(**options) -> str:
    told = StringIO()
    call_command("forget_old", stdout=told, **options)
    return told.getvalue()


def aged(row: Model, field: str, days: float) -> Model:
    type(row)._base_manager.filter(pk=row.pk).update(**{field: timezone.now() - timedelta(days=days)})
    return row


def stored(storage, name: str, days: float) -> str:
    name = storage.save(name, ContentFile(b"x"))
    moment = (timezone.now() - timedelta(days=days)).timestamp()
    os.utime(storage.path(name), (moment, moment))
    return name


def a_day_around(make, field: str, days: int) -> tuple[Model, Model]:
    """A row that is just too old, and one that just is not."""
    gone, kept = make(1), make(2)
    return aged(gone, field, days + 0.1), aged(kept, field, days - 0.1)


def test_each_rule_deletes_what_is_too_old_and_keeps_the_rest(editor, folders):
    record, other = OrganisationFactory(), OrganisationFactory()
    pairs = [
        a_day_around(
            lambda n: Session.objects.create(session_key=f"s{n}", expire_date=timezone.now()), "expire_date", 0
        ),
        a_day_around(
            lambda n: AccessAttempt.objects.create(username=f"u{n}", ip_address="::", failures_since_start=1),
            "attempt_time",
            1,
        ),
        a_day_around(lambda n: AccessLog.objects.create(username=f"u{n}", ip_address="::"), "attempt_time", 90),
        a_day_around(lambda n: AccessFailureLog.objects.create(username=f"u{n}"), "attempt_time", 90),
        a_day_around(lambda n: Presence.note((record, other)[n - 1], editor), "seen_at", 1),
    ]
    old = stored(default_storage, "imports/old", 1.1)
    new = stored(default_storage, "imports/new", 0.9)
    would = forget(dry_run=True)
    assert would.count("1 would be deleted") == 6
    assert all(type(row).objects.filter(pk=row.pk).exists() for pair in pairs for row in pair)
    assert default_storage.exists(old)
    told = forget()
    assert told.count(": 1 deleted") == 6
    for gone, kept in pairs:
        assert not type(gone).objects.filter(pk=gone.pk).exists(), type(gone)
        assert type(kept).objects.filter(pk=kept.pk).exists(), type(kept)
    assert not default_storage.exists(old)
    assert default_storage.exists(new)
    again = forget()
    assert again.count(": 0 deleted") == 6
    assert again.count(": kept") == len(RULES) - 6


def test_the_period_can_be_another_one(folders):
    aged(AccessLog.objects.create(username="u", ip_address="::"), "attempt_time", 10)
    forget()
    assert AccessLog.objects.exists()
    forget(sign_ins=9)
    assert not AccessLog.objects.exists()


def test_history_goes_only_where_somebody_asks(editor, folders):
    record = OrganisationFactory()
    versions = [Version.objects.create(record=record, user=editor, name="x", data={"n": n}) for n in range(3)]
    Transition.objects.create(record=record, user=editor, action="publish", from_status="draft", to_status="published")
    LogEntry.objects.log_actions(editor.pk, [record], CHANGE, change_message="x")
    for model, field in ((Version, "created_at"), (Transition, "at"), (LogEntry, "action_time")):
        model.objects.update(**{field: timezone.now() - timedelta(days=400)})
    forget()
    assert (Version.objects.count(), Transition.objects.count(), LogEntry.objects.count()) == (3, 1, 1)
    forget(versions=365, transitions=365, log=365)
    # The last version is what a deleted record is recovered from.
    assert list(Version.objects.all()) == [versions[-1]]
    assert (Transition.objects.count(), LogEntry.objects.count()) == (0, 0)


def test_unused_files_are_those_that_stand_nowhere(editor, folders):
    profile = ProfileFactory(portrait=ContentFile(picture(), "ana.webp"))
    profile.consent_document.save("proof.pdf", ContentFile(b"%PDF"))
    in_draft, in_version, unused, recent, private = (f"portraits/{digit * 32}.webp" for digit in "abcde")
    for name in (in_draft, f"{in_draft}.96.avif", in_version, unused, f"{unused}.96.avif"):
        stored(default_storage, name, 40)
    stored(default_storage, recent, 20)
    stored(private_storage(), private, 40)
    stored(default_storage, "portraits/put here by hand.webp", 40)
    WorkingDraft.objects.create(record=profile, data={"fields": {"portrait": in_draft}})
    Version.objects.create(record=profile, name="x", data={"parts": [{"image": in_version}]})
    used = [profile.portrait.name, *profile.portrait.renditions.names(), in_draft, f"{in_draft}.96.avif", in_version]
    for name in [profile.portrait.name, *profile.portrait.renditions.names()]:
        os.utime(default_storage.path(name), (0, 0))
    os.utime(private_storage().path(profile.consent_document.name), (0, 0))
    assert "3 would be deleted" in forget(unused_files=30, dry_run=True)
    forget(unused_files=30)
    assert all(default_storage.exists(name) for name in [*used, recent, "portraits/put here by hand.webp"])
    assert private_storage().exists(profile.consent_document.name)
    assert not default_storage.exists(unused)
    assert not default_storage.exists(f"{unused}.96.avif")
    assert not private_storage().exists(private)


@pytest.mark.parametrize("days", [-1, 10**6])
def test_a_period_must_be_one(days):
    with pytest.raises(CommandError, match="--sign-ins"):
        forget(sign_ins=days)


def test_nothing_has_to_be_there(folders):
    assert "0 deleted" in forget(unused_files=0)


def test_the_handbook_for_operators_has_every_rule_as_it_is():
    table = (settings.BASE_DIR / "docs" / "operators.md").read_text()
    for rule in RULES:
        days = "kept" if rule.days is None else rule.days
        assert f"| {rule.what} | {rule.why} | {days} | `--{rule.option}` |" in table
