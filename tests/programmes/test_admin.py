"""Admin page of training programmes, their modules and materials."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from programmes.models import Material, Programme
from tests.documents import pdf
from tests.factories import EngagementFactory, MaterialFactory, ModuleFactory, OrganisationFactory, ProgrammeFactory
from tests.publishing.admin_forms import errors, filled_in, with_part

pytestmark = pytest.mark.django_db

LIST = reverse("admin:programmes_programme_changelist")
NEITHER_NOR = ["Give either a file or a link, not both and not neither."]


def found(client, **query) -> list:
    return list(client.get(LIST, query).context["cl"].queryset)


@pytest.fixture
def add_material(staff_client, settings, tmp_path):
    """Adds a material to a programme and answers the page that follows."""
    settings.MEDIA_ROOT = tmp_path
    address = reverse("admin:programmes_programme_change", args=[ProgrammeFactory(draft=True).pk])

    def add_material(**typed):
        return staff_client.post(address, with_part(staff_client.get(address), "materials", **typed))

    return add_material


@pytest.mark.parametrize("draft", [True, False])
def test_programme_without_a_public_engagement_was_never_used(staff_client, draft):
    programme = ProgrammeFactory()
    EngagementFactory(programme=programme, draft=draft)
    EngagementFactory(programme=programme, draft=True)
    assert found(staff_client, used="no") == ([programme] if draft else [])
    assert found(staff_client, used="yes") == ([] if draft else [programme])


def test_list_counts_the_countries_of_public_engagements(staff_client):
    programme = ProgrammeFactory()
    for country in ("PE", "PE", "BO"):
        EngagementFactory(programme=programme, country_id=country)
    EngagementFactory(programme=programme, country_id="KE", draft=True)
    assert '<td class="field-countries">2</td>' in staff_client.get(LIST).content.decode()


@pytest.mark.parametrize("lacking", ["audience", "modules", "materials", "languages", "source"])
def test_programmes_that_lack_something_are_found_once(staff_client, lacking):
    complete = ProgrammeFactory(audience_en="Managers", source_url="https://example.org")
    ModuleFactory.create_batch(2, programme=complete)
    MaterialFactory.create_batch(2, programme=complete)
    complete.languages.set(["es", "en"])
    bare = ProgrammeFactory()
    assert found(staff_client, without=lacking) == [bare]


@pytest.mark.parametrize("query", ["think", "pensar", "intecoop"])
def test_programme_is_found_by_name_and_partner_in_any_language(staff_client, query):
    programme = ProgrammeFactory(name_en="Think.Coop", name_es="Pensar cooperativa")
    programme.partners.add(OrganisationFactory(acronym_en="INTECOOP"), OrganisationFactory(acronym_fr="INTECOOP"))
    ProgrammeFactory()
    assert found(staff_client, q=query) == [programme]


def test_programme_is_not_suggested_for_what_another_says_of_it(staff_client):
    programme = ProgrammeFactory(name_en="Think.Coop")
    ProgrammeFactory(name_en="Start.Coop", aim_en="For those who took Think.Coop.")
    query = {"term": "think", "app_label": "engagements", "model_name": "engagement", "field_name": "programme"}
    answer = staff_client.get(reverse("admin:autocomplete"), query).json()
    assert [choice["id"] for choice in answer["results"]] == [str(programme.pk)]


def test_material_may_be_a_link(add_material):
    assert add_material(title_en="Guide", url="https://example.org/guide.pdf").status_code == 302
    assert Material.objects.get().url == "https://example.org/guide.pdf"


def test_material_may_be_a_file_under_a_name_nobody_guesses(add_material):
    answer = add_material(title_en="Guide", file=SimpleUploadedFile("guide.pdf", pdf()))
    assert answer.status_code == 302
    name = Material.objects.get().file.name
    assert name.endswith(".pdf")
    assert "guide" not in name


@pytest.mark.parametrize("given", ["both", "neither"])
def test_material_is_refused_unless_it_is_a_file_or_a_link(add_material, given):
    typed = {"file": SimpleUploadedFile("guide.pdf", pdf()), "url": "https://example.org"}
    refused = add_material(title_en="Guide", **(typed if given == "both" else {}))
    assert errors(refused) == {"materials-0-__all__": NEITHER_NOR}


def test_material_that_a_browser_would_run_is_refused_at_the_field(add_material):
    refused = add_material(title_en="Guide", file=SimpleUploadedFile("guide.html", b"<script>"))
    assert list(errors(refused)) == ["materials-0-file"]


def test_deleting_a_used_programme_is_refused_on_a_page(staff_client):
    programme = ProgrammeFactory()
    EngagementFactory(programme=programme, title_en="Workshop in Cusco")
    page = staff_client.post(reverse("admin:programmes_programme_delete", args=[programme.pk]), {"post": "yes"})
    assert page.status_code == 200
    assert "Workshop in Cusco" in page.content.decode()
    assert Programme.objects.filter(pk=programme.pk).exists()


@pytest.mark.parametrize("year", ["1850", "2200", "soon"])
def test_impossible_launch_year_is_refused_at_the_field(staff_client, year):
    address = reverse("admin:programmes_programme_change", args=[ProgrammeFactory().pk])
    refused = staff_client.post(address, filled_in(staff_client.get(address), launch_year=year))
    assert "launch_year" in errors(refused)
