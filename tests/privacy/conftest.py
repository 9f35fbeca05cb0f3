import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.test import Client

from profiles.models import Profile
from search.indexing import together
from tests.factories import (
    EditorFactory,
    EducationFactory,
    EngagementFactory,
    EngagementStaffFactory,
    ExchangeFactory,
    InterviewFactory,
    InterviewPhotoFactory,
    ProfileFactory,
)
from tests.pictures import picture

PDF = b"%PDF-1.7 I agree."


@pytest.fixture
@together()
def person(db) -> Profile:
    """A public person with all that there can be of one."""
    profile = ProfileFactory(
        given_name="Zora",
        family_name="Querétaro",
        slug="zora-queretaro",
        summary_es="Cooperativas",
        portrait_alt_en="A person",
    )
    profile.portrait.save("x.webp", ContentFile(picture(120, 120)))
    profile.consent_document.save("letter.pdf", ContentFile(PDF))
    EducationFactory(profile=profile, title_en="Degree in economics")
    interview = InterviewFactory(profile=profile, title_en="Talking with Zora")
    exchange = ExchangeFactory(interview=interview, answer_en="We began with milk.")
    InterviewPhotoFactory(interview=interview, exchange=exchange)
    EngagementStaffFactory(profile=profile, engagement=EngagementFactory(title_en="Dairy course"), role="trainer")
    return profile


@pytest.fixture
def editor_of_people(db) -> User:
    """Somebody with the permissions of the role "Editor" that are about people."""
    names = ["view", "change", "delete", "publish"]
    return EditorFactory(permissions=[f"profiles.{name}_profile" for name in names])


@pytest.fixture
def editors_browser(editor_of_people) -> Client:
    client = Client()
    client.force_login(editor_of_people)
    return client


@pytest.fixture
def authors_browser(db) -> Client:
    """Of somebody who writes profiles and does not publish them."""
    client = Client()
    client.force_login(EditorFactory(permissions=["profiles.view_profile", "profiles.change_profile"]))
    return client
