"""Nothing that is not public comes out of the API: not as a record, a reference, a number, a value of a facet."""

import json

import pytest
from django.core.files.base import ContentFile

from codelists.models import Topic
from profiles.consent import ConsentScope
from search.indexing import together
from tests.api.asking import COLLECTIONS, ROOT, answer, faults, ids, local, pages
from tests.factories import (
    EducationFactory,
    EngagementFactory,
    EngagementStaffFactory,
    ExchangeFactory,
    InterviewFactory,
    InterviewPhotoFactory,
    MaterialFactory,
    ModuleFactory,
    OrganisationFactory,
    PositionFactory,
    ProfileFactory,
    ProgrammeFactory,
)
from tests.pictures import picture
from tests.test_leaks import HIDDEN_FIGURES, HIDDEN_NUMBER

pytestmark = pytest.mark.django_db

STATES = ["draft", "in_review", "scheduled", "archived"]
SECRET = "zzsecret"
# What only people who work with the records are to know, whatever it is called.
INTERNAL = ("consent", "withdrawn", '"status":', "featured", "framing", "rendition", "created", "intake", "in_review")


@pytest.fixture
def public() -> dict:
    """One public record of each kind, all tied to each other."""
    organisation = OrganisationFactory(slug="open-union", name_en="Open union")
    programme = ProgrammeFactory(slug="open-coop", name_en="Open.Coop")
    profile = ProfileFactory(slug="open-person", consent_scope=ConsentScope.REUSE)
    interview = InterviewFactory(profile=profile, title_en="Open talk")
    engagement = EngagementFactory(programme=programme, title_en="Open course")
    engagement.partners.add(organisation)
    programme.partners.add(organisation)
    EngagementStaffFactory(engagement=engagement, profile=profile)
    return {
        "organisation": organisation,
        "programme": programme,
        "profile": profile,
        "interview": interview,
        "engagement": engagement,
    }


def hide(state: str, public: dict) -> dict:
    """Records in the `state`, tied to the `public` ones in every way there is."""
    word = f"{SECRET}{state}"
    texts = {"slug": f"{word}-slug", state: True}
    organisation = OrganisationFactory(name_en=word, acronym_en=word, description_en=word, **texts)
    programme = ProgrammeFactory(name_en=word, aim_en=word, **texts)
    profile = ProfileFactory(given_name=word, family_name=word, summary_en=word, **texts)
    profile.portrait.save(f"{word}.webp", ContentFile(picture(120, 120)))
    ModuleFactory(programme=programme, title_en=word)
    MaterialFactory(programme=programme, title_en=word)
    for interview in (
        InterviewFactory(profile=public["profile"], title_en=word, **{state: True}),
        InterviewFactory(profile=profile, title_en=word),
    ):
        ExchangeFactory(interview=interview, question_en=word, answer_en=word)
        InterviewPhotoFactory(interview=interview, alt_en=word)
    engagement = EngagementFactory(
        title_en=word,
        country_id="IS",
        programme=public["programme"],
        sector_id="B",
        women_trained=HIDDEN_NUMBER,
        **texts,
    )
    engagement.partners.add(public["organisation"])
    engagement.topics.add(Topic.objects.get(slug="statistics"))
    EngagementStaffFactory(engagement=engagement, profile=public["profile"])
    for record in (programme, profile):
        record.topics.add(Topic.objects.get(slug="statistics"))
        record.languages.add("is")
    programme.sectors.add("B")
    # Public records that point at hidden ones.
    public["engagement"].partners.add(organisation)
    EngagementStaffFactory(engagement=public["engagement"], profile=profile)
    public["programme"].partners.add(organisation)
    EngagementFactory(programme=programme, title_en="With a hidden programme")
    PositionFactory(profile=public["profile"], organisation=organisation)
    EducationFactory(profile=public["profile"], organisation=organisation)
    return {"organisation": organisation, "programme": programme, "profile": profile, "engagement": engagement}


@pytest.fixture
@together()
def hidden(public) -> dict[str, dict]:
    return {state: hide(state, public) for state in STATES}


EVERYTHING = [
    "profiles/?expand=office.country,topics,education.organisation,positions.organisation,interviews,"
    "engagements.engagement",
    "programmes/?expand=partners.country,topics,sectors,countries.region",
    "engagements/?expand=programme.partners,programme.countries,partners.country,staff.profile,topics,sector,"
    "country.region",
    "organisations/?expand=country.region",
    "countries/?expand=region",
    "regions/",
    "topics/",
    "sectors/",
    "search/?q=open",
    "search/?q=open&type=interview",
    *(f"{name}/facets/" for name in ("profiles", "programmes", "engagements", "organisations")),
]


def walked() -> dict[str, str]:
    """What the API answers, by address: the lists with all relations in full, the records, search and facets."""
    found = {}
    for path in [*EVERYTHING, *(f"{name}/" for name in COLLECTIONS), ""]:
        for number, page in enumerate([answer(path)] if "results" not in answer(path) else pages(path)):
            found[f"{path} page {number}"] = json.dumps(page)
            for record in page.get("results", []):
                if record.get("url"):
                    found[record["url"]] = json.dumps(answer(local(record["url"])))
    return found


def test_no_answer_has_a_trace_of_what_is_not_public(public, hidden):
    found = walked()
    assert len(found) > 300
    for address, content in found.items():
        assert SECRET not in content, address
        assert not HIDDEN_FIGURES.search(content), address
        for word in INTERNAL:
            assert word not in content.replace("activity_status", ""), (address, word)


