"""What organisations and offices are called, what is refused, and what may not be deleted."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.translation import override

from codelists.models import Country
from organisations.models import Office, Organisation
from tests.factories import (
    EducationFactory,
    OfficeFactory,
    OrganisationFactory,
    PositionFactory,
    ProfileFactory,
)

pytestmark = pytest.mark.django_db


class TestNames:
    def test_an_organisation_is_named_with_its_acronym(self):
        organisation = Organisation(name_en="Food and Agriculture Organization", acronym_en="FAO")
        assert str(organisation) == "Food and Agriculture Organization (FAO)"

    def test_an_organisation_without_acronym_is_named_alone(self):
        assert str(Organisation(name_en="Ministry of Labour")) == "Ministry of Labour"

    @pytest.mark.parametrize(
        ("language", "name"),
        [
            ("en", "International Labour Organization (ILO)"),
            ("es", "Organización Internacional del Trabajo (OIT)"),
            ("fr", "International Labour Organization (ILO)"),
        ],
    )
    def test_a_name_is_in_the_language_of_the_reader_or_else_in_english(self, language, name):
        organisation = Organisation(
            name_en="International Labour Organization",
            acronym_en="ILO",
            name_es="Organización Internacional del Trabajo",
            acronym_es="OIT",
        )
        with override(language):
            assert str(organisation) == name

    def test_an_office_is_called_by_its_name(self):
        office = Office(name_en="Office for the Andean Countries", name_es="Oficina para los Países Andinos")
        assert str(office) == "Office for the Andean Countries"
        with override("es"):
            assert str(office) == "Oficina para los Países Andinos"

    @pytest.mark.parametrize("language", ["en", "es", "fr"])
    def test_an_organisation_has_a_page_in_every_language(self, language):
        with override(language):
            assert Organisation(slug="fao").get_absolute_url() == f"/{language}/organisations/fao/"


class TestDatabase:
    def test_it_refuses_an_unknown_kind(self):
        OrganisationFactory()
        with pytest.raises(IntegrityError, match="organisation_kind_known"), transaction.atomic():
            Organisation.objects.update(kind="club")

    @pytest.mark.parametrize("kind", Organisation.Kind.values)
    def test_it_knows_every_kind_that_editors_choose_from(self, kind):
        assert OrganisationFactory(kind=kind).pk

    def test_it_refuses_a_second_organisation_with_the_same_slug(self):
        OrganisationFactory(slug="fao")
        with pytest.raises(IntegrityError, match=r"(?i)unique"), transaction.atomic():
            Organisation.objects.bulk_create([OrganisationFactory.build(slug="fao")])

    @pytest.mark.parametrize("column", ["name_en", "name_es", "name_fr"])
    def test_it_refuses_a_second_office_with_the_same_name_in_any_language(self, column):
        OfficeFactory(**{column: "Lima"})
        with pytest.raises(IntegrityError, match=r"(?i)unique"), transaction.atomic():
            OfficeFactory(**{column: "Lima"})

    def test_it_accepts_several_offices_without_translated_names(self):
        OfficeFactory(name_es=None)
        OfficeFactory(name_es=None)
        assert Office.objects.filter(name_es=None).count() == 2


class TestValidation:
    @pytest.mark.parametrize(
        ("field", "value"),
        [("kind", "club"), ("kind", ""), ("slug", "two words"), ("slug", "taken"), ("website", "javascript:alert(1)")],
    )
    def test_a_mistake_in_an_organisation_is_said_beside_its_field(self, field, value):
        OrganisationFactory(slug="taken")
        with pytest.raises(ValidationError) as refusal:
            OrganisationFactory.build(**{"slug": "fao", field: value}).full_clean()
        assert list(refusal.value.message_dict) == [field]

    def test_an_organisation_of_no_country_is_accepted(self):
        OrganisationFactory.build(country_id=None).full_clean()

    def test_an_office_needs_a_country(self):
        with pytest.raises(ValidationError) as refusal:
            OfficeFactory.build(country_id=None).full_clean()
        assert list(refusal.value.message_dict) == ["country"]


class TestDeleting:
    @pytest.mark.parametrize("factory", [OrganisationFactory, OfficeFactory], ids=["organisation", "office"])
    def test_a_country_in_use_stays(self, factory):
        factory(country_id="BO")
        with pytest.raises(ProtectedError):
            Country.objects.get(pk="BO").delete()

    def test_an_office_where_somebody_works_stays(self):
        office = ProfileFactory().office
        with pytest.raises(ProtectedError):
            office.delete()

    @pytest.mark.parametrize("factory", [EducationFactory, PositionFactory], ids=["education", "position"])
    def test_an_organisation_in_somebodys_career_stays(self, factory):
        organisation = OrganisationFactory()
        factory(organisation=organisation)
        with pytest.raises(ProtectedError):
            organisation.delete()

    def test_an_organisation_or_office_out_of_use_goes(self):
        OrganisationFactory().delete()
        OfficeFactory().delete()
        assert not Organisation.objects.exists()
        assert not Office.objects.exists()
