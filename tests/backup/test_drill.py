"""A portal with everything that there can be is restored on both databases, and is the same there to the last byte."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from uuid import uuid4

import pytest
from axes.models import AccessAttempt, AccessAttemptExpiration, AccessFailureLog, AccessLog
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone, translation

from accounts import second_factor
from backup import keys
from desk.models import CheckedLink, FormerAddress, PossibleDuplicate
from engagements.models import Engagement
from intake.models import Change
from profiles.models import Profile, ProfileLink
from publishing.models import Presence, Version, WorkingDraft
from search.kinds import KINDS
from search.models import Waiting
from search.places import place_of_record
from tests.accounts.phones import Phone
from tests.backup import looking
from tests.backup.portals import portal
from tests.bundle.world import fill
from tests.factories import IntakeFactory, OrganisationFactory
from tests.pictures import picture

UNUSED = "portraits/0123456789abcdef0123456789abcdef.webp"


@dataclass
class Source:
    """A backup, the file with its key, and what the portal held that it was made of."""

    backup: Path
    key: Path
    held: dict
    next_number: int


def fill_portal() -> None:
    """Beside the sample content: records in every state, drafts, history, users with second factors, private files."""
    editor = get_user_model().objects.create_superuser("editor", "editor@example.org", "a-long-password")
    fill(editor)
    author = get_user_model().objects.create_user("Zoë", password="another-long-password")
    author.groups.add(Group.objects.get(name="Author"))
    author.user_permissions.add(Permission.objects.first())
    phone = Phone(second_factor.new_key())
    second_factor.set_up(author, phone.key, second_factor.app_showing(phone.key, phone.code()))
    second_factor.new_recovery_codes(author)
    profile = Profile.objects.filter(consent_document="").first()
    profile.consent_document.save("proof.pdf", ContentFile(b"%PDF-1.7 proof"))
    for record in (profile, Engagement.objects.first()):
        version = Version.keep(record, editor, comment="“Über” \u2028 %s")
        WorkingDraft.objects.create(record=record, user=author, data=version.data)
        Presence.note(record, editor)
    Change.objects.create(record=profile, intake=IntakeFactory(), kind=Change.Kind.ADDED, name="x", after={"a": 1})
    Version.objects.filter(pk=version.pk).update(deletion=uuid4())
    LogEntry.objects.log_actions(editor.pk, [profile], CHANGE, change_message=[{"changed": {"fields": ["Name"]}}])
    for log in (AccessLog, AccessFailureLog):
        log.objects.create(username="Zoë", ip_address="2001:db8::1", path_info="/admin/login/")
    attempt = AccessAttempt.objects.create(username="x", ip_address="192.0.2.1", failures_since_start=1)
    AccessAttemptExpiration.objects.create(access_attempt=attempt, expires_at=timezone.now())
    FormerAddress.objects.create(path="/old/", content_type=version.content_type, object_id=profile.pk)
    CheckedLink.objects.create(url="https://example.org/", checked_at=timezone.now())
    PossibleDuplicate.objects.create(kind="profile", first=1, second=2, reason=PossibleDuplicate.Reason.SAME)
    ProfileLink.objects.create(profile=profile, url="https://example.org/")
    Waiting.objects.create(place=place_of_record(KINDS["profile"].number, profile.pk), hides=False)
    Client().force_login(editor)
    default_storage.save(UNUSED, ContentFile(picture()))
    default_storage.save("imports/waiting", ContentFile(b"not kept"))
    # A number that was given to a record which is gone must not be given again.
    OrganisationFactory().delete()


@pytest.fixture(scope="module")
def source(fill_with_sample, django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Source]:
    folder = tmp_path_factory.mktemp("source")
    with django_db_blocker.unblock(), transaction.atomic(), translation.override("en"):
        fill_with_sample()
        fill_portal()
        keys.make(folder / "key")
        call_command("backup", folder / "backup", key_file=folder / "key", stdout=StringIO(), stderr=StringIO())
        held = looking.everything()
        yield Source(folder / "backup", folder / "key", held, OrganisationFactory().pk)
        transaction.set_rollback(True)


def test_the_portal_of_the_drill_has_something_in_every_table(source):
    assert [name for name, rows in source.held["rows"].items() if not rows] == []


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_a_restored_portal_holds_and_shows_the_same(source, engine, tmp_path):
    with portal(tmp_path / "restored", engine) as restored:
        told = restored.manage("restore", source.backup, "--key-file", source.key)
        assert "Restored: " in told
        restored.run("-m", "tests.backup.looking", tmp_path / "held")
        held = json.loads((tmp_path / "held").read_text())
        assert len(held["pages"]) > 300
        for kind, before in source.held.items():
            after = held[kind]
            assert set(after) == set(before) - {"media/imports/waiting"}, kind
            assert [name for name in after if after[name] != before[name]] == [], kind
        assert "0 wrong" in restored.manage("rebuild_search", "--check")
        restored.manage("rebuild_tallies", "--check")
        restored.manage("migrate", "--check")
        # The next record has the number that it would have had here.
        code = "from tests.factories import OrganisationFactory; print(OrganisationFactory(slug='the-next').pk)"
        assert restored.run("manage.py", "shell", "--no-imports", "--command", code).split() == [
            str(source.next_number)
        ]
