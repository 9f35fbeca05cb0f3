"""Lists in pages: whoever follows `next` has seen everything once, and whoever follows `previous` too."""

from base64 import urlsafe_b64encode
from datetime import UTC, date, datetime
from itertools import count
from json import dumps
from urllib.parse import quote

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.ordering import Order
from api.views.collections import COLLECTIONS
from codelists.models import Topic
from engagements.models import Engagement
from listing.filters import SortFilter
from multilingual.text import sort_key
from organisations.models import Organisation
from profiles.models import Profile
from programmes.models import Programme
from search.indexing import together
from tests.api.asking import ROOT, answer, faults, ids, local, pages
from tests.factories import LONG_AGO, EngagementFactory, OrganisationFactory, ProfileFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db

BY_COLLECTION = {view.serializer_class.collection: view for view in COLLECTIONS}


def sorts(view) -> list[str]:
    """The query strings for every order that a list has."""
    filters = view.listing_filters.base_filters.values() if view.listing_filters else []
    words = [word for filter_ in filters if isinstance(filter_, SortFilter) for word in filter_.orders]
    return ["", *(f"&sort={word}" for word in words)]


EVERY_ORDER = [(name, sort) for name, view in BY_COLLECTION.items() for sort in sorts(view)]

# Names that are equal, that differ in capitals and accents only, and that are sorted by few languages alike.
NAMES = st.sampled_from(
    ["Ana", "ana", "Ána", "Zoë", "Écuador", "Ecuador", "Łódź", "Ødegård", "æ", "Ñandú", "n", "日本"]
)
DAYS = st.dates(date(2000, 1, 1), date(2003, 12, 31))
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2020, 1, 2), timezones=st.just(UTC))
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "name": NAMES,
            "translated": st.none() | NAMES,
            "year": st.none() | st.integers(2000, 2003),
            "start": DAYS,
            "publish_at": MOMENTS,
            "country": st.sampled_from(["PE", "BO", "CI", "AX"]),
        }
    ),
    min_size=0,
    max_size=12,
)


@together()
def make(rows: list[dict]) -> None:
    """A profile, a programme, an organisation and an engagement of each of the `rows`."""
    numbers = count()
    for row in rows:
        slug = f"row-{next(numbers)}"
        public = {"status": "published", "publish_at": row["publish_at"], "slug": slug}
        names = {"name_en": row["name"], "name_es": row["translated"]}
        consent = {"consent_date": date(2020, 1, 1), "consent_by": "them", "consent_scope": "text"}
        Profile.objects.create(given_name=row["name"], family_name=row["name"], **consent, **public)
        programme = Programme.objects.create(kind="sector", launch_year=row["year"], **names, **public)
        Organisation.objects.create(kind="ngo", **names, **public)
        titles = {"title_en": row["name"], "start_date": row["start"], "country_id": row["country"], "kind": "pilot"}
        Engagement.objects.create(programme=programme, **titles, **public)


@pytest.mark.parametrize(("collection", "sort"), EVERY_ORDER)
@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(rows=ROWS, size=st.integers(1, 6), language=st.sampled_from(["en", "es"]))
def test_walking_the_pages_either_way_is_the_whole_list(collection, sort, rows, size, language):
    if collection in ("countries", "sectors", "topics"):
        size += 19  # these lists are there already
    with transaction.atomic():
        make(rows)
        address = f"{collection}/?fields=id&lang={language}{sort}"
        whole = [record["id"] for page in pages(f"{address}&page_size=100") for record in page["results"]]
        if (view := BY_COLLECTION[collection]).listing_filters:
            data = {"sort": sort.removeprefix("&sort=")} if sort else {}
            queryset = view.listing_filters(data, queryset=view.serializer_class.public()).qs
            if language == "en":
                assert whole == list(queryset.values_list("pk", flat=True))
        walked = list(pages(f"{address}&page_size={size}"))
        assert [record["id"] for page in walked for record in page["results"]] == whole
        assert all(len(page["results"]) == size for page in walked[:-1])
        assert walked[0]["previous"] is None
        if walked[-1]["previous"]:
            back = list(pages(local(walked[-1]["previous"]), "previous"))
            assert [page["results"] for page in back] == [page["results"] for page in walked[-2::-1]]
            assert back[-1]["previous"] is None
        transaction.set_rollback(True)


def test_rows_that_are_added_or_go_meanwhile_move_no_page():
    kept = [EngagementFactory(start_date=date(2010, month, 1), end_date=None) for month in range(1, 10)]
    first = answer("engagements/?page_size=3&fields=id")
    EngagementFactory(start_date=date(2015, 1, 1), end_date=None)  # before the first page
    EngagementFactory(start_date=date(2010, 8, 15), end_date=None)  # on it
    kept[6].delete()  # the last one of it
    second = answer(local(first["next"]))
    assert [record["id"] for record in second["results"]] == [kept[5].pk, kept[4].pk, kept[3].pk]
    third = answer(local(second["next"]))
    assert [record["id"] for record in third["results"]] == [kept[2].pk, kept[1].pk, kept[0].pk]
    assert third["next"] is None


def test_a_page_that_became_empty_leads_back():
    engagements = [EngagementFactory(start_date=date(2010, month, 1), end_date=None) for month in range(1, 6)]
    first = answer("engagements/?page_size=3&fields=id")
    beyond = local(first["next"])
    for engagement in engagements[:2]:
        engagement.delete()
    empty = answer(beyond)
    assert (empty["results"], empty["next"]) == ([], None)
    back = answer(local(empty["previous"]))
    assert [record["id"] for record in back["results"]] == [engagement.pk for engagement in engagements[:1:-1]]


