"""Admin pages of the code lists: official codes stand; topics are the editors' own."""

import pytest
from django.urls import reverse

from codelists.models import (
    Country,
    DeliveryMode,
    Language,
    Region,
    Sector,
    Subregion,
    SustainableDevelopmentGoal,
    Topic,
)
from tests.factories import ProgrammeFactory
from tests.publishing.admin_forms import errors, filled_in

pytestmark = pytest.mark.django_db

OFFICIAL = [Country, DeliveryMode, Language, Region, Sector, Subregion, SustainableDevelopmentGoal]
each_official = pytest.mark.parametrize("model", OFFICIAL, ids=lambda model: model._meta.model_name)


def address(model, page: str, *args) -> str:
    return reverse(f"admin:codelists_{model._meta.model_name}_{page}", args=args)


def suggested(client, term: str, field="country", model_name="engagement", app_label="engagements") -> list[str]:
    """What an editor is offered who types `term` into a field."""
    query = {"term": term, "field_name": field, "model_name": model_name, "app_label": app_label}
    answer = client.get(reverse("admin:autocomplete"), query)
    return [choice["id"] for choice in answer.json()["results"]]


@each_official
def test_code_cannot_be_changed_once_made(staff_client, model):
    row = model.objects.first()
    page = staff_client.get(address(model, "change", row.pk))
    assert model._meta.pk.name not in page.context["adminform"].form.fields
    changed = filled_in(page, name_en="Corrected") | {model._meta.pk.name: "9"}
    assert staff_client.post(address(model, "change", row.pk), changed).status_code == 302
    assert model.objects.get(pk=row.pk).name_en == "Corrected"


@each_official
def test_code_is_typed_for_a_new_row(staff_client, model):
    page = staff_client.get(address(model, "add"))
    assert model._meta.pk.name in page.context["adminform"].form.fields


@each_official
def test_official_row_cannot_be_deleted(staff_client, model):
    row = model.objects.first()
    assert staff_client.post(address(model, "delete", row.pk), {"post": "yes"}).status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
    staff_client.post(address(model, "changelist"), chosen)
    assert model.objects.filter(pk=row.pk).exists()


def test_code_that_exists_is_refused(staff_client):
    typed = filled_in(staff_client.get(address(Language, "add")), code="es", name_en="Once more")
    assert list(errors(staff_client.post(address(Language, "add"), typed))) == ["code"]
    assert Language.objects.get(pk="es").name_en == "Spanish"


@pytest.mark.parametrize("code", ["PE", "pe"])
def test_country_with_the_code_comes_first(staff_client, code):
    assert suggested(staff_client, code)[0] == "PE"


@pytest.mark.parametrize("code", ["PER", "604"])
def test_country_is_found_by_its_other_codes(staff_client, code):
    assert "PE" in suggested(staff_client, code)


@pytest.mark.parametrize("name", ["Germany", "Alemania", "Allemagne", "alleMAGNE"])
def test_country_is_found_by_its_name_in_every_language(staff_client, name):
    assert suggested(staff_client, name) == ["DE"]


def test_language_with_the_code_comes_before_names_that_contain_it(staff_client):
    assert suggested(staff_client, "en", "languages", "programme", "programmes")[0] == "en"


def test_goal_is_found_by_its_number(staff_client):
    assert suggested(staff_client, "8", "sdgs", "programme", "programmes")[0] == "8"


def test_list_of_a_search_keeps_the_order_that_was_clicked(staff_client):
    page = staff_client.get(address(Country, "changelist"), {"q": "united", "o": "-1"})
    codes = [country.code for country in page.context["cl"].queryset]
    assert codes == sorted(codes, reverse=True)
    assert len(codes) > 2


def test_topic_may_be_added_renamed_and_deleted(staff_client):
    typed = {"name_en": "Care work", "slug": "care-work"}
    staff_client.post(address(Topic, "add"), filled_in(staff_client.get(address(Topic, "add")), **typed))
    topic = Topic.objects.get(slug="care-work")
    page = staff_client.get(address(Topic, "change", topic.pk))
    staff_client.post(address(Topic, "change", topic.pk), filled_in(page, name_en="Care"))
    topic.refresh_from_db()
    assert topic.name_en == "Care"
    staff_client.post(address(Topic, "delete", topic.pk), {"post": "yes"})
    assert not Topic.objects.filter(pk=topic.pk).exists()


def test_deleting_a_topic_says_how_many_records_lose_it(staff_client):
    topic = Topic.objects.first()
    for _ in range(2):
        ProgrammeFactory().topics.add(topic)
    page = staff_client.get(address(Topic, "delete", topic.pk))
    assert "Programme-topic relationships: 2" in page.content.decode()


def test_slug_of_a_topic_is_made_of_its_english_name(staff_client):
    page = staff_client.get(address(Topic, "add"))
    assert "data-prepopulated-fields" in page.content.decode()
    assert "#id_name_en" in page.content.decode()


def test_suggestions_bear_a_zero_byte(staff_client):
    source = {"app_label": "engagements", "model_name": "engagement", "field_name": "country"}
    answer = staff_client.get(reverse("admin:autocomplete"), source | {"term": "per\x00u"})
    assert [found["id"] for found in answer.json()["results"]] == ["PE"]
