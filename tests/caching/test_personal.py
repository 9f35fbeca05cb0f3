"""Nothing that is one visitor's own is kept, shown to another, or taken from what others are shown."""

import pytest
from django.contrib import messages
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.test import Client

from publishing.previewing import PreviewLink
from tests.factories import FAR_AHEAD, EngagementFactory, ProfileFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept(page_cache):
    return page_cache


def test_a_visitor_gets_no_cookie_on_any_public_page(client):
    record = EngagementFactory()
    for path in ("/en/", "/en/engagements/", record.get_absolute_url(), "/en/search/?q=a", "/sitemap.xml", "/en/feed/"):
        for _time in range(2):
            assert not client.get(path).cookies, path


def test_staff_see_a_draft_and_nobody_else_does(client, staff_client, kept):
    draft = ProfileFactory(draft=True, given_name="Hidden")
    address = draft.get_absolute_url()
    assert client.get(address).status_code == 404
    preview = staff_client.get(address)
    assert preview.status_code == 200
    assert "no-store" in preview.headers["Cache-Control"]
    assert len(kept.memory) == 0
    assert client.get(address).status_code == 404


def test_staff_are_not_shown_what_is_kept_for_visitors_and_theirs_is_not_kept(client, staff_client, kept):
    address = ProfileFactory().get_absolute_url()
    etag = client.get(address).headers["ETag"]
    seen = staff_client.get(address, headers={"if-none-match": etag})
    assert seen.status_code == 200
    assert seen.headers["Cache-Control"] == "private, no-cache"
    assert "Cookie" in seen.headers["Vary"]
    assert "ETag" not in seen.headers
    assert len(kept.memory) == 1


def test_a_scheduled_page_that_staff_saw_is_not_there_for_visitors(client, staff_client):
    scheduled = EngagementFactory(status="published", publish_at=FAR_AHEAD)
    assert staff_client.get(scheduled.get_absolute_url()).status_code == 200
    assert client.get(scheduled.get_absolute_url()).status_code == 404


def test_a_preview_link_opens_the_page_for_its_bearer_alone(client, kept):
    draft = ProfileFactory(draft=True)
    address = draft.get_absolute_url()
    shown = client.get(address + PreviewLink.to(draft).query)
    assert shown.status_code == 200
    assert "no-store" in shown.headers["Cache-Control"]
    assert len(kept.memory) == 0
    assert client.get(address).status_code == 404


def test_a_preview_parameter_on_a_public_page_is_no_page_of_its_own(client, kept):
    address = ProfileFactory().get_absolute_url()
    assert client.get(address + "?preview=x").status_code == 302
    assert client.get(address + "?draft").status_code == 302
    assert len(kept.memory) == 0


def test_who_has_given_only_a_password_is_treated_as_having_a_session(client, editor, settings, kept):
    settings.REQUIRE_SECOND_FACTOR = True
    client.force_login(editor)
    draft = ProfileFactory(draft=True)
    assert client.get(draft.get_absolute_url()).status_code == 404
    assert client.get("/en/").headers["Cache-Control"] == "private, no-cache"
    assert len(kept.memory) == 0


def test_with_the_cookie_of_a_session_nothing_is_kept_nor_found(client, kept):
    Client().get("/en/")
    client.cookies["sessionid"] = "x"
    answer = client.get("/en/")
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert "ETag" not in answer.headers
    assert len(kept.memory) == 1


def test_with_a_password_in_the_header_nothing_is_kept(client, kept):
    assert client.get("/en/", headers={"authorization": "Basic eDp5"}).headers["Cache-Control"] == "private, no-cache"
    assert len(kept.memory) == 0


def with_token(request):
    return HttpResponse(get_token(request))


def with_message(request):
    messages.info(request, "for you alone")
    return HttpResponse("page")


def with_session(request):
    request.session["basket"] = 1
    return HttpResponse("page")


@pytest.mark.parametrize("view", [with_token, with_message, with_session])
@pytest.mark.parametrize("cookie", [None, "csrftoken"])
def test_a_page_that_sets_a_cookie_is_not_kept(client, view, cookie, kept, monkeypatch):
    """Also where the visitor has the token of forms already, which would then stand in the page."""
    monkeypatch.setattr("coopportal.views.HomeView.get", lambda self, request: view(request))
    if cookie:
        client.cookies[cookie] = "a" * 32
    answer = client.get("/en/")
    assert answer.cookies
    assert len(kept.memory) == 0
    assert Client().get("/en/").cookies
