"""Programmes with modules and materials: how they read, what is refused, what goes when something is deleted."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.translation import override

from codelists.models import Language
from programmes.models import Material, Module, Programme
from tests.factories import EngagementFactory, MaterialFactory, ModuleFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db


def refused_fields(record) -> list[str]:
    """The fields beside which validation says that something is wrong."""
    with pytest.raises(ValidationError) as refusal:
        record.full_clean()
    return list(refusal.value.message_dict)


class TestReading:
    def test_a_programme_is_called_by_its_name_in_the_language_of_the_reader(self):
        programme = Programme(name_en="Managing a cooperative", name_es="Gestión de cooperativas")
        assert str(programme) == "Managing a cooperative"
        with override("es"):
            assert str(programme) == "Gestión de cooperativas"
        with override("fr"):
            assert str(programme) == "Managing a cooperative"

    @pytest.mark.parametrize("language", ["en", "es", "fr"])
    def test_a_programme_has_a_page_in_every_language(self, language):
        with override(language):
            assert Programme(slug="my-coop").get_absolute_url() == f"/{language}/programmes/my-coop/"

    def test_a_module_is_called_by_its_number_and_title(self):
        assert str(Module(order=3, title_en="Service provision")) == "3. Service provision"

    def test_a_material_is_called_by_its_title(self):
        assert str(Material(title_en="Trainer's manual")) == "Trainer's manual"

    def test_a_material_leads_to_its_link_or_its_file(self):
        assert Material(url="https://example.org/manual.pdf").get_absolute_url() == "https://example.org/manual.pdf"
        assert Material(file="materials/manual.pdf").get_absolute_url() == "/media/materials/manual.pdf"


class TestDatabase:
    @pytest.mark.parametrize("year", [0, 1899, 2101])
    def test_it_refuses_an_implausible_launch_year(self, year):
        ProgrammeFactory()
        with pytest.raises(IntegrityError, match="programme_launch_year_plausible"), transaction.atomic():
            Programme.objects.update(launch_year=year)

    @pytest.mark.parametrize("year", [None, 1900, 2012, 2100])
    def test_it_accepts_a_plausible_launch_year_or_none(self, year):
        assert ProgrammeFactory(launch_year=year).pk

    def test_it_refuses_a_second_programme_with_the_same_slug(self):
        ProgrammeFactory(slug="my-coop")
        with pytest.raises(IntegrityError, match=r"(?i)unique"), transaction.atomic():
            Programme.objects.bulk_create([ProgrammeFactory.build(slug="my-coop")])

    @pytest.mark.parametrize("material", [{"file": "materials/a.pdf", "url": "https://example.org/"}, {"url": ""}])
    def test_it_refuses_a_material_with_both_or_neither_of_file_and_link(self, material):
        programme = ProgrammeFactory()
        with pytest.raises(IntegrityError, match="material_file_or_link"), transaction.atomic():
            Material.objects.bulk_create([MaterialFactory.build(programme=programme, **material)])

    @pytest.mark.parametrize("material", [{"file": "materials/a.pdf", "url": ""}, {"url": "https://example.org/"}])
    def test_it_accepts_a_material_that_is_a_file_or_a_link(self, material):
        assert MaterialFactory(**material).pk


class TestValidation:
    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("slug", "taken"),
            ("slug", "two words"),
            ("kind", "party"),
            ("kind", ""),
            ("launch_year", -1),
            ("launch_year", 1899),
            ("launch_year", 2101),
            ("source_url", "not an address"),
        ],
    )
    def test_a_mistake_in_a_programme_is_said_beside_its_field(self, field, value):
        ProgrammeFactory(slug="taken")
        assert refused_fields(ProgrammeFactory.build(**{"slug": "my-coop", field: value})) == [field]

    @pytest.mark.parametrize("material", [{"file": "materials/a.pdf"}, {"url": ""}], ids=["both", "neither"])
    def test_a_material_with_both_or_neither_of_file_and_link_is_refused(self, material):
        with pytest.raises(ValidationError, match="Give either a file or a link"):
            MaterialFactory.build(programme=ProgrammeFactory(), **material).full_clean()

    @pytest.mark.parametrize("name", ["run.exe", "page.html", "picture.svg", "manual"])
    def test_a_file_that_is_no_document_is_refused_beside_the_field(self, name):
        material = MaterialFactory.build(programme=ProgrammeFactory(), url="", file=f"materials/{name}")
        assert refused_fields(material) == ["file"]

    @pytest.mark.parametrize("name", ["manual.pdf", "MANUAL.PDF", "slides.pptx", "all.zip"])
    def test_a_document_is_accepted(self, name):
        MaterialFactory.build(programme=ProgrammeFactory(), url="", file=f"materials/{name}").full_clean()


class TestDeleting:
    @pytest.mark.parametrize("state", [{}, {"draft": True}, {"archived": True}], ids=["public", "draft", "archived"])
    def test_a_programme_used_in_an_engagement_stays(self, state):
        programme = EngagementFactory(programme=ProgrammeFactory(), **state).programme
        with pytest.raises(ProtectedError):
            programme.delete()

    def test_the_language_of_a_material_stays(self):
        MaterialFactory(language_id="sw")
        with pytest.raises(ProtectedError):
            Language.objects.get(pk="sw").delete()

    def test_a_programme_takes_its_modules_and_materials_along(self):
        programme = ProgrammeFactory()
        ModuleFactory(programme=programme)
        MaterialFactory(programme=programme)
        kept = MaterialFactory()
        programme.delete()
        assert not Module.objects.exists()
        assert list(Material.objects.all()) == [kept]
