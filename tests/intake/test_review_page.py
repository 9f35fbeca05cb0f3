"""The page on which an editor corrects what was read out of an article, and makes drafts of it."""

import json

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from engagements.models import Engagement
from intake.models import Intake
from organisations.models import Organisation
from profiles.models import Interview, Profile
from tests.factories import ProfileFactory, UserFactory
from tests.intake.conftest import somebody
from tests.intake.proposed import TEXT
from tests.intake.reviews import a_large_intake, address, an_intake, fields

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(author) -> Client:
    client = Client()
    client.force_login(author)
    return client


class Page:
    """The page of a review in somebody's browser: `said` is what its fields say."""

    def __init__(self, client: Client, intake: Intake):
        self.client, self.intake = client, intake
        self.open()

    def open(self) -> None:
        self.show(self.client.get(address("change", self.intake)))

    def show(self, answer) -> None:
        self.html = answer.content.decode()
        self.soup = BeautifulSoup(self.html, "html.parser")
        self.said = fields(self.html)

    def press(self, name: str, value: str = "1", **headers):
        answer = self.client.post(address("change", self.intake), {**self.said, name: value}, headers=headers)
        if answer.status_code == 200 and not headers:
            self.show(answer)
        return answer

    @property
    def review(self) -> dict:
        return Intake.objects.get(pk=self.intake.pk).review

    @property
    def faults(self) -> list[str]:
        return [" ".join(item.get_text().split()) for item in self.soup.select(".faults li")]


@pytest.fixture
def page(client, author) -> Page:
    return Page(client, an_intake(author))


@pytest.fixture
def complete_page(client, intake) -> Page:
    return Page(client, intake)


def test_saving_what_nobody_touched_changes_nothing(page):
    before = page.review
    page.press("_save")
    assert page.review == before


def test_a_half_finished_review_is_kept_as_it_was_typed(page):
    page.said |= {
        "profile-family_name": " ",
        "interview-published_on": "spring 2018",
        "interview-source_url": "not an address",
        "engagements-0-year": "2009 or so",
        "engagements-0-country": "Atlantis",
        "engagements-1-programme": "Some.Coop",
        "positions-0-countries": "Kenya\nLemuria\n",
        "exchanges-0-question": "",
        "exchanges-1-answer": "First.\r\n\r\n  Second. ",
    }
    del page.said["education-0-include"]
    assert page.press("_save").status_code == 302
    typed = page.said | {
        "exchanges-1-answer": "First.\n\n  Second. ",
        "positions-0-countries": "Kenya\nLemuria",
    }
    page.open()
    not_typed = ("seen", "csrfmiddlewaretoken")
    assert page.said | dict.fromkeys(not_typed) == typed | dict.fromkeys(not_typed)
    review = page.review
    assert review["engagements"][0]["year"] == "2009 or so"
    assert review["engagements"][0]["country"] == "Atlantis"
    assert review["positions"][0]["countries"] == ["KE", "Lemuria"]
    assert review["education"][0]["include"] is False


def test_places_in_the_article_are_those_of_the_intake_whatever_is_sent(page):
    before = page.review
    page.said |= {"engagements-0-evidence": "[[0, 5]]", "engagements-0-match": "1", "engagements-0-confidence": "low"}
    page.press("_save")
    assert page.review == before


def test_names_are_kept_as_the_codes_that_they_stand_for(page):
    page.said |= {"engagements-0-country": " bolivia ", "engagements-1-country": "perú", "education-0-country": "ke"}
    page.press("_save")
    assert [item["country"] for item in page.review["engagements"]] == ["BO", "PE"]
    assert page.review["education"][0]["country"] == "KE"


def test_drafts_are_not_made_of_what_is_wrong_and_each_fault_is_said_at_its_field(complete_page):
    page = complete_page
    page.said |= {
        "profile-given_name": "",
        "interview-source_url": "not an address",
        "engagements-0-year": "2009 or so",
        "engagements-1-country": "Atlantis",
    }
    page.press("_create")
    assert page.faults == [
        "Profile, Given name: Write the given name.",
        "Interview, Source: Enter a valid URL.",
        "Engagement 1, Year: Write a year between 1900 and 2100.",
        "Engagement 2, Country: No country is called “Atlantis”. Choose one of the list.",
    ]
    for link in page.soup.select(".faults a"):
        field = page.soup.find(id=link["href"].removeprefix("#"))
        assert field["aria-invalid"] == "true"
    assert page.soup.title.text.startswith("Error:")
    assert not Profile.objects.exists()
    assert page.said["engagements-0-year"] == "2009 or so"
    assert page.review["engagements"][0]["year"] == "2009 or so"


def test_what_is_wrong_is_seen_from_wherever_one_was_on_the_page(page):
    """The form leads to the top of the page: without an action it would keep “#section-engagements”."""
    assert page.soup.select_one("#intake-review")["action"] == address("change", page.intake)