def test_what_is_public_is_there(public, hidden):
    (engagement,) = [record for record in answer(EVERYTHING[2])["results"] if record["title"] == "Open course"]
    assert engagement["programme"]["name"] == "Open.Coop"
    assert [partner["name"] for partner in engagement["programme"]["partners"]] == ["Open union"]
    assert [partner["name"] for partner in engagement["partners"]] == ["Open union"]
    assert [member["profile"]["slug"] for member in engagement["staff"]] == ["open-person"]
    profile = answer(f"profiles/{public['profile'].pk}/")
    assert [interview["name"] for interview in profile["interviews"]] == ["Open talk"]
    assert [part["engagement"]["name"] for part in profile["engagements"]] == ["Open course"]
    assert [step["organisation"] for step in profile["positions"]] == [None] * len(STATES)


def test_a_hidden_programme_is_no_programme(public, hidden):
    found = [record for record in answer("engagements/")["results"] if record["title"] == "With a hidden programme"]
    assert [record["programme"] for record in found] == [None] * len(STATES)


def test_numbers_count_what_is_public_alone(public, hidden):
    programme = answer(f"programmes/{public['programme'].pk}/")
    assert (programme["country_count"], programme["engagement_count"]) == (1, 1)
    assert [country["id"] for country in programme["countries"]] == ["PE"]
    organisation = answer(f"organisations/{public['organisation'].pk}/")
    assert (organisation["engagement_count"], organisation["programme_count"]) == (1, 1)
    assert answer(f"profiles/{public['profile'].pk}/")["engagement_count"] == 1
    assert answer("countries/IS/")["engagement_count"] == 0
    assert answer("countries/PE/")["engagement_count"] == 1 + len(STATES)
    assert answer("regions/europe-central-asia/")["engagement_count"] == 0
    assert answer("regions/americas/")["country_count"] == 1
    assert answer("sectors/B/")["engagement_count"] == answer("sectors/B/")["programme_count"] == 0
    topic = answer(f"topics/{Topic.objects.get(slug='statistics').pk}/")
    assert [topic[f"{kind}_count"] for kind in ("engagement", "programme", "profile")] == [0, 0, 0]


def test_facets_offer_nothing_that_only_hidden_records_have(public, hidden):
    for name in ("profiles", "programmes", "engagements", "organisations"):
        found = answer(f"{name}/facets/")
        assert found["count"] == (1 + len(STATES) if name == "engagements" else 1)
        offered = {(facet["name"], value["value"]) for facet in found["facets"] for value in facet["values"]}
        assert offered
        assert not offered & {("country", "IS"), ("sector", "B"), ("topic", "statistics"), ("language", "is")}


def test_a_hidden_record_has_no_address(client, hidden):
    for state, records in hidden.items():
        for kind, record in records.items():
            address = f"{ROOT}{kind}s/{record.pk}/"
            assert client.get(address).status_code == 404, (state, address)
            assert client.get(f"{address}?preview=1").status_code in (400, 404), (state, address)


def test_staff_see_no_more_than_anybody_else(staff_client, hidden):
    record = hidden["draft"]["engagement"]
    assert staff_client.get(f"{ROOT}engagements/{record.pk}/").status_code == 404
    assert SECRET not in staff_client.get(f"{ROOT}engagements/").content.decode()


def test_a_hidden_record_is_as_unknown_to_filters_as_one_that_does_not_exist(hidden):
    for records in hidden.values():
        for name in ("profile", "programme", "organisation"):
            message = faults(f"engagements/?{name}={records[name].slug}")[name]
            assert message == faults(f"engagements/?{name}=nobody")[name].replace("nobody", records[name].slug)


def test_words_of_hidden_records_find_nothing(public, hidden):
    for name in ("profiles", "programmes", "engagements", "organisations"):
        assert ids(f"{name}/?fields=id&q={SECRET}") == []
    assert answer(f"search/?q={SECRET}draft")["results"] == []
    assert answer(f"search/?q={SECRET}draft")["totals"] == []


def test_an_interview_is_public_only_with_the_person(public):
    other = InterviewFactory(title_en="Told", profile=ProfileFactory(draft=True))
    found = [record["id"] for record in answer("search/?q=told")["results"]]
    assert other.pk not in found


@pytest.mark.parametrize("scope", ["text", "pictures", "reuse"])
def test_pictures_leave_only_where_the_person_agreed_to_their_use_by_others(scope):
    profile = ProfileFactory(consent_scope=ConsentScope.PICTURES, portrait_alt_en="Ana", portrait_credit="Luz")
    profile.portrait.save("ana.webp", ContentFile(picture(120, 120)))
    interview = InterviewFactory(profile=profile)
    InterviewPhotoFactory(interview=interview, alt_en="Milk")
    if scope == "text":
        profile.portrait = ""
    profile.consent_scope = scope
    profile.save()
    found = answer(f"profiles/{profile.pk}/?expand=interviews")
    (told,) = found["interviews"]
    assert found["reuse_agreed"] == (scope == "reuse")
    if scope == "reuse":
        assert found["portrait"] == {
            "url": f"http://testserver{profile.portrait.url}",
            "alt": "Ana",
            "credit": "Luz",
        }
        assert [photo["alt"] for photo in told["photos"]] == ["Milk"]
    else:
        assert found["portrait"] is None
        assert told["photos"] == []
        assert "/media/" not in json.dumps(found)
