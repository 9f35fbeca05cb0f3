"""Arabic, a language of the interface alone: its texts may be incomplete, but not wrong; its content is English."""

import re

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation import ngettext, override

from multilingual.text import columns, in_language, language_shown
from organisations.models import Organisation
from tests.factories import OrganisationFactory

FILES = settings.BASE_DIR / "locale" / "ar" / "LC_MESSAGES"
BLANK = re.compile(r"%\([a-z_]+\)[sd]|\{[a-z_]+\}")


def forms(of) -> list[str]:
    return list(of) if isinstance(of, tuple | list) else [of]


def by_text(catalogue) -> dict:
    return {tuple(forms(message.id)): forms(message.string) for message in catalogue if message.id}


def test_its_texts_fill_in_no_other_blanks_than_the_english():
    with (FILES / "django.po").open("rb") as file:
        messages = [message for message in read_po(file, locale="ar") if message.id]
    assert len(messages) > 150
    for message in messages:
        allowed = {blank for text in forms(message.id) for blank in BLANK.findall(text)}
        for text in forms(message.string):
            assert text
            assert set(BLANK.findall(text)) <= allowed, message.id


def test_the_compiled_file_is_up_to_date():
    with (FILES / "django.po").open("rb") as source, (FILES / "django.mo").open("rb") as compiled:
        wanted, found = by_text(read_po(source, locale="ar")), by_text(read_mo(compiled))
    assert found == wanted


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "لا نتائج"), (1, "نتيجة واحدة"), (2, "نتيجتان"), (3, "3 نتائج"), (11, "11 نتيجة"), (100, "100 نتيجة")],
)
def test_it_counts_in_six_ways(number, text):
    with override("ar"):
        assert ngettext("%(number)s result", "%(number)s results", number) % {"number": number} == text


@pytest.mark.django_db
def test_content_is_read_sorted_and_marked_in_english():
    OrganisationFactory(name_en="Zambian Union")
    OrganisationFactory(name_en="Andean Union", name_fr="Zut")
    with override("ar"):
        assert columns("name") == ["name_en"]
        found = list(Organisation.objects.order_by(in_language("name")))
        assert [organisation.name for organisation in found] == ["Andean Union", "Zambian Union"]
        assert language_shown(found[0], "name") == "en"