def test_nothing_is_wrong_in_what_is_left_out(complete_page):
    page = complete_page
    page.said |= {"engagements-0-year": "2009 or so"}
    del page.said["engagements-0-include"]
    assert page.press("_create").status_code == 302
    assert [engagement.country_id for engagement in Engagement.objects.all()] == ["BO"]


def test_what_is_right_becomes_drafts_and_the_page_leads_to_them(complete_page):
    page = complete_page
    page.said |= {"profile-family_name": "Orsolić", "engagements-1-year": "2011", "engagements-1-to_year": ""}
    answer = page.press("_create")
    assert answer["Location"] == address("done", page.intake)
    html = page.client.get(answer["Location"]).content.decode()
    for record in (*Profile.objects.all(), *Interview.objects.all(), *Engagement.objects.all()):
        kind = f"{record._meta.app_label}_{record._meta.model_name}"
        assert f'href="{reverse(f"admin:{kind}_change", args=[record.pk])}"' in html
    assert Profile.objects.get().family_name == "Orsolić"
    assert "Fill in “consent given on” before publishing." in html
    assert set(Engagement.objects.values_list("status", flat=True)) == {"draft"}


def test_a_record_is_added_without_javascript(page):
    number = len(page.review["engagements"])
    answer = page.press("_add", "engagements")
    assert answer["Location"] == f"{address('change', page.intake)}#engagements-{number}"
    page.open()
    page.said |= {f"engagements-{number}-title": "Talks on bees", f"engagements-{number}-country": "Norway"}
    page.press("_save")
    added = page.review["engagements"][number]
    assert (added["title"], added["country"], added["include"]) == ("Talks on bees", "NO", True)
    assert added["evidence"] == []


def test_words_copied_from_the_article_are_the_source_of_what_is_added(page):
    number = len(page.review["engagements"])
    page.press("_add", "engagements")
    page.open()
    page.said[f"engagements-{number}-title"] = "Talks"
    page.said[f"engagements-{number}-words"] = "I gave\r\n advice on  a new law."
    page.press("_save")
    ((start, end),) = page.review["engagements"][number]["evidence"]
    assert TEXT[start:end] == "I gave advice on a new law."
    page.open()
    assert f"engagements-{number}-words" not in page.said
    assert page.soup.select_one(f"#engagements-{number} blockquote").text == "I gave advice on a new law."


def test_words_that_the_article_does_not_say_are_kept_and_refused(complete_page):
    page = complete_page
    number = len(page.review["education"])
    page.press("_add", "education")
    page.open()
    page.said |= {f"education-{number}-title": "Law", f"education-{number}-words": "I read law."}
    page.press("_save")
    page.open()
    assert page.said[f"education-{number}-words"] == "I read law."
    page.press("_create")
    assert page.faults == [
        "Education 2, Words of the article that say so: These words do not stand in the article. Copy them from it."
    ]


def test_a_record_added_by_the_script_is_kept_once(page):
    number = int(page.said["organisations-TOTAL_FORMS"])
    page.said |= {
        "organisations-TOTAL_FORMS": str(number + 1),
        f"organisations-{number}-id": "",
        f"organisations-{number}-include": "on",
        f"organisations-{number}-name": "Guild of Beekeepers",
        f"organisations-{number}-kind": "cooperative",
    }
    for _time in range(2):
        answer = page.press("_save", accept="application/json")
        page.said["seen"] = answer.json()["seen"]
    names = [item["name"] for item in page.review["organisations"]]
    assert names.count("Guild of Beekeepers") == 1


def test_a_record_added_and_left_blank_goes(page):
    before = page.review
    for _time in range(2):
        page.press("_add", "captions")
        page.open()
    assert len(page.review["captions"]) == len(before["captions"]) + 1
    page.press("_save")
    assert page.review == before


def test_questions_are_put_in_another_order_and_captions_stay_with_theirs(page):
    first, second = page.review["exchanges"]
    assert page.review["captions"][0]["exchange"] == first["id"]
    page.said["exchanges-1-place"] = "1"
    page.press("_save")
    assert page.review["exchanges"] == [second, first]
    assert page.review["captions"][0]["exchange"] == first["id"]


def test_an_organisation_that_is_renamed_keeps_its_engagements_and_posts(complete_page):
    page = complete_page
    names = {item["name"]: number for number, item in enumerate(page.review["organisations"])}
    page.said[f"organisations-{names['Federation of Net Menders']}-name"] = "Federation of Menders of Nets"
    page.said[f"organisations-{names['Honey Union']}-name"] = "Union for Honey"
    page.press("_save")
    assert page.review["engagements"][0]["organisations"] == ["Federation of Menders of Nets"]
    assert page.review["positions"][0]["organisation"] == "Union for Honey"
    page.open()
    assert page.press("_create").status_code == 302
    partner = Organisation.objects.get(engagements__isnull=False)
    assert partner.name_en == "Federation of Menders of Nets"


