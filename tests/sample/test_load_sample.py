"""The command `load_sample`."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from programmes.models import Programme
from tests.factories import (
    EngagementFactory,
    OfficeFactory,
    OrganisationFactory,
    ProfileFactory,
    ProgrammeFactory,
    SeriesFactory,
)


def run(*args, **options) -> str:
    output = StringIO()
    call_command("load_sample", *args, stdout=output, **options)
    return output.getvalue()


def test_says_what_it_made(content):
    assert run(directory=content.write()) == "Sample content: 6 records made, 0 brought up to date, 0 unchanged.\n"


def test_says_that_there_is_nothing_to_do(content):
    content.load()

    assert run(directory=content.directory) == "Sample content: nothing to do, 6 records are as in the data files.\n"


def test_lists_what_it_left_alone(content):
    content.load()
    Programme.objects.update(aim_en="Mine.")

    assert run(directory=content.directory).endswith("Left alone:\n- programme milk: an editor changed it\n")


def test_a_broken_data_file_is_a_command_error(content):
    content.engagement["country"] = "XX"
    with pytest.raises(CommandError, match=r"^engagements.yaml, pe-milk, country: unknown country 'XX'$"):
        run(directory=content.write())


@pytest.mark.parametrize(
    "factory", [ProfileFactory, ProgrammeFactory, OrganisationFactory, OfficeFactory, EngagementFactory]
)
def test_if_empty_does_nothing_when_there_is_content(db, factory, tmp_path):
    factory(**({"draft": True} if factory is not OfficeFactory else {}))

    # The directory is empty: reading it would be an error.
    assert run("--if-empty", directory=tmp_path) == "There is content already; the sample content is not loaded.\n"


def test_if_empty_asks_the_database_once(content, django_assert_num_queries):
    content.load()
    with django_assert_num_queries(1):
        run("--if-empty", directory=content.directory)


def test_if_empty_loads_into_an_empty_portal(content):
    SeriesFactory()  # belongs to no content that a visitor could see

    assert "6 records made" in run("--if-empty", directory=content.write())