def test_the_page_before_one_whose_rows_before_are_gone_leads_on():
    engagements = [EngagementFactory(start_date=date(2010, month, 1), end_date=None) for month in range(1, 5)]
    second = answer(local(answer("engagements/?page_size=2&fields=id")["next"]))
    for engagement in engagements[2:]:
        engagement.delete()
    empty = answer(local(second["previous"]))
    assert (empty["results"], empty["previous"]) == ([], None)
    assert answer(local(empty["next"]))["results"] == second["results"]


def test_a_page_names_its_neighbours_in_the_header_link(client):
    EngagementFactory.create_batch(3)
    first = client.get(f"{ROOT}engagements/?page_size=1&country=PE&lang=es")
    assert first["Link"] == f'<{first.json()["next"]}>; rel="next"'
    assert "country=PE" in first.json()["next"]
    assert "lang=es" in first.json()["next"]
    second = client.get(local(first.json()["next"])).json()
    links = client.get(local(first.json()["next"]))["Link"]
    assert links == f'<{second["next"]}>; rel="next", <{second["previous"]}>; rel="prev"'


def test_there_are_25_records_on_a_page_unless_another_number_is_asked_for():
    EngagementFactory.create_batch(26)
    assert len(answer("engagements/?fields=id")["results"]) == 25
    assert len(answer("engagements/?fields=id&page_size=26")["results"]) == 26
    assert len(answer("engagements/?fields=id&page_size=")["results"]) == 25


@pytest.mark.parametrize("size", ["0", "101", "-1", "1.5", "x", "٣", "9" * 5000, "%00"])
def test_a_size_that_is_none_is_refused(size):
    assert "1 to 100" in faults(f"engagements/?page_size={size}")["page_size"]


def test_programmes_without_a_year_come_last_whatever_the_page():
    with_year = ProgrammeFactory(launch_year=2001, name_en="B")
    without = [ProgrammeFactory(launch_year=None, name_en=name) for name in ("A", "C")]
    walked = [page["results"][0]["id"] for page in pages("programmes/?sort=newest&page_size=1&fields=id")]
    assert walked == [with_year.pk, *(programme.pk for programme in without)]


def test_a_cursor_goes_on_in_a_list_that_is_narrowed_otherwise():
    for day in range(1, 5):
        EngagementFactory(start_date=date(2010, 1, day), end_date=None, country_id="PE" if day % 2 else "BO")
    cursor = local(answer("engagements/?page_size=2&fields=id")["next"]).partition("cursor=")[2]
    assert len(ids(f"engagements/?country=PE&fields=id&cursor={cursor}")) == 1


def encoded(content) -> str:
    text = content if isinstance(content, str) else dumps(content)
    return urlsafe_b64encode(text.encode("utf-8", "surrogatepass")).decode().rstrip("=")


def test_a_cursor_of_another_order_or_language_is_refused():
    ProgrammeFactory.create_batch(2)
    cursor = local(answer("programmes/?page_size=1&sort=name")["next"]).partition("cursor=")[2]
    assert "next and previous" in faults(f"programmes/?sort=newest&cursor={cursor}")["cursor"]
    assert "next y previous" in faults(f"programmes/?sort=name&lang=es&cursor={cursor}")["cursor"]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text(max_size=60) | st.from_regex(r"[A-Za-z0-9_-]{1,80}", fullmatch=True))
def test_any_text_as_a_cursor_is_refused(text):
    if text:
        assert set(faults(f"programmes/?cursor={quote(text, errors='surrogatepass')}")) == {"cursor"}


def values_in_cursors():
    """Whatever JSON can say, in the place of what rows are sorted by."""
    plain = st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats(allow_nan=True)
    plain |= st.text(st.characters(codec=None), max_size=20)
    plain |= st.sampled_from(["0001-01-01T00:00:00+14:00", "2020-01-01", "2020-01-01T00:00:00", "2020-02-30", "\x00"])
    return st.lists(plain | st.lists(plain, max_size=2), max_size=4)


@pytest.mark.parametrize(("collection", "sort"), [pair for pair in EVERY_ORDER if pair[1]])
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(values=values_in_cursors() | st.none(), backwards=st.sampled_from([0, 1, 2, True, "x"]))
def test_whatever_a_cursor_holds_no_answer_fails(client, collection, sort, values, backwards):
    for factory in (ProfileFactory, ProgrammeFactory, OrganisationFactory, EngagementFactory):
        if not factory._meta.model.objects.exists():
            factory.create_batch(2)
    view = BY_COLLECTION[collection]
    data = {"sort": sort.removeprefix("&sort=")}
    signature = Order(view.listing_filters(data, queryset=view.serializer_class.public()).qs).signature
    cursor = encoded([signature, backwards, values])
    response = client.get(f"{ROOT}{collection}/?fields=id{sort}&cursor={cursor}")
    assert response.status_code in (200, 400)


def test_a_deeply_nested_cursor_is_refused():
    assert "cursor" in faults(f"programmes/?cursor={encoded('[' * 2900)}")
    assert "cursor" in faults(f"programmes/?cursor={encoded('[' * 100_000)}")


def test_topics_are_in_the_order_of_their_names():
    names = [record["name"] for page in pages("topics/?lang=es&page_size=5") for record in page["results"]]
    assert len(names) == Topic.objects.count()
    assert names == sorted(names, key=sort_key)


def test_scheduled_records_are_on_no_page():
    shown = EngagementFactory(publish_at=LONG_AGO)
    EngagementFactory(scheduled=True)
    assert ids("engagements/?fields=id") == [shown.pk]
