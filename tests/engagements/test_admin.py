"""Admin page of country engagements: dates as precisely as they are known, staff, and what is missing."""

from datetime import date

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.urls import reverse

from engagements.dates import Precision
from engagements.models import Engagement
from tests.factories import (
    EngagementFactory,
    EngagementStaffFactory,
    OrganisationFactory,
    ProfileFactory,
    ProgrammeFactory,
)
from tests.publishing.admin_forms import errors, filled_in, with_part

pytestmark = pytest.mark.django_db

LIST = reverse("admin:engagements_engagement_changelist")
ADD = reverse("admin:engagements_engagement_add")


def change_page(engagement) -> str:
    return reverse("admin:engagements_engagement_change", args=[engagement.pk])


def found(client, **query) -> list:
    return list(client.get(LIST, query).context["cl"].queryset)


@pytest.fixture
def add(staff_client):
    """Adds an engagement and answers the page that follows."""

    def add(**typed):
        least = {"title_en": "Workshop", "kind": "workshop", "country": "PE", "start": "2018"}
        return staff_client.post(ADD, filled_in(staff_client.get(ADD), **least | typed))

    return add


@pytest.mark.parametrize(
    ("typed", "kept", "precision"),
    [
        ("2018", date(2018, 1, 1), Precision.YEAR),
        ("2018-11", date(2018, 11, 1), Precision.MONTH),
        (" 2018-11-19 ", date(2018, 11, 19), Precision.DAY),
    ],
)
def test_start_is_kept_as_precisely_as_it_is_typed(add, typed, kept, precision):
    add(start=typed)
    engagement = Engagement.objects.get()
    assert (engagement.start_date, engagement.start_precision) == (kept, precision)
    assert engagement.end_date is None


@pytest.mark.parametrize(
    ("typed", "kept", "precision"),
    [
        ("2018", date(2018, 12, 31), Precision.YEAR),
        ("2020-02", date(2020, 2, 29), Precision.MONTH),
        ("2020-02-03", date(2020, 2, 3), Precision.DAY),
    ],
)
def test_end_stands_for_the_last_day(add, typed, kept, precision):
    add(end=typed)
    engagement = Engagement.objects.get()
    assert (engagement.end_date, engagement.end_precision) == (kept, precision)


@pytest.mark.parametrize(
    "typed", ["soon", "19.11.2018", "2018-13", "2018-02-30", "18", "2018-11-19-1", "1066", "2018\0"]
)
@pytest.mark.parametrize("field", ["start", "end"])
def test_text_that_is_no_date_is_refused_at_the_field(add, field, typed):
    refused = add(**{field: typed})
    assert list(errors(refused)) == [field]
    assert refused.context["adminform"].form[field].value() == typed


def test_start_is_required(add):
    assert list(errors(add(start=""))) == ["start"]


@pytest.mark.parametrize(("start", "end"), [("2019", "2018"), ("2018-11", "2018-10-30"), ("2018-11-19", "2018-11-18")])
def test_end_before_the_start_is_refused_at_the_end(add, start, end):
    assert errors(add(start=start, end=end)) == {"end": ["The end is before the start."]}


@pytest.mark.parametrize(("start", "end"), [("2018", "2018"), ("2018-11-19", "2018-11"), ("2018-11-19", "2018")])
def test_end_within_the_same_time_is_accepted(add, start, end):
    assert add(start=start, end=end).status_code == 302


@pytest.mark.parametrize(("start", "end"), [("2018", ""), ("2018-11", "2019"), ("2018-11-19", "2018-12-01")])
def test_dates_come_back_as_they_were_typed(staff_client, add, start, end):
    add(start=start, end=end)
    form = staff_client.get(change_page(Engagement.objects.get())).context["adminform"].form
    assert (form["start"].value(), form["end"].value() or "") == (start, end)


def test_emptied_end_is_forgotten(staff_client):
    engagement = EngagementFactory(draft=True)
    page = staff_client.get(change_page(engagement))
    staff_client.post(change_page(engagement), filled_in(page, end=""))
    engagement.refresh_from_db()
    assert engagement.end_date is None


def test_changed_date_stands_in_the_history(staff_client):
    engagement = EngagementFactory(draft=True)
    staff_client.post(change_page(engagement), filled_in(staff_client.get(change_page(engagement)), end="2020"))
    history = staff_client.get(reverse("admin:engagements_engagement_history", args=[engagement.pk]))
    assert "Changed End." in history.content.decode()


