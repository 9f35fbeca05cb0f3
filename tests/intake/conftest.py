import pytest
from django.contrib.auth.models import Group, User

from intake.models import Intake
from intake.taking_in import take_in
from programmes.models import Programme
from search.indexing import together
from tests.factories import ProgrammeFactory, SeriesFactory, UserFactory
from tests.intake.proposed import proposals


def somebody(role: str) -> User:
    """A member of staff with this role."""
    user = UserFactory()
    user.groups.add(Group.objects.get(name=role))
    return user


@pytest.fixture
def author(db) -> User:
    return somebody("Author")


@pytest.fixture
def chief(db) -> User:
    """An editor, who publishes and deletes."""
    return somebody("Editor")


@pytest.fixture
@together()
def my_coop(db) -> Programme:
    """The programme of the article; its series is there, too."""
    SeriesFactory(name_en="Voices of the Valley")
    return ProgrammeFactory(name_en="My.Coop", slug="my-coop")


@pytest.fixture
def intake(author, my_coop) -> Intake:
    """The article of `tests.intake.proposed`, reviewed: the kinds are chosen that no article says."""
    intake = take_in(proposals(), author, file_name="orsolic.txt")
    for organisation in intake.review["organisations"]:
        organisation["kind"] = organisation["kind"] or "cooperative"
    intake.keep_review(intake.review, author)
    return intake
