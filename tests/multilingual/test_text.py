"""Texts in several languages: which is shown, how words are ordered and found, and that names can be translated."""

import pytest
from django.apps import apps
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import deactivate_all, override

from multilingual.text import alphabetical, columns, in_language, sort_key
from organisations.models import Office, Organisation
from tests.factories import OfficeFactory, OrganisationFactory

OUR_APPS = [app for app in apps.get_app_configs() if (settings.BASE_DIR / app.name).is_dir()]
OUR_MODELS = [model for app in OUR_APPS for model in app.get_models()]

# Words that plain comparison of characters would order otherwise: by capitals, and accents after z.
IN_ORDER = ["2 Mayo", "Äpfel", "Benin", "Côte d'Ivoire", "coton", "Écuador", "Egypt", "égypte du Sud", "Zambia"]


class TestColumns:
    @pytest.mark.parametrize(
        ("language", "expected"),
        [
            ("en", ["name_en"]),
            ("es", ["name_es", "name_en"]),
            ("fr", ["name_fr", "name_en"]),
            ("es-mx", ["name_es", "name_en"]),
        ],
    )
    def test_the_language_of_the_reader_comes_before_english(self, language, expected):
        with override(language):
            assert columns("name") == expected

    def test_without_a_language_it_is_english(self):
        with override(None):
            deactivate_all()
            assert columns("name") == ["name_en"]


class TestSortKey:
    def test_accents_and_capitals_make_no_difference(self):
        assert sort_key("ÉCUADOR") == sort_key("ecuador")

    def test_words_are_sorted_as_people_do(self):
        mixed = IN_ORDER[5:] + IN_ORDER[:5]
        assert sorted(mixed, key=sort_key) == IN_ORDER


@pytest.mark.django_db
class TestOrdering:
    def test_the_database_sorts_words_as_people_do(self):
        for name in reversed(IN_ORDER):
            OfficeFactory(name_en=name)
        offices = Office.objects.order_by(alphabetical("name_en"))
        assert [office.name_en for office in offices] == IN_ORDER

    def test_downwards_too(self):
        for name in IN_ORDER:
            OfficeFactory(name_en=name)
        offices = Office.objects.order_by(alphabetical("name_en").desc())
        assert [office.name_en for office in offices] == IN_ORDER[::-1]

    def test_letters_with_a_stroke_stand_with_the_plain_ones_on_every_database(self):
        in_order = ["Lodz", "Łódź", "Lyon", "Ostfold", "Østfold", "Zagreb"]
        for name in in_order:
            OfficeFactory(name_en=name)
        offices = Office.objects.order_by(alphabetical("name_en"))
        assert [office.name_en for office in offices] == in_order

    @pytest.mark.parametrize(
        ("language", "shown"),
        [
            ("en", ["Germany", "Spain", "Zambia"]),
            ("es", ["Alemania", "España", "Zambia"]),
            ("fr", ["Allemagne", "Espagne", "Zambia"]),
        ],
    )
    def test_texts_are_ordered_as_they_are_shown(self, language, shown):
        OfficeFactory(name_en="Zambia")
        OfficeFactory(name_en="Spain", name_es="España", name_fr="Espagne")
        OfficeFactory(name_en="Germany", name_es="Alemania", name_fr="Allemagne")
        with override(language):
            assert [office.name for office in Office.objects.order_by(in_language("name"))] == shown

    @pytest.mark.parametrize("untranslated", [None, ""])
    def test_a_text_without_translation_is_ordered_by_its_english(self, untranslated):
        OrganisationFactory(name_en="Zambian Union", name_es="Unión de Zambia")
        OrganisationFactory(name_en="Vanilla Growers", name_es=untranslated)
        with override("es"):
            shown = [organisation.name for organisation in Organisation.objects.order_by(in_language("name"))]
        assert shown == ["Unión de Zambia", "Vanilla Growers"]


@pytest.mark.django_db
class TestNamesCanBeTranslated:
    """A text that is no lazy translation is shown in English to an editor who reads Spanish."""

    @pytest.mark.parametrize("app", OUR_APPS, ids=lambda app: app.name)
    def test_of_apps(self, app):
        assert isinstance(app.verbose_name, Promise)

    @pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
    def test_of_models(self, model):
        assert isinstance(model._meta.verbose_name, Promise)
        assert isinstance(model._meta.verbose_name_plural, Promise)

    @pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
    def test_of_fields_with_their_help_and_choices(self, model):
        fields = [field for field in (*model._meta.fields, *model._meta.many_to_many) if not field.auto_created]
        fields = [field for field in fields if field.name not in ("id", "pk")]  # of tables that nobody edits
        texts = {(field.name, field.verbose_name) for field in fields}
        texts |= {(field.name, field.help_text) for field in fields if field.help_text}
        texts |= {(field.name, label) for field in fields for _value, label in field.choices or []}
        assert [text for text in texts if not isinstance(text[1], Promise)] == []
        assert texts
