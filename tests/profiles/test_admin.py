"""Admin pages of profiles and interviews."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from profiles.models import Exchange, Interview, InterviewPhoto, Profile
from publishing.models import Status
from tests.factories import (
    EducationFactory,
    EngagementStaffFactory,
    ExchangeFactory,
    InterviewFactory,
    InterviewPhotoFactory,
    OfficeFactory,
    OrganisationFactory,
    ProfileFactory,
    SeriesFactory,
)
from tests.publishing.admin_forms import errors, filled_in, with_part

pytestmark = pytest.mark.django_db

LIST = reverse("admin:profiles_profile_changelist")
INTERVIEWS = reverse("admin:profiles_interview_changelist")


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def change_page(record) -> str:
    return reverse(f"admin:profiles_{record._meta.model_name}_change", args=[record.pk])


def found(client, address=LIST, **query) -> list:
    return list(client.get(address, query).context["cl"].queryset)


# Profiles


def test_consent_without_the_one_who_gave_it_is_refused_at_the_field(staff_client):
    profile = ProfileFactory(draft=True)
    page = staff_client.get(change_page(profile))
    refused = staff_client.post(change_page(profile), filled_in(page, consent_by=""))
    assert errors(refused) == {"consent_by": ["Say who gave the consent."]}


def test_publishing_without_consent_leads_to_the_field(staff_client):
    profile = ProfileFactory(draft=True, consent_date=None, consent_by="")
    page = staff_client.get(change_page(profile))
    answer = staff_client.post(change_page(profile), filled_in(page) | {"_step": "publish"}, follow=True)
    assert '<a href="#id_consent_date">' in answer.content.decode()
    profile.refresh_from_db()
    assert profile.status == Status.DRAFT


def test_publishing_a_portrait_without_words_leads_to_the_field(staff_client):
    profile = ProfileFactory(draft=True, portrait=SimpleUploadedFile("me.webp", b"pixels"))
    page = staff_client.get(change_page(profile))
    answer = staff_client.post(change_page(profile), filled_in(page) | {"_step": "publish"}, follow=True)
    assert '<a href="#id_portrait_alt_en">Say in words what the portrait shows' in answer.content.decode()
    profile.refresh_from_db()
    assert profile.status == Status.DRAFT


@pytest.mark.parametrize("lacking", ["portrait", "words", "consent", "interview", "topics"])
def test_profiles_that_lack_something_are_found_once(staff_client, lacking):
    portrait = {"portrait": "portraits/me.webp", "portrait_alt_en": "Ana laughing"}
    complete = ProfileFactory(**portrait)
    complete.topics.set([1, 2])
    InterviewFactory.create_batch(2, profile=complete)
    lacks = {"words": {"portrait": "portraits/me.webp"}, "portrait": {}}.get(lacking, {})
    bare = ProfileFactory(draft=True, consent_date=None, consent_by="", **lacks)
    assert found(staff_client, without=lacking) == [bare]


@pytest.mark.parametrize("query", ["ana ruiz", "ruiz ana", "specialist", "especialista", "lima", "pérou"])
def test_profile_is_found_by_name_post_and_place_in_any_language(staff_client, query):
    profile = ProfileFactory(
        family_name="Ruiz",
        post_title_es="Especialista",
        office=OfficeFactory(name_en="DWT/CO-Lima"),
    )
    ProfileFactory(given_name="Leo", post_title_en="Director", office=OfficeFactory(city_en="Bern", country_id="CH"))
    assert found(staff_client, q=query) == [profile]


def test_list_counts_interviews(staff_client):
    InterviewFactory.create_batch(2, profile=ProfileFactory())
    assert '<td class="field-interview_number">2</td>' in staff_client.get(LIST).content.decode()


def test_career_is_kept_with_its_organisation_and_years(staff_client):
    profile, university = ProfileFactory(draft=True), OrganisationFactory()
    typed = {"title_en": "Economics", "organisation": university.pk, "country": "NL", "from_year": 2001}
    data = with_part(staff_client.get(change_page(profile)), "education", **typed)
    staff_client.post(change_page(profile), data)
    education = profile.education.get()
    assert (education.title_en, education.organisation, education.country_id) == ("Economics", university, "NL")


def test_position_is_kept_with_its_countries(staff_client):
    profile = ProfileFactory(draft=True)
    data = with_part(staff_client.get(change_page(profile)), "positions", title_en="Adviser", countries=["PE", "BO"])
    staff_client.post(change_page(profile), data)
    assert {country.pk for country in profile.positions.get().countries.all()} == {"PE", "BO"}


def test_career_that_ends_before_it_starts_is_refused_at_the_last_year(staff_client):
    education = EducationFactory(from_year=2001)
    page = staff_client.get(change_page(education.profile))
    refused = staff_client.post(change_page(education.profile), filled_in(page) | {"education-0-to_year": 1999})
    assert errors(refused) == {"education-0-to_year": ["The last year is before the first year."]}


def test_link_is_kept(staff_client):
    profile = ProfileFactory(draft=True)
    data = with_part(staff_client.get(change_page(profile)), "links", label_en="Papers", url="https://example.org")
    staff_client.post(change_page(profile), data)
    assert profile.links.get().url == "https://example.org"


def test_profile_leads_to_its_interviews_and_to_a_new_one(staff_client):
    interview = InterviewFactory()
    page = staff_client.get(change_page(interview.profile)).content.decode()
    assert f'href="{change_page(interview)}' in page
    add = f"{reverse('admin:profiles_interview_add')}?profile={interview.profile_id}"
    assert f'href="{add}"' in page
    new = staff_client.get(add).context["adminform"].form
    assert str(new["profile"].value()) == str(interview.profile_id)


def test_profile_says_how_many_questions_an_interview_has(staff_client):
    interview = InterviewFactory()
    ExchangeFactory.create_batch(2, interview=interview)
    assert "2 questions" in staff_client.get(change_page(interview.profile)).content.decode()


def test_deleting_a_profile_that_worked_somewhere_is_refused_on_a_page(staff_client):
    profile = EngagementStaffFactory().profile
    page = staff_client.post(reverse("admin:profiles_profile_delete", args=[profile.pk]), {"post": "yes"})
    assert page.status_code == 200
    assert Profile.objects.filter(pk=profile.pk).exists()


# Interviews


def test_questions_are_written_and_numbered(staff_client):
    interview = InterviewFactory(draft=True)
    page = staff_client.get(change_page(interview))
    data = with_part(page, "exchanges", question_en="Why?", answer_en="Because.")
    data |= {"exchanges-1-question_en": "How?", "exchanges-1-position": "1", "exchanges-TOTAL_FORMS": 2}
    staff_client.post(change_page(interview), data)
    assert list(interview.exchanges.values_list("order", "question_en")) == [(1, "How?"), (2, "Why?")]


def test_two_questions_trade_places(staff_client):
    interview = InterviewFactory(draft=True)
    first, second = (ExchangeFactory(interview=interview, order=order) for order in (1, 2))
    page = staff_client.get(change_page(interview))
    changed = {"exchanges-0-position": 2, "exchanges-1-position": 1}
    staff_client.post(change_page(interview), filled_in(page) | changed)
    assert list(interview.exchanges.all()) == [second, first]


def photo_on(interview, after=None) -> InterviewPhoto:
    return InterviewPhotoFactory(interview=interview, exchange=after)


def test_photo_is_offered_the_questions_of_its_own_interview(staff_client):
    own, foreign = ExchangeFactory(order=1), ExchangeFactory(order=1)
    photo_on(own.interview)
    page = staff_client.get(change_page(own.interview))
    choices = page.context["inline_admin_formsets"][1].formset.forms[0].fields["exchange"].queryset
    assert list(choices) == [own]
    assert foreign not in choices


def test_photo_after_a_foreign_question_is_refused_at_the_field(staff_client):
    foreign = ExchangeFactory(order=1)
    interview = photo_on(InterviewFactory(draft=True)).interview
    page = staff_client.get(change_page(interview))
    refused = staff_client.post(change_page(interview), filled_in(page) | {"photos-0-exchange": foreign.pk})
    assert list(errors(refused)) == ["photos-0-exchange"]


def test_form_of_a_new_interview_offers_no_questions(staff_client):
    ExchangeFactory(order=1)
    page = staff_client.get(reverse("admin:profiles_interview_add"))
    empty = page.context["inline_admin_formsets"][1].formset.empty_form
    assert not empty.fields["exchange"].queryset.exists()


def test_question_is_deleted_while_its_photo_is_changed(staff_client):
    exchange = ExchangeFactory(order=1, interview__draft=True)
    photo = photo_on(exchange.interview, after=exchange)
    page = staff_client.get(change_page(exchange.interview))
    changed = {"exchanges-0-DELETE": "on", "photos-0-caption_en": "Harvest"}
    assert staff_client.post(change_page(exchange.interview), filled_in(page) | changed).status_code == 302
    photo.refresh_from_db()
    assert (photo.exchange, photo.caption_en) == (None, "Harvest")
    assert not Exchange.objects.exists()


def test_photo_needs_words(staff_client):
    photo = photo_on(InterviewFactory(draft=True))
    page = staff_client.get(change_page(photo.interview))
    refused = staff_client.post(change_page(photo.interview), filled_in(page) | {"photos-0-alt_en": ""})
    assert list(errors(refused)) == ["photos-0-alt_en"]


@pytest.mark.parametrize("lacking", ["questions", "photos", "date", "source"])
def test_interviews_that_lack_something_are_found_once(staff_client, lacking):
    complete = InterviewFactory(source_url="https://example.org")
    ExchangeFactory.create_batch(2, interview=complete)
    photo_on(complete)
    bare = InterviewFactory(draft=True, published_on=None)
    assert found(staff_client, INTERVIEWS, without=lacking) == [bare]


def test_interviews_are_leafed_through_by_date(staff_client):
    interview = InterviewFactory(published_on=date(2022, 3, 1))
    InterviewFactory(published_on=date(2023, 3, 1))
    query = {"published_on__year": 2022, "published_on__month": 3}
    assert found(staff_client, INTERVIEWS, **query) == [interview]


def test_interview_is_found_by_person_and_series(staff_client):
    interview = InterviewFactory(profile=ProfileFactory(family_name="Ruiz"), series=SeriesFactory(name_es="Campeones"))
    InterviewFactory()
    assert found(staff_client, INTERVIEWS, q="campeones ruiz") == [interview]


def test_list_counts_questions(staff_client):
    ExchangeFactory.create_batch(3, interview=InterviewFactory())
    assert '<td class="field-exchange_number">3</td>' in staff_client.get(INTERVIEWS).content.decode()


def test_series_with_interviews_cannot_be_deleted(staff_client):
    series = InterviewFactory(series=SeriesFactory()).series
    page = staff_client.post(reverse("admin:profiles_series_delete", args=[series.pk]), {"post": "yes"})
    assert page.status_code == 200
    series.refresh_from_db()


def test_an_interview_is_not_deleted_from_the_page_of_the_person(staff_client):
    interview = InterviewFactory()
    page = staff_client.get(change_page(interview.profile))
    staff_client.post(change_page(interview.profile), filled_in(page) | {"interviews-0-DELETE": "on"})
    assert Interview.objects.filter(pk=interview.pk).exists()


def test_pull_quote_is_written_beside_the_interview_in_every_language(staff_client):
    interview = InterviewFactory(draft=True)
    page = staff_client.get(change_page(interview))
    quotes = {"pull_quote_en": "I listen.", "pull_quote_es": "Escucho.", "pull_quote_fr": "J’écoute."}
    staff_client.post(change_page(interview), filled_in(page, **quotes))
    assert Interview.objects.values(*quotes).get() == quotes
