"""Searching without regard to case gives the same on SQLite as on PostgreSQL, beyond A to Z too."""

import pytest

from multilingual.sqlite import like
from profiles.models import Profile
from tests.factories import ProfileFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("text", ["álvarez", "ÁLVAREZ", "Álvarez", "lvar"])
def test_a_name_is_found_however_it_is_written(text):
    ProfileFactory(family_name="Álvarez")
    assert Profile.objects.filter(family_name__icontains=text).count() == 1


@pytest.mark.parametrize("text", ["50%", "a_b", "back\\slash", "100%_\\"])
def test_signs_with_a_meaning_stand_for_themselves(text):
    ProfileFactory(summary_en=f"before {text} after")
    ProfileFactory(summary_en="before 50 after, axb, backslash, 1000")
    assert Profile.objects.filter(summary_en__icontains=text).count() == 1


def test_beginnings_and_ends_are_found():
    ProfileFactory(family_name="Élan")
    assert Profile.objects.filter(family_name__istartswith="éL").exists()
    assert Profile.objects.filter(family_name__iendswith="LAN").exists()
    assert not Profile.objects.filter(family_name__istartswith="lan").exists()


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("a%c", "abbc", True),
        ("a%c", "abbd", False),
        ("a_c", "abc", True),
        ("a_c", "abbc", False),
        ("%", "", True),
        ("", "", True),
        ("", "a", False),
        (None, "a", None),
        ("a", None, None),
        ("%1%", 210, True),
        ("%a\n%", "A\nb", True),
    ],
)
def test_patterns_mean_what_they_mean_in_sql(pattern, text, expected):
    assert like(pattern, text, "\\") is expected
