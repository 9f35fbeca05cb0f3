"""Nothing that is not public is in a file: not as a record, not beside a public one, not in a number."""

import pytest

from codelists.models import Topic
from engagements.models import Engagement
from tests.downloads.reading import EXTENSIONS, everything, loaded
from tests.test_leaks import HIDDEN_COUNTRY_NAME, HIDDEN_FIGURES, SECRET, worlds  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db

# Every list, and a word of the public world that its files hold.
LISTS = {
    "engagements": "Open.Coop",
    "programmes": "open-coop",
    "profiles": "open-person",
    "organisations": "open-union",
    "countries": "PER",
}


def test_no_file_has_a_word_of_what_is_not_public(client, worlds):  # noqa: F811
    _public, hidden = worlds
    for name, public_word in LISTS.items():
        for extension in EXTENSIONS:
            address = f"/{'es' if extension == 'xlsx' else 'en'}/{name}.{extension}"
            words = everything(client, address)
            assert public_word in words, address
            assert SECRET not in words.casefold(), address
            assert HIDDEN_COUNTRY_NAME not in words, address
            assert not HIDDEN_FIGURES.search(words), address
            assert not any(one in words for one in hidden), address


def test_numbers_count_what_is_public_alone(client, worlds):  # noqa: F811
    public, _hidden = worlds
    (programme,) = loaded(client, "/en/programmes.json")["records"]
    assert (programme["engagement_count"], programme["country_codes"], programme["partners"]) == (1, ["PE"], [])
    (profile,) = loaded(client, "/en/profiles.json")["records"]
    assert (profile["engagement_count"], profile["country_codes"]) == (1, ["PE"])
    assert profile["programme_slugs"] == ["open-coop"]
    (organisation,) = loaded(client, "/en/organisations.json")["records"]
    assert organisation["engagement_count"] == 1
    (country,) = loaded(client, "/en/countries.json")["records"]
    counted = {name: country[f"{name}_count"] for name in ("engagement", "programme", "profile")}
    assert counted == {"engagement": 1 + 4, "programme": 1, "profile": 1}
    (engagement,) = loaded(client, "/en/engagements.json?programme=open-coop")["records"]
    assert (engagement["id"], engagement["staff_slugs"]) == (public["engagement"].pk, ["open-person"])


def test_a_hidden_relation_of_a_public_record_is_empty(client, worlds):  # noqa: F811
    public, _hidden = worlds
    for record in loaded(client, "/en/engagements.json")["records"]:
        if record["id"] != public["engagement"].pk:
            empty = {name: record[name] for name in ("programme_id", "programme_slug", "programme")}
            assert set(empty.values()) == {None}
            assert (record["partner_ids"], record["staff_ids"], record["staff_roles"]) == ([], [], [])


def test_filters_do_not_find_hidden_records(client, worlds):  # noqa: F811
    for query in (f"q={SECRET}", "country=IS", f"topic={Topic.objects.get(slug='statistics').slug}", "sector=B"):
        assert loaded(client, f"/en/engagements.json?{query}")["records"] == []


def test_this_test_would_notice_a_leak(client, worlds):  # noqa: F811
    scheduled = Engagement.objects.filter(title_en__startswith=f"{SECRET}scheduled")
    scheduled.update(publish_at="2020-01-01T00:00Z")
    for extension in EXTENSIONS:
        assert f"{SECRET}scheduled" in everything(client, f"/en/engagements.{extension}")
