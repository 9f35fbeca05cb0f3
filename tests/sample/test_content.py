"""What the sample content that comes with the portal promises."""

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from engagements.models import Engagement, EngagementStaff
from organisations.models import Organisation
from profiles.models import Education, Exchange, Interview, InterviewPhoto, Position, Profile
from programmes.models import Material, Module, Programme
from publishing.models import Publishable, Status
from richtext.plain import plain_text
from sample.kinds import KINDS, translated_fields
from sample.loading import load

PUBLISHABLE = (Profile, Programme, Engagement, Organisation, Interview)
INVENTED = {"title_en": "Invented example: ", "title_es": "Ejemplo inventado: ", "title_fr": "Exemple inventé : "}


def is_invented(engagement: Engagement) -> bool:
    return engagement.title_en.startswith(INVENTED["title_en"])


def programmes_used_in(country: str) -> set[str]:
    return set(
        Programme.objects.filter(engagements__in=Engagement.objects.published().filter(country=country)).values_list(
            "slug", flat=True
        )
    )


class SampleContentTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.report = load()

    def test_loads_into_an_empty_portal(self):
        assert self.report.created > 300
        assert self.report.left_alone == []

    def test_a_second_run_writes_nothing_and_asks_little(self):
        with CaptureQueriesContext(connection) as queries:
            report = load()

        assert (report.created, report.updated, report.left_alone) == (0, 0, [])
        assert not [query for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
        assert len(queries) < 60

    def test_peru_uses_three_programmes_and_colombia_one(self):
        assert {"my-coop", "think-coop", "start-coop"} <= programmes_used_in("PE")
        assert "my-coop" in programmes_used_in("CO")
        assert not {"think-coop", "start-coop"} & programmes_used_in("CO")

    def test_think_coop_and_start_coop_were_used_in_bolivia_with_john_bliek(self):
        staff = Engagement.objects.published().filter(country="BO", staff__slug="john-bliek")
        assert set(staff.values_list("programme__slug", flat=True)) == {"think-coop", "start-coop"}

    def test_john_bliek_is_published_with_his_career(self):
        john = Profile.objects.published().get(slug="john-bliek")

        assert not john.is_example
        assert john.office.city_en == "Lima"
        assert {"SV", "GT", "NI", "RU", "PE", "BO", "CO"} <= set(john.positions.values_list("countries", flat=True))
        assert john.education.filter(organisation__slug="catholic-university-of-nijmegen", country="NL").exists()
        assert john.interviews.published().get().exchanges.count() == 3

    def test_the_organisations_of_the_andes_are_linked_to_the_engagements(self):
        study = Engagement.objects.published().get(country="CO", kind=Engagement.Kind.RESEARCH)
        assert study.partners.filter(slug="confenagroc").exists()
        tools = Engagement.objects.published().filter(partners__slug="ministry-of-production-peru")
        assert {"think-coop", "start-coop"} <= set(tools.values_list("programme__slug", flat=True))

    def test_the_invented_people_have_portraits_and_say_that_they_are_invented(self):
        people = Profile.objects.filter(is_example=True)

        assert people.count() == 11
        assert Profile.objects.filter(is_example=False).count() == 1
        for person in people:
            assert person.portrait
            assert person.portrait_alt_en
            assert "invented" in person.summary_en
            assert "inventada" in person.summary_es
            assert "inventée" in person.summary_fr

    def test_every_interview_has_a_pull_quote_in_the_languages_of_its_answers(self):
        for interview in Interview.objects.all():
            assert interview.pull_quote_en
            for language in ("es", "fr"):
                answers = [getattr(exchange, f"answer_{language}") for exchange in interview.exchanges.all()]
                assert bool(getattr(interview, f"pull_quote_{language}")) == all(answers), (interview, language)

    def test_the_pull_quotes_of_invented_people_are_their_words(self):
        for interview in Interview.objects.filter(profile__is_example=True):
            for language in ("en", "es", "fr"):
                quote = getattr(interview, f"pull_quote_{language}") or ""
                answers = [
                    plain_text(getattr(exchange, f"answer_{language}")) for exchange in interview.exchanges.all()
                ]
                assert any(quote in answer for answer in answers), quote

    def test_an_invented_interview_has_illustrations_where_they_belong(self):
        photos = InterviewPhoto.objects.all()

        assert {photo.exchange.order for photo in photos} == {1, 2}
        for photo in photos:
            assert photo.interview.profile.is_example
            assert photo.credit == "Illustration: COOP Portal"
            assert photo.image.size < 40_000
            for language in ("en", "es", "fr"):
                assert getattr(photo, f"alt_{language}")
                assert getattr(photo, f"caption_{language}")

    def test_invented_people_have_a_part_in_invented_engagements_only(self):
        parts = EngagementStaff.objects.filter(profile__is_example=True).select_related("engagement")

        assert len({part.profile_id for part in parts}) == 11
        assert all(is_invented(part.engagement) for part in parts)

    def test_an_invented_engagement_says_so_and_claims_nothing(self):
        for engagement in filter(is_invented, Engagement.objects.all()):
            assert all(getattr(engagement, name).startswith(words) for name, words in INVENTED.items())
            assert engagement.summary_en.startswith("Invented")
            assert engagement.programme is None
            assert not engagement.partners.exists()
            assert engagement.women_trained is engagement.men_trained is None
            assert not engagement.staff.filter(is_example=False).exists()
            assert not engagement.source_url

    def test_something_is_planned_to_the_day_and_something_to_the_month(self):
        planned = Engagement.objects.published().filter(activity_status=Engagement.ActivityStatus.PIPELINE)
        assert set(planned.values_list("start_precision", flat=True)) == {"day", "month"}
        assert all(is_invented(engagement) for engagement in planned)

    def test_every_fact_that_is_public_has_a_source(self):
        for engagement in Engagement.objects.published():
            assert engagement.source_url or is_invented(engagement), engagement
        assert not Programme.objects.published().filter(source_url="").exists()

    def test_engagements_with_a_source_reach_sixty_countries(self):
        sourced = Engagement.objects.published().exclude(source_url="")
        assert sourced.values("country").distinct().count() >= 60

    def test_the_training_programmes_are_there(self):
        published = set(Programme.objects.published().values_list("slug", flat=True))
        assert {"my-coop", "think-coop", "start-coop", "manage-coop", "my-coop-smart", "apexfincoop"} <= published

    def test_each_kind_has_records_that_are_not_public(self):
        for model in PUBLISHABLE:
            assert model.objects.filter(status=Status.DRAFT).exists(), model
            assert model.objects.filter(status=Status.ARCHIVED).exists(), model
            assert any(record.is_scheduled for record in model.objects.all()), model

    def test_what_is_scheduled_stays_so_for_decades(self):
        for model in PUBLISHABLE:
            for record in model.objects.filter(publish_at__gt=timezone.now()):
                assert record.publish_at.year >= 2090, record

    def test_all_that_is_public_obeys_the_rules_of_the_models(self):
        for model in [*(kind.model for kind in KINDS), Interview, Exchange, Education, Position, Module, Material]:
            records = model.objects.published() if issubclass(model, Publishable) else model.objects.all()
            for record in records:
                record.full_clean()

    def test_english_is_complete(self):
        for model in [*(kind.model for kind in KINDS), Interview, Exchange, Education, Position, Module, Material]:
            for record in model.objects.all():
                for name in translated_fields(model):
                    others = [getattr(record, f"{name}_es"), getattr(record, f"{name}_fr")]
                    assert getattr(record, f"{name}_en") or not any(others), (record, name)

    def test_most_public_texts_are_in_three_languages(self):
        texts = {Engagement: "summary", Programme: "aim", Profile: "summary", Organisation: "description"}
        for model, name in texts.items():
            public = model.objects.published()
            for language in ("es", "fr"):
                translated = public.exclude(**{f"{name}_{language}": None}).count()
                assert translated >= 0.75 * public.count(), (model, language)
