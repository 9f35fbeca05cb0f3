"""Which record has a broken link: on the list, and on the record's own page."""

import pytest
from django.db import models
from django.urls import reverse

from desk.links.using import LINKING, all_links, broken_links_of, links_of, places
from desk.models import CheckedLink
from intake.models import Intake
from profiles.models import ProfileLink
from tests.factories import (
    EngagementFactory,
    ExchangeFactory,
    InterviewFactory,
    MaterialFactory,
    OfficeFactory,
    OrganisationFactory,
    ProfileFactory,
    ProgrammeFactory,
)

pytestmark = pytest.mark.django_db

BROKEN = "https://broken.example/?a=1&b=2"
IN_TEXT = '<p>See <a href="https://broken.example/?a=1&amp;b=2">this</a>.</p>'


def profile_with_link():
    return ProfileLink.objects.create(profile=ProfileFactory(), label_en="Papers", url=BROKEN).profile


MAKE = {
    "link of a profile": profile_with_link,
    "source of an interview": lambda: InterviewFactory(source_url=BROKEN),
    "text of an answer": lambda: ExchangeFactory(answer_es=IN_TEXT).interview,
    "source of a programme": lambda: ProgrammeFactory(source_url=BROKEN),
    "material": lambda: MaterialFactory(url=BROKEN).programme,
    "website": lambda: OrganisationFactory(website=BROKEN),
    "office": lambda: OfficeFactory(source_url=BROKEN),
    "source of an engagement": lambda: EngagementFactory(source_url=BROKEN),
    "text of an engagement": lambda: EngagementFactory(results_fr=IN_TEXT),
}
each_place = pytest.mark.parametrize("place", MAKE)


def addresses(record) -> tuple[str, str]:
    name = f"admin:{record._meta.app_label}_{record._meta.model_name}"
    return reverse(f"{name}_changelist"), reverse(f"{name}_change", args=[record.pk])


@each_place
def test_a_broken_link_is_found_wherever_it_stands(staff_client, place):
    record = MAKE[place]()
    in_text = all_links()[BROKEN]
    assert in_text == place.startswith("text")
    CheckedLink.objects.create(url=BROKEN, in_text=in_text, status="broken", reason="no-host")
    assert BROKEN in links_of(record)
    liste, page = addresses(record)
    assert list(staff_client.get(liste, {"links": "broken"}).context["cl"].queryset) == [record]
    html = staff_client.get(page).content.decode()
    assert "https://broken.example/?a=1&amp;b=2" in html
    assert "There is no server of this name" in html


@each_place
def test_a_link_that_works_is_none(staff_client, place):
    record = MAKE[place]()
    CheckedLink.objects.create(url=BROKEN, status="ok")
    CheckedLink.objects.create(url="https://broken.example/", in_text=True, status="broken")  # begins alike
    liste, page = addresses(record)
    assert not staff_client.get(liste, {"links": "broken"}).context["cl"].queryset.exists()
    assert "Broken links" not in staff_client.get(page).content.decode()


def test_a_link_that_was_put_right_is_no_longer_counted(staff_client):
    engagement = EngagementFactory(source_url=BROKEN)
    CheckedLink.objects.create(url=BROKEN, status="broken")
    assert broken_links_of(engagement)
    engagement.source_url = "https://right.example/"
    engagement.save()
    assert not broken_links_of(engagement)
    liste, _page = addresses(engagement)
    assert not staff_client.get(liste, {"links": "broken"}).context["cl"].queryset.exists()


def test_every_address_field_of_the_records_is_looked_at():
    looked_at = {(place.model, place.column) for model in LINKING for place in places(model)}
    parts = {relation.related_model for model in LINKING for relation in model._meta.related_objects}
    parts -= {Intake}  # never shown: its interview links to the same address
    fields = {
        (model, field.name)
        for model in [*LINKING, *parts]
        for field in model._meta.concrete_fields
        if isinstance(field, models.URLField)
    }
    assert fields <= looked_at


def test_an_address_too_long_to_remember_is_left_out():
    EngagementFactory(results_en=f'<a href="https://a.example/{"x" * 2000}">x</a>')
    assert all_links() == {}
