"""Whatever changes, the next visitor sees it: an answer that is kept is always the one that would be made anew."""

from datetime import timedelta
from unittest import mock

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connections, transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from codelists.models import Country
from engagements.models import Engagement
from opendata.models import ContentVersion
from publishing.models import Status
from search.indexing import follow, together
from tests.factories import LONG_AGO, EngagementFactory, ProfileFactory
from tests.pictures import picture

PAGES = ["/en/", "/fr/engagements/", "/en/engagements/?country=PE", "/en/countries/pe/", "/en/search/?q=coffee"]
PAGES += ["/sitemap-engagements.xml", "/en/feed/", "/en/planned.ics"]


def at(moment):
    """The portal at that moment."""
    return mock.patch("django.utils.timezone.now", return_value=moment)


@pytest.fixture
def fresh(db, settings):
    """A browser for which each page is made anew."""
    browser = Client()
    browser.handler.load_middleware()
    return browser


@pytest.fixture
def visitor(fresh, page_cache):
    """A browser of the public."""
    browser = Client()
    browser.handler.load_middleware()
    return browser


@pytest.fixture
def engagement(visitor):
    """A public engagement whose pages have all been visited."""
    record = EngagementFactory(title_en="Coffee of old", country_id="PE")
    EngagementFactory(title_en="Tea", country_id="BO")  # an empty feed says that it is of this moment
    for path in PAGES:
        visitor.get(path)
    return record


def saved(record):
    record.title_en = "Coffee anew"
    record.save()


def written_in_bulk(record):
    with together():
        Engagement.objects.filter(pk=record.pk).update(title_en="Coffee anew")
        follow([("engagement", str(record.pk))])


def archived(record):
    record.status = Status.ARCHIVED
    record.save()


def deleted(record):
    record.delete()


def country_renamed(record):
    country = Country.objects.get(pk="PE")
    country.name_en = "Perú"
    country.save()


@pytest.mark.parametrize("change", [saved, written_in_bulk, archived, deleted, country_renamed])
def test_a_change_shows_at_once_on_every_page(fresh, visitor, engagement, change):
    before = {path: visitor.get(path) for path in PAGES}
    change(engagement)
    for path in PAGES:
        made = fresh.get(path).content
        has_it = {"if-none-match": before[path].headers["ETag"]}
        assert visitor.get(path, headers=has_it).content == made, path  # nobody is told that nothing changed
        assert visitor.get(path).content == made, path
    assert visitor.get("/en/countries/pe/").content != before["/en/countries/pe/"].content


def test_a_publication_date_that_passes_shows_at_once(visitor, engagement):
    moment = timezone.now() + timedelta(hours=1)
    EngagementFactory(title_en="Coffee to come", country_id="PE", status="published", publish_at=moment)
    with at(moment - timedelta(seconds=1)):
        before = visitor.get("/en/countries/pe/")
        assert b"Coffee to come" not in before.content
    with at(moment):
        after = visitor.get("/en/countries/pe/", headers={"if-none-match": before.headers["ETag"]})
        assert b"Coffee to come" in after.content
        assert b"Coffee to come" in visitor.get("/en/countries/pe/").content


def test_a_page_is_of_its_day(visitor, engagement):
    first = visitor.get("/en/")
    with at(timezone.now() + timedelta(days=1)):
        assert visitor.get("/en/", headers={"if-none-match": first.headers["ETag"]}).status_code == 200


def test_renditions_of_a_picture_show_at_once(visitor):
    profile = ProfileFactory()
    profile.portrait.save("portrait.webp", ContentFile(picture(120, 120)))
    first = visitor.get(profile.get_absolute_url())
    call_command("make_renditions", "--all", verbosity=0)
    has_it = {"if-none-match": first.headers["ETag"]}
    assert visitor.get(profile.get_absolute_url(), headers=has_it).status_code == 200


def test_code_lists_loaded_anew_show_at_once(visitor, engagement):
    first = visitor.get("/en/countries/pe/")
    call_command("load_codelists", verbosity=0)
    assert visitor.get("/en/countries/pe/", headers={"if-none-match": first.headers["ETag"]}).status_code == 200