def test_a_programme_added_with_its_engagement_needs_no_saving_between(complete_page):
    page = complete_page
    number = int(page.said["programmes-TOTAL_FORMS"])
    page.said |= {
        "programmes-TOTAL_FORMS": str(number + 1),
        f"programmes-{number}-id": "",
        f"programmes-{number}-include": "on",
        f"programmes-{number}-name": "Bees.Coop",
        f"programmes-{number}-kind": "sector",
        "engagements-1-programme": "Bees.Coop",
    }
    assert page.press("_create").status_code == 302
    assert Engagement.objects.get(country="BO").programme.name_en == "Bees.Coop"


def test_what_is_in_the_portal_is_said_and_linked_and_the_editor_may_know_better(client, author, my_coop):
    profile = ProfileFactory(given_name="Milena", family_name="Orsolic", archived=True)
    page = Page(client, an_intake(author))
    assert page.said["profile-match"] == str(profile.pk)
    record = reverse("admin:profiles_profile_change", args=[profile.pk])
    assert page.soup.select_one(f'#profile a[href="{record}"]')
    page.said["profile-match"] = ""
    page.press("_save")
    assert page.review["profile"]["match"] is None
    page.open()
    page.said["profile-match"] = str(profile.pk)
    page.press("_save")
    assert page.review["profile"]["match"] == profile.pk


def test_another_profile_of_the_portal_can_be_chosen(page):
    other = ProfileFactory(given_name="Mila", family_name="Orsolić-Vance")
    page.open()
    page.said["profile-match"] = str(other.pk)
    page.press("_save")
    assert page.review["profile"]["match"] == other.pk
    assert Intake.objects.get().profile == other


def test_two_people_of_one_name_are_told_apart_by_the_editor_alone(complete_page):
    page = complete_page
    assert "profile-is_new" not in page.html
    ProfileFactory(given_name="Milena", family_name="Orsolic", slug="milena")
    page.press("_create")
    assert any("There is a profile of this name" in fault for fault in page.faults)
    assert Profile.objects.count() == 1
    page.said["profile-is_new"] = "on"
    assert page.press("_create").status_code == 302
    assert Profile.objects.count() == 2


def test_engagements_of_no_year_get_that_of_the_article_where_the_editor_says_so(page):
    button = page.soup.select_one("[name=_years]")
    assert button is None  # all have one
    page.said |= {"engagements-0-year": "", "engagements-1-year": "", "engagements-1-title": "Talks"}
    del page.said["engagements-1-include"]
    page.press("_save")
    page.open()
    assert "Write 2018 there" in page.soup.select_one("[name=_years]").text
    page.press("_years")
    assert [item["year"] for item in page.review["engagements"]] == [2018, None]


def test_each_record_says_in_short_what_it_is(page):
    page.said |= {"engagements-1-country": "Norway", "education-0-organisation": ""}
    page.press("_save")
    page.open()
    legends = [" ".join(legend.text.split()) for legend in page.soup.select(".intake-item > legend")]
    assert "Engagement 1: Peru · My.Coop · 2009" in legends
    assert "Engagement 2: Norway · 2010" in legends
    assert "Position 1: Adviser · Honey Union" in legends
    assert "Education 1: Rural economics" in legends


def test_the_second_of_two_windows_is_stopped_and_loses_nothing(page, chief):
    theirs = Client()
    theirs.force_login(chief)
    other = Page(theirs, page.intake)
    other.said["profile-post_title"] = "Chief of Bees"
    other.press("_save")
    page.said["profile-post_title"] = "Cooperative Officer for Bees"
    answer = page.press("_save")
    assert answer.status_code == 200
    assert "has saved this review since you opened it" in page.html
    assert page.review["profile"]["post_title"] == "Chief of Bees"
    assert page.said["profile-post_title"] == "Cooperative Officer for Bees"
    assert page.press("_save").status_code == 302
    assert page.review["profile"]["post_title"] == "Cooperative Officer for Bees"


def test_saving_by_itself_stops_where_somebody_else_saved(page, chief):
    page.said["profile-post_title"] = "Officer"
    answer = page.press("_save", accept="application/json").json()
    assert "Saved at" in answer["said"]
    assert page.review["profile"]["post_title"] == "Officer"
    page.said["profile-post_title"] = "Officer for Bees"
    stale = page.press("_save", accept="application/json").json()
    assert "seen" not in stale
    assert page.review["profile"]["post_title"] == "Officer"
    page.said["seen"] = answer["seen"]
    assert page.press("_save", accept="application/json").json()["seen"]


