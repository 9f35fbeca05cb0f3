"""A broken data file is refused as a whole, with the place of the mistake."""

import pytest

from engagements.models import Engagement
from organisations.models import Office, Organisation
from profiles.models import Profile, Series
from programmes.models import Programme
from sample.errors import DataError
from sample.loading import load
from sample.models import SampleRecord


def nothing_is_written() -> bool:
    models = (Series, Office, Organisation, Programme, Profile, Engagement, SampleRecord)
    return not any(model.objects.exists() for model in models)


MISTAKES = [
    ({"country": "XX"}, "engagements.yaml, pe-milk, country: unknown country 'XX'"),
    ({"country": False}, "engagements.yaml, pe-milk, country: unknown country False"),
    ({"programme": "mlik"}, "engagements.yaml, pe-milk, programme: unknown programme 'mlik'"),
    ({"partners": ["union", "unoin"]}, "engagements.yaml, pe-milk, partners: unknown organisation 'unoin'"),
    ({"partners": "union"}, "engagements.yaml, pe-milk, partners: this is not a list"),
    ({"topics": [["youth"]]}, "engagements.yaml, pe-milk, topics: unknown topic ['youth']"),
    ({"sumary": "A course."}, "engagements.yaml, pe-milk, sumary: there is no such field"),
    ({"id": 7}, "engagements.yaml, pe-milk, id: this cannot be written here"),
    ({"start": "May 2019"}, "engagements.yaml, pe-milk: start: "),
    ({"end": "2018"}, "engagements.yaml, pe-milk: end_date: The end"),
    ({"title": "Milk course"}, "engagements.yaml, pe-milk, title: write one text for each language: en, es, fr"),
    ({"title": {"de": "Milch"}}, "engagements.yaml, pe-milk, title: write one text for each language: en, es, fr"),
    ({"summary": {}}, "engagements.yaml, pe-milk: summary_en: "),
    (
        {"engagement_staff": [{"profile": "ana"}, {"profile": "eva"}]},
        "engagements.yaml, pe-milk, engagement_staff, 2, profile: unknown profile 'eva'",
    ),
    (
        {"engagement_staff": [{"profile": "ana"}, {"profile": "ana"}]},
        "engagements.yaml, pe-milk, engagement_staff, 2: This person",
    ),
    ({"engagement_staff": ["ana"]}, "engagements.yaml, pe-milk, engagement_staff, 1: this has no fields"),
]


@pytest.mark.parametrize(("mistake", "message"), MISTAKES)
def test_a_mistake_is_refused_with_its_place_and_nothing_is_written(content, mistake, message):
    content.engagement |= mistake
    with pytest.raises(DataError) as refusal:
        content.load()

    assert str(refusal.value).startswith(message)
    assert nothing_is_written()


def test_a_mistake_in_an_unknown_kind_names_the_choice(content):
    content.organisation["kind"] = "club"
    with pytest.raises(DataError, match=r"^organisations.yaml, union: kind: .*'club'"):
        content.load()


def test_a_mistake_deep_inside_a_record_is_found(content):
    content.profile["interviews"][0]["exchanges"][1] = {"question": {}}
    with pytest.raises(DataError, match=r"^profiles.yaml, ana, interviews, 1, exchanges, 2: question"):
        content.load()

    assert nothing_is_written()


def test_an_unknown_region_is_refused(content):
    content.office["region_covered"] = "atlantis"
    with pytest.raises(DataError, match=r"^offices.yaml, lima: region_covered: unknown region 'atlantis'"):
        content.load()


def test_a_missing_portrait_is_refused(content):
    content.portrait.unlink()
    with pytest.raises(DataError, match=r"^profiles.yaml, ana, portrait: ana.webp cannot be read"):
        content.load()


def test_two_records_of_one_key_are_refused(content):
    content.more_engagements = [content.engagement]
    with pytest.raises(DataError, match=r"^engagements.yaml, pe-milk: there is another record of this key"):
        content.load()


def test_a_record_without_a_key_is_refused(content):
    del content.programme["slug"]
    with pytest.raises(DataError, match=r"^programmes.yaml, record 1: slug is missing"):
        content.load()


@pytest.mark.parametrize(
    ("text", "message"),
    [("- slug: [", "series.yaml: while parsing"), ("slug: talks", "series.yaml: this is not a list of records")],
)
def test_a_file_that_is_no_list_of_records_is_refused(content, text, message):
    (content.write() / "series.yaml").write_text(text)
    with pytest.raises(DataError, match=f"^{message}"):
        load(content.directory)


def test_a_directory_without_data_files_is_refused(content, tmp_path):
    with pytest.raises(DataError, match="there are no data files here"):
        load(tmp_path / "nowhere")


def test_a_mistake_in_a_later_run_changes_nothing(content):
    content.load()
    content.programme["aim"]["en"] = "Changed."
    content.engagement["country"] = "XX"
    with pytest.raises(DataError):
        content.load()

    assert Programme.objects.get().aim_en == "Cooler milk."
