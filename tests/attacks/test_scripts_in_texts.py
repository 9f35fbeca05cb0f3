"""No text that somebody leaves in the portal runs as a script, on whatever page it is shown.

Each text field of each model holds markup of its own. Then every page that there is, public and of the admin, is read
as a browser reads it: nothing in it may run. Fields that are shown nowhere are named: the attack is no empty one.
"""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import models, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, reverse

from publishing.models import Version, WorkingDraft
from publishing.snapshots import take
from tests.attacks import addresses
from tests.attacks.hostile import attack, fields, marks, running, running_in
from tests.e2e.admin_pages import PAGES, WAYS, World, make_world

# Kept, and shown on no page.
SHOWN_NOWHERE = {
    "auth.Permission.name",
    "desk.CheckedLink.url",
    "intake.Intake.file_name",
    *(
        f"axes.AccessAttempt.{name}"
        for name in ("get_data", "http_accept", "path_info", "post_data", "user_agent", "username")
    ),
    *(f"axes.{log}.{name}" for log in ("AccessLog", "AccessFailureLog") for name in ("http_accept", "path_info")),
}


def poison() -> dict[int, str]:
    """Puts an attack into every text field of every record; the names of the fields by the attacks' numbers."""
    names = {}
    for number, field in enumerate(fields(), 100):
        names[number] = f"{field.model._meta.label}.{field.name}"
        for record in field.model._base_manager.all():
            # As the record is saved by anybody: rich texts are cleaned, and the search follows.
            value = field.get_prep_value(attack(field, number, record.pk))
            field.model._base_manager.filter(pk=record.pk).update(**{field.attname: value})
    return names


def poison_drafts(world: World) -> None:
    """Versions and working drafts with the attacks, for the pages that compare them."""
    for record in (world.profile, world.interview, world.programme, world.organisation, world.engagement):
        record.refresh_from_db()
        Version.keep(record, world.editor, "q99z<img src=x onerror=x()>")
        WorkingDraft.objects.of(record).update(data=take(record))


def asked() -> Iterator[str]:
    """Every page: by the patterns of addresses, and of some records of each kind."""
    yield from (address.path for address in addresses.every() if "logout" not in address.view)
    yield from ("/en/search/?q=q100z", "/en/search/?q=img", "/en/profiles/?q=img", "/en/search/suggestions/?q=q1")
    for model in apps.get_models():
        for record in model._base_manager.order_by("-pk")[:3]:
            if hasattr(record, "get_absolute_url"):
                yield record.get_absolute_url()
                yield record.get_absolute_url().replace("/en/", "/es/", 1)
            if admin.site.is_registered(model):
                for page in ("change", "history", "delete"):
                    try:
                        yield reverse(
                            f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=[record.pk]
                        )
                    except NoReverseMatch:
                        continue
        if admin.site.is_registered(model):
            yield reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


@pytest.fixture(scope="module")
def pages(django_db_setup, django_db_blocker) -> tuple[dict[str, HttpResponse], dict[int, str]]:
    """What every page answers to an editor who may see all of it, and the names of the fields."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = make_world()
        of_admin = [way(world) for name, way in PAGES.items() if name not in WAYS]
        names = poison()
        poison_drafts(world)
        call_command("rebuild_search", verbosity=0)
        staff = Client(raise_request_exception=False)
        staff.cookies["sessionid"] = world.session
        answers = {path: staff.get(path) for path in dict.fromkeys([*of_admin, *asked()])}
        answers |= {
            f"{path} as a page": staff.get(path, headers={"accept": "text/html"}) for path in answers if "/api/" in path
        }
        for answer in answers.values():
            answer.found, answer.shown = running_in(answer), marks(answer)
        transaction.set_rollback(True)
    return answers, names


def test_nothing_in_any_page_runs(pages):
    answers, _names = pages
    assert len(answers) > 250
    assert {path: answer.status_code for path, answer in answers.items() if answer.status_code >= 500} == {}
    assert {path: answer.found[:3] for path, answer in answers.items() if answer.found} == {}


def test_the_texts_of_every_field_were_shown(pages):
    answers, names = pages
    shown = set().union(*(answer.shown for answer in answers.values()))
    assert {name for number, name in names.items() if number not in shown} == SHOWN_NOWHERE


@pytest.mark.parametrize(
    "html",
    ["<img src=x onerror=x()>", '<a href=" javascript:x()">a</a>', "<script>x()</script>", "<iframe></iframe>"],
)
def test_what_runs_would_be_seen(html):
    assert running(f"<p>{html}</p>")


LINKS = [field for model in apps.get_models() for field in model._meta.fields if isinstance(field, models.URLField)]


@pytest.mark.parametrize("field", LINKS, ids=str)
@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,<script>", "vbscript:x", "//evil.example"])
def test_no_link_of_a_record_is_a_script(field, address):
    with pytest.raises(ValidationError):
        field.run_validators(address)
