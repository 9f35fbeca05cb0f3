"""Nobody learns by guessing what is there but hidden, nor who has an account.

A record that is not public answers as one that never was. (tests/test_leaks.py looks for what they hold.)
"""

import re
from difflib import ndiff

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client
from django.urls import NoReverseMatch, reverse

from accounts.models import FailedSignIn
from codelists.models import Topic
from tests.factories import (
    EngagementFactory,
    InterviewPhotoFactory,
    OrganisationFactory,
    ProfileFactory,
    ProgrammeFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

HIDDEN = {"draft": True}, {"in_review": True}, {"scheduled": True}, {"archived": True}


def answer(path: str, **headers: str) -> tuple[int, dict, str]:
    """Status, headers and content without what only repeats the address."""
    response = Client().get(path, headers=headers)
    content = response.content.decode()
    for part in sorted({path, *path.strip("/").split("/")}, key=len, reverse=True):
        if len(part) > 2:
            content = content.replace(part, "…")
    names = {name: value for name, value in response.headers.items() if name != "Content-Length"}
    return response.status_code, names, content


def assert_same(hidden: str, unknown: str, **headers: str) -> None:
    one, other = answer(hidden, **headers), answer(unknown, **headers)
    assert one[0] == other[0] == 404, hidden
    assert one[1] == other[1], hidden
    assert one[2] == other[2], "\n".join(
        line for line in ndiff(one[2].split("\n"), other[2].split("\n")) if line[0] != " "
    )


@pytest.mark.parametrize("state", HIDDEN, ids=str)
@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_a_hidden_page_answers_as_one_that_never_was(state, language):
    for kind, factory in {
        "profiles": ProfileFactory,
        "programmes": ProgrammeFactory,
        "organisations": OrganisationFactory,
    }.items():
        factory(slug="hidden-one", **state)
        assert_same(f"/{language}/{kind}/hidden-one/", f"/{language}/{kind}/unknown-one/")
    engagement = EngagementFactory(slug="hidden-one", **state)
    assert_same(f"/{language}/engagements/{engagement.pk}-hidden-one/", f"/{language}/engagements/98765432-hidden-one/")
    for ending in ("feed/", "planned.ics"):
        assert_same(f"/{language}/programmes/hidden-one/{ending}", f"/{language}/programmes/unknown-one/{ending}")


@pytest.mark.parametrize("state", HIDDEN, ids=str)
def test_a_hidden_record_of_the_api_answers_as_one_that_never_was(state):
    factories = {"profiles": ProfileFactory, "programmes": ProgrammeFactory}
    for kind, factory in (factories | {"organisations": OrganisationFactory, "engagements": EngagementFactory}).items():
        record = factory(**state)
        for accept in ("application/json", "text/html"):
            assert_same(f"/api/v1/{kind}/{record.pk}/", f"/api/v1/{kind}/98765432/", accept=accept)


def test_a_hidden_picture_answers_as_one_that_never_was():
    photo = InterviewPhotoFactory(interview__draft=True)
    assert_same(photo.image.url, "/media/photos/0123456789abcdef0123456789abcdef.webp")


@pytest.mark.parametrize("name", ["profile", "programme", "organisation"])
def test_a_filter_by_a_hidden_record_answers_as_by_one_that_never_was(name):
    factories = {"profile": ProfileFactory, "programme": ProgrammeFactory, "organisation": OrganisationFactory}
    factories[name](slug="hidden-one", draft=True)
    EngagementFactory()
    shown = [
        re.sub("hidden-one|unknown-one", "…", Client().get(f"/en/engagements/?{name}={value}").content.decode())
        for value in ("hidden-one", "unknown-one")
    ]
    assert shown[0] == shown[1]


def test_the_admin_does_not_say_to_strangers_what_is_there():
    topic = Topic.objects.first()
    for number in (topic.pk, 987654321):
        response = Client().get(f"/admin/codelists/topic/{number}/change/")
        assert response.status_code == 302
        assert response["Location"] == f"/admin/login/?next=/admin/codelists/topic/{number}/change/"
    for path in ("/admin/profiles/", "/admin/nowhere/", "/admin/profiles/nothing/"):
        assert Client().get(path)["Location"].startswith("/admin/login/")


def refused(settings, **sent: str) -> tuple[int, str]:
    settings.AXES_ENABLED = True
    response = Client().post("/admin/login/", sent)
    content = re.sub(r'csrfmiddlewaretoken" value="\w+"|value="[^"]*"', "", response.content.decode())
    return response.status_code, content.replace(sent["username"], "…")


@pytest.mark.parametrize(
    "account", [{}, {"is_active": False}, {"is_staff": False}], ids=["staff", "switched off", "no staff"]
)
def test_signing_in_does_not_tell_who_has_an_account(settings, account):
    UserFactory(username="there", **account)
    known = [refused(settings, username="there", password=f"wrong-{number}") for number in range(7)]
    unknown = [refused(settings, username="gone", password=f"wrong-{number}") for number in range(7)]
    assert known == unknown
    assert (known[0][0], known[-1][0]) == (200, 429)  # locked out alike
    assert FailedSignIn.objects.exists()


def test_as_much_work_is_done_for_an_unknown_name(settings, monkeypatch):
    """So the time tells nothing either: a password is hashed in any case."""
    settings.AXES_ENABLED = False
    UserFactory(username="there")
    hashed = []
    encode = MD5PasswordHasher.encode  # of the settings of tests; production's is another
    note = lambda self, password, salt: hashed.append(password) or encode(self, password, salt)  # noqa: E731
    monkeypatch.setattr(MD5PasswordHasher, "encode", note)
    for name in ("there", "gone"):
        hashed.clear()
        Client().post("/admin/login/", {"username": name, "password": "wrong"})
        assert hashed == ["wrong"], name


def test_nobody_can_ask_for_a_new_password():
    """Administrators give one; there is no page that would tell whether an address of e-mail is known."""
    for name in ("admin_password_reset", "password_reset", "admin:password_reset"):
        with pytest.raises(NoReverseMatch):
            reverse(name)
