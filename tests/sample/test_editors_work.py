"""The loader never touches what an editor made, changed or deleted."""

import pytest

from engagements.models import Engagement, EngagementStaff
from organisations.models import Office, Organisation
from profiles.models import Exchange, Interview, Position, Profile, ProfileLink
from programmes.models import Module, Programme
from tests.factories import InterviewPhotoFactory, OfficeFactory, OrganisationFactory, ProgrammeFactory


def change_every_record(content) -> None:
    """A change in the data files that would change every record in the database."""
    content.office["city"]["en"] = "Changed"
    content.organisation["name"]["en"] = "Changed"
    content.programme["name"]["en"] = "Changed"
    content.profile["post_title"]["en"] = "Changed"
    content.engagement["title"]["en"] = "Changed"


EDITS = {
    "programme milk": [
        lambda: Programme.objects.update(aim_es="Leche más fría."),
        lambda: Programme.objects.update(status="archived"),
        lambda: Programme.objects.get().topics.clear(),
        lambda: Module.objects.filter(order=1).update(title_en="Goats"),
        lambda: Module.objects.get(order=2).delete(),
        lambda: Module.objects.create(programme=Programme.objects.get(), order=3, title_en="Cheese"),
    ],
    "profile ana": [
        lambda: Profile.objects.update(featured=True),
        lambda: Profile.objects.update(portrait="portraits/mine.webp"),
        lambda: ProfileLink.objects.create(profile=Profile.objects.get(), label_en="Mine", url="https://example.org/"),
        lambda: Position.objects.get().countries.add("EC"),
        lambda: Interview.objects.update(title_en="Another talk"),
        lambda: Exchange.objects.filter(order=2).update(answer_en="So."),
        lambda: InterviewPhotoFactory(interview=Interview.objects.get()),
    ],
    "engagement pe-milk": [
        lambda: Engagement.objects.update(women_trained=4),
        lambda: EngagementStaff.objects.update(role="lead"),
        lambda: Engagement.objects.get().partners.clear(),
    ],
    "office lima": [lambda: Office.objects.get().countries_covered.add("EC")],
    "organisation union": [lambda: Organisation.objects.update(website="https://example.org/")],
}


@pytest.mark.parametrize(("name", "edit"), [(name, edit) for name, edits in EDITS.items() for edit in edits])
def test_a_record_that_an_editor_changed_is_left_alone_and_named(content, name, edit):
    content.load()
    edit()
    change_every_record(content)
    report = content.load()

    assert report.left_alone == [f"{name}: an editor changed it"]
    model = {"programme": Programme, "profile": Profile, "engagement": Engagement, "office": Office}.get(
        name.split()[0], Organisation
    )
    assert "Changed" not in str(model.objects.values().get())


def test_a_changed_record_is_named_even_when_its_data_file_is_as_before(content):
    content.load()
    Programme.objects.update(aim_en="Mine.")

    assert content.load().left_alone == ["programme milk: an editor changed it"]


def test_records_can_refer_to_a_record_that_was_left_alone(content):
    content.load()
    Programme.objects.update(aim_en="Mine.", slug="mine")
    content.more_engagements = [content.engagement | {"key": "bo-milk", "country": "BO"}]
    content.load()

    assert Programme.objects.get().engagements.count() == 2


def test_a_deleted_record_stays_deleted_and_is_named(content):
    content.load()
    Engagement.objects.get().delete()
    change_every_record(content)
    report = content.load()

    assert not Engagement.objects.exists()
    assert report.left_alone == ["engagement pe-milk: an editor deleted it"]


def test_a_record_that_refers_to_a_deleted_one_is_left_out_and_named(content):
    content.load()
    Engagement.objects.get().delete()
    Programme.objects.get().delete()
    content.more_engagements = [content.engagement | {"key": "bo-milk", "country": "BO"}]
    report = content.load()

    assert not Engagement.objects.exists()
    assert "engagement bo-milk: it refers to programme milk, which is not there any more" in report.left_alone


def test_an_editors_record_with_the_same_slug_is_left_alone_and_named(content):
    mine = ProgrammeFactory(slug="milk", name_en="Mine")
    report = content.load()

    assert Programme.objects.get().name_en == "Mine"
    assert report.left_alone == ["programme milk: somebody else made one with the same name"]
    assert Engagement.objects.get().programme == mine


def test_an_editors_record_stays_the_editors_in_later_runs(content):
    ProgrammeFactory(slug="milk", name_en="Mine")
    content.load()
    change_every_record(content)
    report = content.load()

    assert Programme.objects.get().name_en == "Mine"
    assert report.left_alone == ["programme milk: somebody else made one with the same name"]


def test_an_editors_office_is_recognised_by_its_english_name(content):
    mine = OfficeFactory(name_en="Office in Lima", city_en="Callao")
    report = content.load()

    assert Office.objects.get().city_en == "Callao"
    assert Profile.objects.get().office == mine
    assert report.left_alone == ["office lima: somebody else made one with the same name"]


def test_an_editors_record_in_place_of_a_deleted_one_is_left_alone(content):
    content.load()
    Engagement.objects.get().delete()
    Programme.objects.get().delete()
    mine = ProgrammeFactory(slug="milk", name_en="Mine")
    content.more_engagements = [content.engagement | {"key": "bo-milk", "country": "BO"}]
    report = content.load()

    assert "programme milk: an editor deleted it" in report.left_alone
    assert Engagement.objects.get().programme == mine


def test_a_name_that_an_editor_took_in_the_meantime_is_left_to_the_editor(content):
    content.load()
    OfficeFactory(name_en="Office in Lima and Callao")
    content.office["name"]["en"] = "Office in Lima and Callao"
    report = content.load()

    assert Office.objects.filter(name_en="Office in Lima").exists()
    assert report.left_alone == ["office lima: somebody else made one with the same name"]


def test_records_that_have_nothing_to_do_with_the_sample_are_not_mentioned(content):
    OrganisationFactory()

    assert content.load().left_alone == []