def test_drafts_are_made_once(complete_page):
    page = complete_page
    page.press("_create")
    answer = page.press("_create")
    assert answer["Location"] == address("done", page.intake)
    assert Profile.objects.count() == 1
    assert page.client.get(address("change", page.intake))["Location"] == address("done", page.intake)


def test_a_form_that_did_not_come_whole_drops_nothing(page):
    before = page.review
    del page.said["engagements-TOTAL_FORMS"]
    assert page.press("_save").status_code == 400
    assert page.review == before


def test_text_that_no_database_takes_is_left_out(page):
    page.said["exchanges-0-answer"] = "Fish\x00ing"
    page.press("_save")
    assert page.review["exchanges"][0]["answer"] == "Fishing"


def test_nothing_of_an_article_is_taken_for_html(client, author):
    intake = an_intake(author)
    intake.text = intake.text.replace("How did you begin?", "How <b onclick='x()'>did</b>")
    intake.review["exchanges"][0]["question"] = "</textarea><script>x()</script>"
    intake.review["engagements"][0]["country"] = '"><script>x()</script>'
    intake.save()
    page = Page(client, intake)
    assert not page.soup.select("b[onclick]")
    assert all(script.get("src") or script.get("type") == "application/json" for script in page.soup.select("script"))


@pytest.mark.parametrize("name", ["change", "done", "take_back"])
@pytest.mark.parametrize("role", ["", "Administrator"])
def test_who_may_not_write_records_makes_none(name, role, intake):
    client = Client()
    user = somebody(role) if role else UserFactory(is_superuser=False)
    client.force_login(user)
    if role:
        page = Page(client, intake)
        page.press("_create")
        assert not Profile.objects.exists()
    else:
        assert client.get(address(name, intake)).status_code == 403
        assert client.post(address(name, intake)).status_code == 403


@pytest.mark.parametrize("name", ["change", "done", "take_back"])
def test_nobody_gets_in_without_signing_in(name, intake):
    answer = Client().get(address(name, intake))
    assert answer.status_code == 302
    assert "/login/" in answer["Location"]


def test_the_page_asks_as_often_for_fifty_records_as_for_one(client, author, django_assert_max_num_queries):
    def queries(intake: Intake) -> int:
        with django_assert_max_num_queries(100) as asked:
            assert client.get(address("change", intake)).status_code == 200
        return len(asked)

    small, large = a_large_intake(1, author), a_large_intake(50, author)
    queries(small)
    assert queries(large) == queries(small)


def test_a_large_review_is_saved_whole(client, author):
    page = Page(client, a_large_intake(60, author))
    before = page.review
    page.said["engagements-59-title"] = "The last of them"
    assert page.press("_save").status_code == 302
    assert page.review["engagements"][59]["title"] == "The last of them"
    assert {**page.review, "engagements": []} == {**before, "engagements": []}


def test_marks_say_where_and_what(page):
    marks = [(mark["class"], mark.text) for mark in page.soup.select(".intake-text mark")]
    assert marks == [
        (["mark-time"], "In 2009"),
        (["mark-programme"], "My.Coop in Peru"),
    ]
    for link in page.soup.select(".intake-records a.intake-show"):
        assert page.soup.find(id=link["href"].removeprefix("#")), link


def test_only_what_is_named_or_shows_something_is_a_place_of_the_article(page):
    paragraphs = page.soup.select(".intake-text p")
    assert any(not paragraph.select("[data-from]") for paragraph in paragraphs)


def test_what_is_shown_on_demand_is_open_where_something_in_it_is_wrong(complete_page):
    page = complete_page
    assert not page.soup.select("#engagements-0 details[open]")
    page.said["engagements-0-sector"] = "none"
    page.press("_create")
    assert page.soup.select("#engagements-0 details[open]")


def test_what_is_kept_is_plain_data(page):
    page.press("_save")
    assert json.loads(json.dumps(page.review)) == page.review


# What no browser sends


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("interview-source_url", f"https://example.org/{'x' * 600}"),
        ("interview-source_url", "javascript:alert(1)"),
        ("person-topics", ["\x00"]),
        ("profile-office", "9" * 5000),
        ("profile-office", "9" * 30),
        ("profile-match", "9" * 30),
        ("interview-series", "9" * 5000),
        ("engagements-0-year", "9" * 5000),
        ("exchanges-0-place", "9" * 5000),
        ("profile-given_name", "x" * 5000),
        ("organisations-0-kind", "x" * 500),
        ("profile-id", "interview"),
    ],
)
@pytest.mark.parametrize("button", ["_save", "_create"])
def test_whatever_is_sent_is_kept_or_refused_with_a_word(page, field, value, button):
    page.said[field] = value
    answer = page.press(button)
    assert answer.status_code in (200, 302)
    assert not Profile.objects.exists()
    page.open()
    assert page.press("_save").status_code == 302