def test_dates_that_were_not_touched_are_not_in_the_history(staff_client):
    engagement = EngagementFactory(start_precision="month", end_precision="year", end_date=date(2019, 12, 31))
    page = staff_client.get(change_page(engagement))
    staff_client.post(change_page(engagement), filled_in(page, title_en="Renamed"))
    assert LogEntry.objects.get().get_change_message() == f"Changed {page.context['adminform'].form['title_en'].label}."


def test_colleague_who_may_only_look_sees_the_dates(client):
    viewer = User.objects.create_user("viewer", is_staff=True)
    viewer.user_permissions.add(Permission.objects.get(codename="view_engagement"))
    client.force_login(viewer)
    engagement = EngagementFactory(start_precision="year", end_date=date(2021, 3, 31), end_precision="month")
    page = client.get(change_page(engagement)).content.decode()
    assert '<div class="readonly">2019</div>' in page
    assert '<div class="readonly">March 2021</div>' in page


def test_slug_is_made_of_the_title_when_left_empty(add):
    add(title_en="Workshop in Cusco")
    assert Engagement.objects.get().slug == "workshop-in-cusco"


def test_staff_is_named_with_a_role(staff_client):
    engagement, profile = EngagementFactory(draft=True), ProfileFactory()
    data = with_part(staff_client.get(change_page(engagement)), "engagement_staff", profile=profile.pk, role="trainer")
    staff_client.post(change_page(engagement), data)
    assert list(engagement.engagement_staff.values_list("profile", "role")) == [(profile.pk, "trainer")]


def test_person_on_the_engagement_already_is_refused(staff_client):
    member = EngagementStaffFactory()
    page = staff_client.get(change_page(member.engagement))
    data = with_part(page, "engagement_staff", profile=member.profile_id, role="lead")
    refused = staff_client.post(change_page(member.engagement), data)
    assert refused.status_code == 200
    assert errors(refused)


@pytest.mark.parametrize("number", ["-1", "many", "99999999999999999999"])
def test_impossible_number_of_people_is_refused_at_the_field(add, number):
    assert list(errors(add(women_trained=number))) == ["women_trained"]


def test_engagement_is_found_in_every_year_that_it_touched(staff_client):
    engagement = EngagementFactory(start_date=date(2018, 11, 1), end_date=date(2020, 2, 1))
    EngagementFactory(start_date=date(2016, 1, 1), end_date=None)
    assert [found(staff_client, year=year) == [engagement] for year in (2018, 2019, 2020)] == [True] * 3
    assert engagement not in found(staff_client, year=2016)


def test_years_are_offered_from_the_first_to_the_last_newest_first(staff_client):
    EngagementFactory(start_date=date(2018, 11, 1), end_date=date(2020, 2, 1))
    page = staff_client.get(LIST)
    (years,) = [filter_ for filter_ in page.context["cl"].filter_specs if filter_.title == "year"]
    assert [value for value, _ in years.lookup_choices] == ["2020", "2019", "2018"]


@pytest.mark.parametrize("lacking", ["source", "staff", "partners", "programme", "sector", "figures"])
def test_engagements_that_lack_something_are_found(staff_client, lacking):
    complete = EngagementFactory(
        source_url="https://example.org", programme=ProgrammeFactory(), sector_id="A", women_trained=0
    )
    complete.partners.set([OrganisationFactory(), OrganisationFactory()])
    EngagementStaffFactory(engagement=complete)
    bare = EngagementFactory()
    assert found(staff_client, without=lacking) == [bare]


@pytest.mark.parametrize("query", ["cusco", "perú", "PE", "think", "intecoop", "ruiz", "ana peru think"])
def test_engagement_is_found_by_all_that_it_links(staff_client, query):
    engagement = EngagementFactory(title_en="Workshop in Cusco", programme=ProgrammeFactory(name_en="Think.Coop"))
    engagement.partners.set([OrganisationFactory(acronym_en="INTECOOP"), OrganisationFactory()])
    EngagementStaffFactory(engagement=engagement, profile=ProfileFactory(family_name="Ruiz"))
    EngagementFactory(title_en="Something else", country_id="KE")
    assert found(staff_client, q=query) == [engagement]


def test_only_countries_with_engagements_are_offered_as_filter(staff_client):
    EngagementFactory(country_id="PE")
    EngagementFactory(country_id="BO")
    page = staff_client.get(LIST)
    (countries,) = [filter_ for filter_ in page.context["cl"].filter_specs if filter_.title == "country"]
    assert {value for value, _ in countries.lookup_choices} == {"PE", "BO"}
