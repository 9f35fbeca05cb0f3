"""Whatever a record holds that the database allows, its activity is valid: in the stream there is no error page."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree

from codelists.models import Sector, SustainableDevelopmentGoal, Topic
from engagements.models import MOST_TRAINED, Engagement
from iati.activities import activity_of
from iati.links import web_address
from organisations.models import Organisation
from programmes.models import Programme
from richtext.sanitising import clean
from tests.iati.reading import check, schema

# All that Python can hold and a database in UTF-8 can store: control characters, emoji, other planes, blanks.
TEXT = st.one_of(
    st.none(),
    st.sampled_from(
        ["", " ", "\x00", "\r\n", "]]>", "<b>&amp;", "\ufffe\uffff", "\x7f\x85\u2028", "👩🏽‍🌾", "x" * 10_000]
    ),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
)
DAYS = st.one_of(
    st.sampled_from([date(1900, 1, 1), date(2100, 12, 31), date(2024, 2, 29), date.today()]),
    st.dates(date(1900, 1, 1), date(2100, 12, 31)),
)
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2026, 1, 1), timezones=st.just(UTC))
COUNT = st.one_of(st.none(), st.integers(0, MOST_TRAINED))
ADDRESSES = st.one_of(
    st.sampled_from(
        ["", "https://example.org/%zz", "https://example.org/[a]", "https://é.org/ü?q=[1]#a#b", "http://[", "ftp://a/b"]
    ),
    TEXT.map(lambda text: f"https://example.org/{text}"),
    TEXT.map(lambda text: f"https://{text}"),
)


def translated(name: str, strategy) -> dict:
    return {f"{name}_{code}": strategy for code in ("en", "es", "fr")}


@st.composite
def engagements(draw) -> Engagement:
    """An engagement as the database may hold it, whatever the forms of the admin would have said."""
    first, last = sorted([draw(DAYS), draw(st.one_of(DAYS, st.just(date(9999, 12, 31))))])
    if first.year > 2100:
        first = date(2100, 12, 31)
    precision = st.sampled_from(["year", "month", "day"])
    names = st.fixed_dictionaries(translated("name", TEXT))
    made = draw(
        st.fixed_dictionaries(
            {
                **translated("title", TEXT),
                **translated("summary", TEXT),
                **translated("results", TEXT.map(lambda text: text and clean(text))),
                "pk": st.integers(1, 2**63 - 1),
                "country_id": st.sampled_from(["PE", "CH"]),
                "kind": st.sampled_from(Engagement.Kind.values),
                "activity_status": st.sampled_from(Engagement.ActivityStatus.values),
                "start_precision": precision,
                "end_precision": precision,
                "end_date": st.sampled_from([None, last]),
                "women_trained": COUNT,
                "men_trained": COUNT,
                "source_url": ADDRESSES,
                "updated_at": MOMENTS,
                "publish_at": MOMENTS,
                "sector": st.one_of(
                    st.none(), names.map(lambda names: Sector(pk="A", **names | {"name_en": "Farming"}))
                ),
                "programme": st.one_of(st.none(), names.map(lambda names: Programme(pk=1, **names))),
            }
        )
    )
    engagement = Engagement(start_date=first, slug="course", **made)
    partners = st.builds(
        lambda names, kind, country: Organisation(kind=kind, country_id=country, **names),
        names,
        st.sampled_from(Organisation.Kind.values),
        st.sampled_from([None, "PE"]),
    )
    engagement._prefetched_objects_cache = {
        "partners": draw(st.lists(partners, max_size=2)),
        "topics": [Topic(pk=1, **draw(names))],
    }
    if engagement.programme:
        goal = SustainableDevelopmentGoal(pk=8, **draw(names))
        engagement.programme._prefetched_objects_cache = {"sdgs": [goal]}
    return engagement


@given(engagements())
def test_the_activity_is_valid_and_keeps_the_rules(engagement):
    root = etree.Element("iati-activities", version="2.03")
    root.append(activity_of(engagement, "https://portal.example"))
    check(etree.fromstring(etree.tostring(root)))


@given(engagements(), st.integers(0, 10_000))
def test_dates_follow_from_the_record_and_not_from_the_day_of_asking(engagement, days):
    before = etree.tostring(activity_of(engagement, "https://portal.example"))
    assert etree.tostring(activity_of(engagement, "https://portal.example")) == before
    engagement.updated_at += timedelta(days=days)
    if engagement.updated_at < datetime.now(UTC):
        root = etree.Element("iati-activities", version="2.03")
        root.append(activity_of(engagement, "https://portal.example"))
        check(root)


@given(ADDRESSES)
@example("https://example.org/a b|c^`{}%2")
def test_an_address_is_one_that_the_schema_takes_and_is_not_escaped_twice(text):
    address = web_address(text)
    assert web_address(address) == address
    assert not address or (address.isascii() and address.startswith("https://"))
    link = etree.Element("source")
    link.set("url", address)
    uri = etree.XMLSchema(
        etree.fromstring(
            '<s:schema xmlns:s="http://www.w3.org/2001/XMLSchema"><s:element name="source"><s:complexType>'
            '<s:attribute name="url" type="s:anyURI"/></s:complexType></s:element></s:schema>'
        )
    )
    assert uri.validate(link), address


def test_the_check_notices_what_is_wrong():
    """A file without activities, and one whose elements are in another order, are not valid: the tests can fail."""
    assert not schema().validate(etree.fromstring('<iati-activities version="2.03"/>'))
    assert not schema().validate(etree.fromstring('<iati-activities version="2.03"><iati-activity/></iati-activities>'))
