"""Profiles with their careers and interviews: how they read, what is refused, what goes when something is deleted."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.translation import override

from codelists.models import Country, Language
from profiles.models import (
    Education,
    Exchange,
    Interview,
    InterviewPhoto,
    Position,
    Profile,
    ProfileLink,
    Series,
)
from tests.factories import (
    EducationFactory,
    EngagementStaffFactory,
    ExchangeFactory,
    InterviewFactory,
    InterviewPhotoFactory,
    PositionFactory,
    ProfileFactory,
    SeriesFactory,
)

pytestmark = pytest.mark.django_db

both_kinds_of_step = pytest.mark.parametrize("factory", [EducationFactory, PositionFactory], ids=["study", "post"])


def refused_fields(record) -> list[str]:
    """The fields beside which validation says that something is wrong."""
    with pytest.raises(ValidationError) as refusal:
        record.full_clean()
    return list(refusal.value.message_dict)


class TestReading:
    def test_a_profile_is_called_by_its_name(self):
        assert str(Profile(given_name="Ana", family_name="Quispe")) == "Ana Quispe"

    @pytest.mark.parametrize(
        ("given", "family", "initials"),
        [("Ana", "Quispe", "AQ"), ("élodie", "öztürk", "ÉÖ"), ("María José", "de la Cruz", "MD"), ("Ana", "", "A")],
    )
    def test_initials_stand_for_a_portrait(self, given, family, initials):
        assert Profile(given_name=given, family_name=family).initials == initials

    @pytest.mark.parametrize("language", ["en", "es", "fr"])
    def test_a_profile_has_a_page_in_every_language(self, language):
        with override(language):
            assert Profile(slug="ana-quispe").get_absolute_url() == f"/{language}/profiles/ana-quispe/"

    def test_a_pull_quote_is_read_in_the_language_of_the_page_or_in_english(self):
        interview = Interview(pull_quote_en="I listen.", pull_quote_es="Escucho.")
        read = []
        for language in ("en", "es", "fr"):
            with override(language):
                read.append(interview.pull_quote)
        assert read == ["I listen.", "Escucho.", "I listen."]

    def test_an_interview_stands_on_the_page_of_its_profile(self):
        interview = Interview(pk=7, profile=Profile(slug="ana-quispe"))
        assert interview.get_absolute_url() == "/en/profiles/ana-quispe/#interview-7"

    @pytest.mark.parametrize(
        ("record", "name"),
        [
            (ProfileLink(label_en="Publications"), "Publications"),
            (Education(title_en="Degree in law"), "Degree in law"),
            (Position(title_en="Adviser"), "Adviser"),
            (Series(name_en="COOP Champions"), "COOP Champions"),
            (Interview(title_en="A talk"), "A talk"),
            (Exchange(order=2, question_en="Why cooperatives?"), "2. Why cooperatives?"),
            (InterviewPhoto(alt_en="Women at a table", caption_en="Lima, 2019"), "Lima, 2019"),
            (InterviewPhoto(alt_en="Women at a table"), "Women at a table"),
        ],
        ids=lambda value: type(value).__name__,
    )
    def test_every_part_has_a_name_for_editors(self, record, name):
        assert str(record) == name

    @pytest.mark.parametrize(
        ("from_year", "to_year", "years"),
        [(2001, 2004, "2001–2004"), (2001, 2001, "2001"), (2001, None, "2001"), (None, 2004, "2004"), (None, None, "")],
    )
    def test_years_read_as_people_write_them(self, from_year, to_year, years):
        assert Position(from_year=from_year, to_year=to_year).years == years

    @both_kinds_of_step
    def test_a_career_is_told_from_its_beginning_with_unknown_years_last(self, factory):
        profile = ProfileFactory()
        undated, second, first = (factory(profile=profile, from_year=year) for year in (None, 2010, 2001))
        assert list(factory._meta.model.objects.all()) == [first, second, undated]


class TestDatabase:
    def test_it_refuses_a_consent_that_does_not_say_by_whom(self):
        ProfileFactory()
        with pytest.raises(IntegrityError, match="profile_consent_says_by_whom"), transaction.atomic():
            Profile.objects.update(consent_by="")

    def test_it_accepts_a_draft_without_consent(self):
        assert ProfileFactory(draft=True, consent_date=None, consent_by="").pk

    def test_it_refuses_a_second_profile_with_the_same_slug(self):
        office = ProfileFactory(slug="ana").office
        with pytest.raises(IntegrityError, match=r"(?i)unique"), transaction.atomic():
            Profile.objects.bulk_create([ProfileFactory.build(slug="ana", office=office)])

    def test_it_refuses_a_second_series_with_the_same_slug(self):
        SeriesFactory(slug="champions")
        with pytest.raises(IntegrityError, match=r"(?i)unique"), transaction.atomic():
            Series.objects.bulk_create([SeriesFactory.build(slug="champions")])

    @both_kinds_of_step
    def test_it_refuses_a_step_that_ends_before_it_begins(self, factory):
        factory(from_year=2010, to_year=2012)
        with pytest.raises(IntegrityError, match="ends_after_start"), transaction.atomic():
            factory._meta.model.objects.update(to_year=2009)

    @both_kinds_of_step
    @pytest.mark.parametrize("years", [(2010, 2010), (2010, None), (None, 2010), (None, None)])
    def test_it_accepts_a_step_of_one_year_or_of_years_not_known(self, factory, years):
        assert factory(from_year=years[0], to_year=years[1]).pk


class TestValidation:
    @pytest.mark.parametrize(
        ("field", "value"),
        [("slug", "taken"), ("slug", "two words"), ("given_name", ""), ("family_name", "")],
    )
    def test_a_mistake_in_a_profile_is_said_beside_its_field(self, field, value):
        office = ProfileFactory(slug="taken").office
        assert refused_fields(ProfileFactory.build(**{"office": office, "slug": "ana", field: value})) == [field]

    def test_a_consent_that_does_not_say_by_whom_is_refused(self):
        with pytest.raises(ValidationError, match="Say who gave the consent"):
            ProfileFactory.build(draft=True, office=None, slug="ana", consent_by="").full_clean()

    def test_a_missing_name_behind_a_consent_is_said_beside_its_field(self):
        assert refused_fields(ProfileFactory.build(draft=True, office=None, consent_by="")) == ["consent_by"]

    def test_a_portrait_is_published_with_words_for_those_who_do_not_see_it(self):
        profile = ProfileFactory(draft=True, portrait="portraits/ana.webp")
        with pytest.raises(ValidationError) as refusal:
            profile.publish()
        assert list(refusal.value.message_dict) == ["portrait_alt_en"]

    def test_a_portrait_in_words_is_published(self):
        profile = ProfileFactory(draft=True, portrait="portraits/ana.webp", portrait_alt_en="Ana at her desk")
        profile.publish()
        assert profile.is_public

    @both_kinds_of_step
    @pytest.mark.parametrize("field", ["from_year", "to_year"])
    @pytest.mark.parametrize("year", [-1, 20, 1899, 2101])
    def test_an_implausible_year_is_said_beside_its_field(self, factory, field, year):
        assert refused_fields(factory.build(profile=ProfileFactory(), **{field: year})) == [field]

    @both_kinds_of_step
    def test_years_in_the_wrong_order_are_refused(self, factory):
        with pytest.raises(ValidationError, match="The last year is before the first year"):
            factory.build(profile=ProfileFactory(), from_year=2010, to_year=2009).full_clean()

    @both_kinds_of_step
    def test_years_in_the_wrong_order_are_said_beside_the_last_year(self, factory):
        assert refused_fields(factory.build(profile=ProfileFactory(), from_year=2010, to_year=2009)) == ["to_year"]

    def test_a_photo_after_a_question_of_another_interview_is_refused(self):
        photo = InterviewPhotoFactory.build(interview=InterviewFactory(), exchange=ExchangeFactory())
        assert refused_fields(photo) == ["exchange"]

    def test_a_photo_after_a_question_of_its_own_interview_is_accepted(self):
        exchange = ExchangeFactory()
        InterviewPhotoFactory.build(interview=exchange.interview, exchange=exchange).full_clean()

    def test_a_pull_quote_is_one_sentence_and_not_an_article(self):
        interview = InterviewFactory(draft=True, pull_quote_en="I listen. " * 30)
        interview.full_clean()
        interview.pull_quote_en += "Always."
        assert "pull_quote_en" in refused_fields(interview)

    def test_an_interview_without_a_pull_quote_is_published(self):
        interview = ExchangeFactory(interview=InterviewFactory(draft=True)).interview
        interview.publish()
        assert interview.is_public


class TestDeleting:
    def test_a_profile_takes_its_own_along(self):
        profile = ProfileFactory()
        EducationFactory(profile=profile)
        PositionFactory(profile=profile).countries.add("PE")
        profile.links.create(label_en="Publications", url="https://example.org/")
        exchange = ExchangeFactory(interview=InterviewFactory(profile=profile))
        InterviewPhotoFactory(interview=exchange.interview, exchange=exchange)
        profile.delete()
        own = [Profile, Education, Position, ProfileLink, Interview, Exchange, InterviewPhoto]
        assert [model for model in own if model.objects.exists()] == []

    def test_a_profile_leaves_what_it_shares(self):
        profile = ProfileFactory()
        kept = InterviewFactory(series=SeriesFactory())
        InterviewFactory(profile=profile, series=kept.series)
        office = profile.office
        profile.delete()
        office.refresh_from_db()
        assert list(Interview.objects.all()) == list(kept.series.interviews.all()) == [kept]

    def test_somebody_who_took_part_in_an_engagement_stays(self):
        profile = EngagementStaffFactory().profile
        with pytest.raises(ProtectedError):
            profile.delete()

    def test_a_series_with_interviews_stays(self):
        series = InterviewFactory(series=SeriesFactory()).series
        with pytest.raises(ProtectedError):
            series.delete()

    def test_the_original_language_of_an_interview_stays(self):
        InterviewFactory(language_id="es")
        with pytest.raises(ProtectedError):
            Language.objects.get(pk="es").delete()

    def test_a_country_where_somebody_studied_stays(self):
        EducationFactory(country_id="NL")
        with pytest.raises(ProtectedError):
            Country.objects.get(pk="NL").delete()

    def test_a_photo_outlives_the_question_that_it_followed(self):
        exchange = ExchangeFactory()
        photo = InterviewPhotoFactory(interview=exchange.interview, exchange=exchange)
        exchange.delete()
        photo.refresh_from_db()
        assert photo.exchange is None


def test_interviews_come_newest_first():
    old, new = (InterviewFactory(published_on=date(year, 1, 1)) for year in (2019, 2024))
    assert list(Interview.objects.all()) == [new, old]
