"""The page of a colleague and the directory."""

from datetime import date

import pytest

from codelists.models import Topic
from profiles.models import Profile
from search.indexing import together
from tests.factories import (
    EducationFactory,
    EngagementFactory,
    ExchangeFactory,
    InterviewFactory,
    InterviewPhotoFactory,
    OfficeFactory,
    OrganisationFactory,
    PositionFactory,
    ProfileFactory,
    ProgrammeFactory,
    SeriesFactory,
)
from tests.pages import addresses, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana():
    office = OfficeFactory(name_en="Office for the Andes", city_en="Lima", country_id="PE")
    return ProfileFactory(given_name="Ana", family_name="Alva", slug="ana-alva", office=office)


def page(client, profile, language: str = "en"):
    response = client.get(f"/{language}/profiles/{profile.slug}/")
    assert response.status_code == 200
    return response


def test_the_page_says_who_the_person_is(client, ana):
    ana.languages.add("es", "fr")
    ana.topics.add(Topic.objects.get(slug="youth"))
    shown = text(page(client, ana))
    for words in ("Ana Alva", "Enterprises Specialist", "Office for the Andes", "Works with cooperatives."):
        assert words in shown
    assert "French, Spanish" in shown
    assert "/en/topics/youth/" in addresses(page(client, ana))


def test_the_interview_is_questions_and_answers_in_order(client, ana):
    series = SeriesFactory(name_en="Champions", introduction_en="Colleagues tell.")
    interview = InterviewFactory(profile=ana, series=series, title_en="A talk", published_on=date(2019, 4, 18))
    ExchangeFactory(interview=interview, order=2, question_en="And then?", answer_en="Then this.")
    ExchangeFactory(interview=interview, order=1, question_en="How so?", answer_en="One paragraph.\n\nAnother.")
    response = page(client, ana)
    content, words_of_page = response.content.decode(), text(response)
    order = [words_of_page.index(words) for words in ("Champions", "18 April 2019", "A talk", "How so?", "And then?")]
    assert order == sorted(order)
    assert "<p>One paragraph.</p>" in content
    assert "<p>Another.</p>" in content


def test_photos_stand_where_they_stood_in_the_article(client, ana):
    interview = InterviewFactory(profile=ana)
    first = ExchangeFactory(interview=interview, order=1, question_en="First?")
    ExchangeFactory(interview=interview, order=2, question_en="Second?")
    InterviewPhotoFactory(interview=interview, alt_en="Opening photo")
    InterviewPhotoFactory(interview=interview, exchange=first, alt_en="Coffee", caption_en="Women sorting")
    content = page(client, ana).content.decode()
    order = [content.index(words) for words in ("Opening photo", "First?", "Women sorting", "Second?")]
    assert order == sorted(order)
    assert content.count("Opening photo") == 1


def test_career_and_education_show_countries_years_and_organisations(client, ana):
    union = OrganisationFactory(name_en="Dairy Union", slug="dairy-union")
    PositionFactory(profile=ana, title_en="Consultant", from_year=2001, to_year=2004, organisation=union).countries.add(
        "SV", "GT"
    )
    PositionFactory(profile=ana, title_en="Specialist", from_year=2015)
    EducationFactory(profile=ana, title_en="Development studies", country_id="NL")
    response = page(client, ana)
    shown = text(response)
    assert "2001–2004 Consultant Dairy Union El Salvador Guatemala" in shown
    assert "from 2015 Specialist" in shown
    assert "Development studies Netherlands" in shown
    assert {"/en/countries/sv/", "/en/countries/nl/", "/en/organisations/dairy-union/"} <= set(addresses(response))


def test_engagements_programmes_and_countries_follow_from_public_engagements(client, ana):
    programme = ProgrammeFactory(name_en="My.Coop", slug="my-coop")
    EngagementFactory(title_en="Course in La Paz", country_id="BO", programme=programme).staff.add(ana)
    EngagementFactory(title_en="Secret plan", country_id="CO", draft=True).staff.add(ana)
    response = page(client, ana)
    assert "Course in La Paz" in text(response)
    assert {"/en/programmes/my-coop/", "/en/countries/bo/"} <= set(addresses(response))
    assert "Secret plan" not in text(response)
    assert "/en/countries/co/" not in addresses(response)


def test_more_engagements_than_shown_lead_to_the_filtered_list(client, ana):
    with together():
        for _number in range(21):
            EngagementFactory().staff.add(ana)
    response = page(client, ana)
    assert "/en/engagements/?profile=ana-alva" in addresses(response)
    assert "All 21 engagements" in text(response)


def test_an_invented_person_is_marked_on_the_page_and_on_cards(client, ana):
    ana.is_example = True
    ana.save()
    assert "This is an invented example" in text(page(client, ana))
    assert "Invented example" in text(client.get("/en/profiles/"))


def test_text_missing_in_the_language_of_the_page_is_shown_in_english_and_marked_so(client, ana):
    content = page(client, ana, "es").content.decode()
    assert '<div class="lead" lang="en"><p>Works with cooperatives.' in content
    Profile.objects.filter(pk=ana.pk).update(summary_es="Trabaja con cooperativas.")
    content = page(client, ana, "es").content.decode()
    assert '<div class="lead"><p>Trabaja con cooperativas.' in content


def test_text_that_an_editor_typed_is_never_markup(client, ana):
    Profile.objects.filter(pk=ana.pk).update(summary_en="<script>alert(1)</script>", given_name="<b>Ana")
    content = page(client, ana).content.decode()
    assert "<script>alert" not in content
    assert "<b>Ana" not in content
    assert "&lt;script&gt;alert(1)" in content


def test_an_unknown_person_is_not_found(client):
    assert client.get("/en/profiles/nobody/").status_code == 404
