"""Engagements and who took part: how they read, what is refused, what goes when something is deleted."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.translation import override

from codelists.models import Country, Sector
from engagements.dates import Precision
from engagements.models import Engagement, EngagementStaff
from tests.factories import (
    EngagementFactory,
    EngagementStaffFactory,
    OrganisationFactory,
    ProfileFactory,
    ProgrammeFactory,
)

pytestmark = pytest.mark.django_db


def refused_fields(record) -> list[str]:
    """The fields beside which validation says that something is wrong."""
    with pytest.raises(ValidationError) as refusal:
        record.full_clean()
    return list(refusal.value.message_dict)


class TestReading:
    def test_an_engagement_is_called_by_its_title_in_the_language_of_the_reader(self):
        engagement = Engagement(title_en="Training in Lima", title_es="Capacitación en Lima")
        assert str(engagement) == "Training in Lima"
        with override("es"):
            assert str(engagement) == "Capacitación en Lima"
        with override("fr"):
            assert str(engagement) == "Training in Lima"

    def test_a_part_in_an_engagement_is_called_by_person_and_role(self):
        part = EngagementStaffFactory.build(
            profile=ProfileFactory.build(given_name="Ana", family_name="Quispe"), role=EngagementStaff.Role.TRAINER
        )
        assert str(part) == "Ana Quispe: Trainer"

    @pytest.mark.parametrize("language", ["en", "es", "fr"])
    def test_an_engagement_has_a_page_in_every_language(self, language):
        with override(language):
            address = Engagement(pk=7, slug="training-in-lima").get_absolute_url()
        assert address == f"/{language}/engagements/7-training-in-lima/"

    def test_engagements_come_newest_first(self):
        old, new = (EngagementFactory(start_date=date(year, 1, 1), end_date=None) for year in (2017, 2019))
        assert list(Engagement.objects.all()) == [new, old]


class TestPeriod:
    @staticmethod
    def period(start: date, start_precision: Precision, end: date | None = None, end_precision=Precision.DAY) -> str:
        return Engagement(
            start_date=start, start_precision=start_precision, end_date=end, end_precision=end_precision
        ).period

    @pytest.mark.parametrize(
        ("language", "text"),
        [
            ("en", "1 May 2019 – June 2019"),
            ("es", "1 de mayo de 2019 – junio de 2019"),
            ("fr", "1er mai 2019 – juin 2019"),
        ],
    )
    def test_it_goes_from_start_to_end_each_as_precisely_as_is_known(self, language, text):
        with override(language):
            assert self.period(date(2019, 5, 1), Precision.DAY, date(2019, 6, 30), Precision.MONTH) == text

    @pytest.mark.parametrize(
        ("language", "text"),
        [("en", "1–3 May 2019"), ("es", "1-3 de mayo de 2019"), ("fr", "1er–3 mai 2019")],
    )
    def test_days_of_one_month_share_its_name(self, language, text):
        with override(language):
            assert self.period(date(2019, 5, 1), Precision.DAY, date(2019, 5, 3), Precision.DAY) == text

    @pytest.mark.parametrize(
        ("end", "text"),
        [(date(2019, 6, 3), "1 May 2019 – 3 June 2019"), (date(2020, 5, 3), "1 May 2019 – 3 May 2020")],
    )
    def test_days_of_different_months_are_written_out(self, end, text):
        assert self.period(date(2019, 5, 1), Precision.DAY, end, Precision.DAY) == text

    def test_a_day_and_a_month_do_not_share_a_name(self):
        text = self.period(date(2019, 5, 2), Precision.DAY, date(2019, 5, 31), Precision.MONTH)
        assert text == "2 May 2019 – May 2019"

    def test_years_need_no_language(self):
        assert self.period(date(2017, 1, 1), Precision.YEAR, date(2019, 12, 31), Precision.YEAR) == "2017 – 2019"

    @pytest.mark.parametrize(
        ("start", "end", "precision", "text"),
        [
            (date(2019, 1, 1), date(2019, 12, 31), Precision.YEAR, "2019"),
            (date(2019, 5, 1), date(2019, 5, 31), Precision.MONTH, "May 2019"),
            (date(2019, 5, 1), date(2019, 5, 1), Precision.DAY, "1 May 2019"),
        ],
    )
    def test_a_start_and_end_that_read_the_same_are_said_once(self, start, end, precision, text):
        assert self.period(start, precision, end, precision) == text

    def test_without_an_end_it_is_the_start(self):
        assert self.period(date(2019, 5, 1), Precision.MONTH) == "May 2019"


class TestSlug:
    @pytest.mark.parametrize(
        ("title", "slug"),
        [
            ("Training in Lima", "training-in-lima"),
            ("Formación en Bogotá", "formacion-en-bogota"),
            ("培训", "engagement"),
            ("x" * 150, "x" * 100),
        ],
    )
    def test_left_empty_it_is_made_of_the_title(self, title, slug):
        assert EngagementFactory(title_en=title).slug == slug

    def test_it_is_made_of_the_english_title_whatever_the_language_of_the_editor(self):
        with override("es"):
            engagement = EngagementFactory(title_en="Training in Lima", title_es="Capacitación en Lima")
        assert engagement.slug == "training-in-lima"

    def test_once_given_it_stays(self):
        engagement = EngagementFactory(slug="lima")
        engagement.title_en = "Training in Cusco"
        engagement.save()
        assert Engagement.objects.get().slug == "lima"

    def test_two_engagements_may_have_the_same(self):
        EngagementFactory(slug="lima")
        assert EngagementFactory(slug="lima").pk


class TestDatabase:
    def test_it_refuses_an_end_before_the_start(self):
        EngagementFactory(start_date=date(2019, 5, 1))
        with pytest.raises(IntegrityError, match="engagement_ends_after_start"), transaction.atomic():
            Engagement.objects.update(end_date=date(2019, 4, 30))

    @pytest.mark.parametrize("end", [None, date(2019, 5, 1), date(2020, 1, 1)])
    def test_it_accepts_no_end_or_one_on_the_first_day_or_later(self, end):
        assert EngagementFactory(start_date=date(2019, 5, 1), end_date=end).pk

    def test_it_refuses_two_parts_of_one_person_in_an_engagement(self):
        part = EngagementStaffFactory(role=EngagementStaff.Role.LEAD)
        again = EngagementStaff(engagement=part.engagement, profile=part.profile, role=EngagementStaff.Role.TRAINER)
        with pytest.raises(IntegrityError, match=r"(?i)unique"), transaction.atomic():
            EngagementStaff.objects.bulk_create([again])

    def test_it_accepts_a_person_in_several_engagements_and_several_persons_in_one(self):
        part = EngagementStaffFactory()
        EngagementStaffFactory(profile=part.profile)
        EngagementStaffFactory(engagement=part.engagement)
        assert EngagementStaff.objects.count() == 3

    @pytest.mark.parametrize("field", ["women_trained", "men_trained"])
    def test_it_refuses_fewer_than_no_people_trained(self, field):
        EngagementFactory()
        with pytest.raises(IntegrityError, match=field), transaction.atomic():
            Engagement.objects.update(**{field: -1})


class TestValidation:
    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("country_id", None),
            ("kind", "party"),
            ("kind", ""),
            ("activity_status", "9"),
            ("start_date", None),
            ("start_precision", "hour"),
            ("end_precision", "hour"),
            ("slug", "two words"),
            ("women_trained", -1),
            ("men_trained", -1),
            ("source_url", "not an address"),
        ],
    )
    def test_a_mistake_in_an_engagement_is_said_beside_its_field(self, field, value):
        engagement = EngagementFactory.build(**{"end_date": None, field: value})
        assert refused_fields(engagement) == [field.removesuffix("_id")]

    def test_an_end_before_the_start_is_refused(self):
        with pytest.raises(ValidationError, match="The end is before the start"):
            EngagementFactory.build(start_date=date(2019, 5, 1), end_date=date(2019, 4, 30)).full_clean()

    def test_an_end_before_the_start_is_said_beside_the_end(self):
        engagement = EngagementFactory.build(start_date=date(2019, 5, 1), end_date=date(2019, 4, 30))
        assert refused_fields(engagement) == ["end_date"]

    def test_an_unknown_role_is_said_beside_its_field(self):
        part = EngagementStaff(engagement=EngagementFactory(), profile=ProfileFactory(), role="guest")
        assert refused_fields(part) == ["role"]

    def test_a_person_who_is_on_the_engagement_already_is_refused(self):
        part = EngagementStaffFactory()
        with pytest.raises(ValidationError, match="This person is on the engagement already"):
            EngagementStaff(engagement=part.engagement, profile=part.profile).full_clean()


class TestDeleting:
    @pytest.mark.parametrize("state", [{}, {"draft": True}, {"archived": True}], ids=["public", "draft", "archived"])
    def test_the_country_of_an_engagement_stays(self, state):
        EngagementFactory(country_id="BO", **state)
        with pytest.raises(ProtectedError):
            Country.objects.get(pk="BO").delete()

    def test_the_programme_of_an_engagement_stays(self):
        programme = EngagementFactory(programme=ProgrammeFactory()).programme
        with pytest.raises(ProtectedError):
            programme.delete()

    def test_the_sector_of_an_engagement_stays(self):
        EngagementFactory(sector_id="A")
        with pytest.raises(ProtectedError):
            Sector.objects.get(pk="A").delete()

    def test_the_people_of_an_engagement_stay(self):
        profile = EngagementStaffFactory().profile
        with pytest.raises(ProtectedError):
            profile.delete()

    def test_an_engagement_goes_with_its_parts_and_leaves_everything_around_it(self):
        part = EngagementStaffFactory(engagement=EngagementFactory(programme=ProgrammeFactory()))
        part.engagement.partners.add(OrganisationFactory())
        programme, partner = part.engagement.programme, part.engagement.partners.get()
        part.engagement.delete()
        assert not EngagementStaff.objects.exists()
        for kept in (part.profile, programme, partner):
            kept.refresh_from_db()
