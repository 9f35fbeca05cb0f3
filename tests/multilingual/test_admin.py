"""Text in three languages: what the forms keep, ask for and find missing."""

import pytest
from django.contrib import admin
from django.db import connection
from django.urls import reverse
from django.utils import translation

from codelists.models import Topic
from multilingual.admin import in_every_language
from programmes.models import Programme
from tests.factories import ExchangeFactory, InterviewFactory, ModuleFactory, ProgrammeFactory
from tests.publishing.admin_forms import errors, filled_in

pytestmark = pytest.mark.django_db

LIST = reverse("admin:programmes_programme_changelist")


@pytest.fixture(autouse=True)
def _english_afterwards():
    """The language of the last request stays on in the thread: tests that follow are to find English."""
    with translation.override("en"):
        yield


def change_page(programme) -> str:
    return reverse("admin:programmes_programme_change", args=[programme.pk])


def stored(programme, column: str):
    """What is in a column of the database, unread by modeltranslation."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{column}" FROM programmes_programme WHERE id = %s', [programme.pk])  # noqa: S608
        return cursor.fetchone()[0]


@pytest.fixture
def save(staff_client):
    def save(programme, language="en", **changes):
        headers = {"accept-language": language}
        page = staff_client.get(change_page(programme), headers=headers)
        return staff_client.post(change_page(programme), filled_in(page, **changes), headers=headers)

    return save


def test_columns_of_a_field_come_in_the_order_of_the_site_languages():
    assert in_every_language("title") == ("title_en", "title_es", "title_fr")


def test_every_language_is_kept_in_its_column(save):
    programme = ProgrammeFactory(draft=True)
    save(programme, aim_en="To run it.", aim_es="Dirigirla.", aim_fr="La diriger.")
    programme.refresh_from_db()
    assert (programme.aim_en, programme.aim_es, programme.aim_fr) == ("To run it.", "Dirigirla.", "La diriger.")


@pytest.mark.parametrize("column", ["name_es", "aim_es"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_emptied_translation_is_null(save, column, language):
    programme = ProgrammeFactory(draft=True, name_es="Formación", aim_es="Dirigir una cooperativa.")
    save(programme, language, **{column: ""})
    assert stored(programme, column) is None


def test_emptied_translation_falls_back_to_english(save, staff_client):
    programme = ProgrammeFactory(draft=True, name_en="Training", name_es="Formación")
    save(programme, name_es="")
    page = staff_client.get(LIST, headers={"accept-language": "es"})
    assert "Training" in page.content.decode()


@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_original_column_keeps_the_english_whatever_the_editor_reads(save, language):
    programme = ProgrammeFactory(draft=True)
    save(programme, language, name_en="Training", name_es="Formación", name_fr="Formation")
    assert stored(programme, "name") == "Training"


@pytest.mark.parametrize("language", ["en", "es"])
def test_original_column_of_parts_keeps_the_english(staff_client, language):
    module = ModuleFactory(order=1, title_es="Primero", programme__draft=True)
    headers = {"accept-language": language}
    page = staff_client.get(change_page(module.programme), headers=headers)
    data = filled_in(page) | {"modules-0-title_en": "First"}
    staff_client.post(change_page(module.programme), data, headers=headers)
    with connection.cursor() as cursor:
        cursor.execute("SELECT title FROM programmes_module")
        assert cursor.fetchone() == ("First",)


@pytest.mark.parametrize("language", ["en", "es"])
def test_english_is_required_where_a_text_is(save, language):
    refused = save(ProgrammeFactory(name_es="Formación"), language, name_en="")
    assert list(errors(refused)) == ["name_en"]


def test_english_name_of_a_topic_is_required(staff_client):
    address = reverse("admin:codelists_topic_change", args=[Topic.objects.first().pk])
    refused = staff_client.post(address, filled_in(staff_client.get(address), name_en=""))
    assert list(errors(refused)) == ["name_en"]


def test_fields_say_their_language_to_the_browser(staff_client):
    form = staff_client.get(change_page(ProgrammeFactory())).context["adminform"].form
    assert form.fields["aim_es"].widget.attrs["lang"] == "es"


def test_labels_tell_the_languages_apart(staff_client):
    form = staff_client.get(change_page(ProgrammeFactory())).context["adminform"].form
    assert len({str(form.fields[name].label) for name in in_every_language("aim")}) == 3


def test_help_is_given_once_for_all_languages(staff_client):
    form = staff_client.get(change_page(ProgrammeFactory())).context["adminform"].form
    assert [bool(form.fields[name].help_text) for name in in_every_language("aim")] == [True, False, False]


def found(client, language: str, address=LIST) -> list:
    return list(client.get(address, {"untranslated": language}).context["cl"].queryset)


def test_english_text_without_translation_is_found(staff_client):
    programme = ProgrammeFactory(name_es="Formación", aim_es=None)
    assert found(staff_client, "es") == [programme]


def test_empty_translation_is_found_like_a_missing_one(staff_client):
    programme = ProgrammeFactory(name_fr="Formation", aim_fr="")
    assert found(staff_client, "fr") == [programme]


def test_translated_record_is_not_found(staff_client):
    ProgrammeFactory(name_es="Formación", aim_es="Dirigir.")
    assert found(staff_client, "es") == []


def test_text_missing_in_english_too_is_not_found(staff_client):
    ProgrammeFactory(name_es="Formación", aim_es="Dirigir.", audience_en="", audience_es=None)
    assert found(staff_client, "es") == []


def test_untranslated_parts_are_found_once(staff_client):
    programme = ProgrammeFactory(name_es="Formación", aim_es="Dirigir.")
    for order in (1, 2):
        ModuleFactory(programme=programme, order=order)
    assert found(staff_client, "es") == [programme]


def test_interview_with_one_untranslated_answer_is_found(staff_client):
    interview = InterviewFactory(title_es="Conversación")
    ExchangeFactory(interview=interview, order=1, question_es="¿Y?", answer_es="Así.")
    address = reverse("admin:profiles_interview_changelist")
    assert found(staff_client, "es", address) == []
    ExchangeFactory(interview=interview, order=2, question_es="¿Y?", answer_es="")
    assert found(staff_client, "es", address) == [interview]


def test_list_is_in_the_alphabet_of_the_language_shown(staff_client):
    ProgrammeFactory(name_en="Alpha", name_es="Zeta")
    ProgrammeFactory(name_en="Beta")
    page = staff_client.get(LIST, headers={"accept-language": "es"})
    assert [programme.name_en for programme in page.context["cl"].queryset] == ["Beta", "Alpha"]


def test_texts_that_are_looked_at_exist():
    for model, page in admin.site._registry.items():
        for text in getattr(page, "translated_texts", ()):
            model.objects.filter(**{f"{text}_es": ""}).exists()
    assert Programme in admin.site._registry