def test_what_is_rolled_back_was_never_seen_and_leaves_no_page(visitor, engagement):
    before = visitor.get("/en/countries/pe/")
    with transaction.atomic():
        saved(engagement)
        assert b"Coffee anew" in visitor.get("/en/countries/pe/").content
        transaction.set_rollback(True)
    has_it = {"if-none-match": before.headers["ETag"]}
    assert visitor.get("/en/countries/pe/", headers=has_it).status_code == 304
    assert visitor.get("/en/countries/pe/").content == before.content


def test_another_program_shows_at_once(visitor, engagement):
    first = visitor.get("/en/")
    with (
        mock.patch("caching.visits.fingerprint", return_value="another"),
        mock.patch("opendata.conditional.fingerprint", return_value="another"),
    ):
        again = visitor.get("/en/", headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 200
    assert again.headers["ETag"] != first.headers["ETag"]


def test_a_change_while_a_page_is_made_is_not_hidden_by_it(visitor, engagement):
    """The page is kept under the version that was there before it was made, which nobody asks for any more."""
    from coopportal.views import HomeView  # the view whose work is interrupted

    work = HomeView.get_context_data

    def interrupted(view, **kwargs):
        context = work(view, **kwargs)
        context["engagements"] = list(context["engagements"])
        saved(engagement)
        return context

    ContentVersion.objects.update(token="before-it")
    with mock.patch.object(HomeView, "get_context_data", interrupted):
        assert b"Coffee of old" in visitor.get("/en/").content
    assert b"Coffee anew" in visitor.get("/en/").content


def test_a_change_by_another_process_shows_at_once(real_transactions, page_cache):
    """On real transactions: written through another connection, and visible once that has committed."""
    record = EngagementFactory(title_en="Coffee of old", country_id="PE")
    browser = Client()
    assert b"Coffee of old" in browser.get("/en/countries/pe/").content
    other = connections["default"].copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("UPDATE engagements_engagement SET title_en = 'Coffee anew' WHERE id = %s", [record.pk])
            cursor.execute("UPDATE opendata_contentversion SET token = 'by-another-process' WHERE id = 1")
            assert b"Coffee of old" in browser.get("/en/countries/pe/").content
            cursor.execute("COMMIT")
    finally:
        other.close()
    assert b"Coffee anew" in browser.get("/en/countries/pe/").content


STEPS = st.one_of(
    st.tuples(st.just("visit"), st.sampled_from([*PAGES[:6], "own page"])),
    st.tuples(st.just("title"), st.sampled_from(["Coffee", "Cacao", "Quinoa"])),
    st.tuples(st.just("country"), st.sampled_from(["PE", "BO"])),
    st.tuples(st.just("status"), st.sampled_from([Status.DRAFT, Status.PUBLISHED, Status.ARCHIVED])),
    st.tuples(st.just("scheduled in hours"), st.integers(-2, 3)),
    st.tuples(st.just("hours pass"), st.integers(1, 30)),
    st.tuples(st.just("rolled back"), st.sampled_from(["Maize"])),
)


@examples(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(STEPS, min_size=3, max_size=8))
def test_in_whatever_order_people_edit_and_visit_what_is_kept_equals_what_is_made(fresh, visitor, steps):
    with transaction.atomic():
        record, now = EngagementFactory(title_en="Coffee", country_id="PE", publish_at=LONG_AGO), timezone.now()
        for step, value in [*steps, ("visit", "own page"), *(("visit", path) for path in PAGES[:6])]:
            if step == "hours pass":
                now += timedelta(hours=value)
            with at(now):
                if step == "visit":
                    path = record.get_absolute_url() if value == "own page" else value
                    kept, made = visitor.get(path), fresh.get(path)
                    assert (kept.status_code, kept.content) == (made.status_code, made.content)
                elif step == "rolled back":
                    with transaction.atomic():
                        Engagement.objects.get(pk=record.pk).save()
                        visitor.get("/en/")
                        transaction.set_rollback(True)
                elif step != "hours pass":
                    changed = {"title": "title_en", "country": "country_id", "status": "status"}.get(step, "publish_at")
                    setattr(record, changed, now + timedelta(hours=value) if changed == "publish_at" else value)
                    record.save()
        transaction.set_rollback(True)
