"""Records for tests: each factory makes one published record, complete enough to be published.

It makes nothing around it that it does not need. The code lists are there already, by data migration.
"""

from datetime import UTC, date, datetime

import factory
from django.contrib.auth.models import Permission, User
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from factory.django import DjangoModelFactory

from codelists.models import Country, Language, Sector, Topic
from engagements.models import Engagement, EngagementStaff
from intake.models import Intake, Source
from organisations.models import Office, Organisation
from profiles.consent import ConsentScope
from profiles.models import Education, Exchange, Interview, InterviewPhoto, Position, Profile, ProfileLink, Series
from programmes.models import Material, Module, Programme
from publishing.models import Status
from tests.pictures import picture

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
FAR_AHEAD = datetime(2090, 1, 1, tzinfo=UTC)


class PublishableFactory(DjangoModelFactory):
    """Published long ago; `ProgrammeFactory(draft=True)` and the like are not public."""

    class Meta:
        abstract = True

    class Params:
        draft = factory.Trait(status=Status.DRAFT, publish_at=None)
        in_review = factory.Trait(status=Status.IN_REVIEW, publish_at=None)
        scheduled = factory.Trait(status=Status.PUBLISHED, publish_at=FAR_AHEAD)
        archived = factory.Trait(status=Status.ARCHIVED)

    status = Status.PUBLISHED
    publish_at = LONG_AGO


class OrganisationFactory(PublishableFactory):
    class Meta:
        model = Organisation

    name_en = factory.Sequence(lambda n: f"Federation {n}")
    slug = factory.Sequence(lambda n: f"federation-{n}")
    kind = Organisation.Kind.FEDERATION
    country_id = "PE"


class OfficeFactory(DjangoModelFactory):
    class Meta:
        model = Office

    name_en = factory.Sequence(lambda n: f"Office {n}")
    city_en = factory.Sequence(lambda n: f"City {n}")
    country_id = "PE"


class ProfileFactory(PublishableFactory):
    class Meta:
        model = Profile

    given_name = "Ana"
    family_name = factory.Sequence(lambda n: f"Person{n}")
    slug = factory.Sequence(lambda n: f"ana-person{n}")
    post_title_en = "Enterprises Specialist"
    office = factory.SubFactory(OfficeFactory)
    summary_en = "Works with cooperatives."
    consent_date = date(2024, 5, 1)
    consent_by = "the person, by e-mail"
    consent_scope = ConsentScope.PICTURES


class EducationFactory(DjangoModelFactory):
    class Meta:
        model = Education

    profile = factory.SubFactory(ProfileFactory)
    title_en = "Degree in economics"
    country_id = "NL"


class PositionFactory(DjangoModelFactory):
    class Meta:
        model = Position

    profile = factory.SubFactory(ProfileFactory)
    title_en = "Adviser"


class SeriesFactory(DjangoModelFactory):
    class Meta:
        model = Series

    name_en = factory.Sequence(lambda n: f"Series {n}")
    slug = factory.Sequence(lambda n: f"series-{n}")


class InterviewFactory(PublishableFactory):
    class Meta:
        model = Interview

    profile = factory.SubFactory(ProfileFactory)
    title_en = factory.Sequence(lambda n: f"Conversation {n}")
    published_on = date(2024, 6, 1)


class ExchangeFactory(DjangoModelFactory):
    class Meta:
        model = Exchange

    interview = factory.SubFactory(InterviewFactory)
    order = factory.Sequence(lambda n: n + 1)
    question_en = factory.Sequence(lambda n: f"Question {n}?")
    answer_en = "An answer."


class InterviewPhotoFactory(DjangoModelFactory):
    class Meta:
        model = InterviewPhoto

    interview = factory.SubFactory(InterviewFactory)
    image = factory.django.ImageField(width=40, height=30, format="WEBP", filename="photo.webp")
    alt_en = "Women sorting coffee"


class ProgrammeFactory(PublishableFactory):
    class Meta:
        model = Programme

    name_en = factory.Sequence(lambda n: f"Training {n}")
    slug = factory.Sequence(lambda n: f"training-{n}")
    kind = Programme.Kind.MANAGEMENT
    aim_en = "Participants learn to run a cooperative."


class ModuleFactory(DjangoModelFactory):
    class Meta:
        model = Module

    programme = factory.SubFactory(ProgrammeFactory)
    order = factory.Sequence(lambda n: n + 1)
    title_en = factory.Sequence(lambda n: f"Module {n}")


class MaterialFactory(DjangoModelFactory):
    class Meta:
        model = Material

    programme = factory.SubFactory(ProgrammeFactory)
    title_en = factory.Sequence(lambda n: f"Manual {n}")
    url = "https://example.org/manual.pdf"


class EngagementFactory(PublishableFactory):
    class Meta:
        model = Engagement

    country_id = "PE"
    title_en = factory.Sequence(lambda n: f"Workshop {n}")
    kind = Engagement.Kind.WORKSHOP
    summary_en = "Trainers were trained."
    start_date = date(2019, 5, 1)
    end_date = date(2019, 5, 3)


class EngagementStaffFactory(DjangoModelFactory):
    class Meta:
        model = EngagementStaff

    engagement = factory.SubFactory(EngagementFactory)
    profile = factory.SubFactory(ProfileFactory)


class IntakeFactory(DjangoModelFactory):
    """An article that drafts were made of."""

    class Meta:
        model = Intake

    title = factory.Sequence(lambda n: f"Article {n}")
    text = "We began with milk. Then we kept bees."
    language = "en"
    state = Intake.State.DRAFTED
    finished_at = LONG_AGO
    interview = factory.SubFactory(InterviewFactory)
    profile = factory.SelfAttribute("interview.profile")


class SourceFactory(DjangoModelFactory):
    """A whole article as the source of `record`."""

    class Meta:
        model = Source

    intake = factory.SubFactory(IntakeFactory)
    start = 0
    end = factory.LazyAttribute(lambda source: len(source.intake.text))


class UserFactory(DjangoModelFactory):
    """A member of the staff with no role."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"person-{n}")
    is_staff = True
    password = factory.django.Password("a-long-password")


class EditorFactory(DjangoModelFactory):
    """A member of staff with these permissions, such as "profiles.publish_profile"."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"staff{n}")
    is_staff = True

    @factory.post_generation
    def permissions(self, create, names, **kwargs):
        for name in names or ():
            app, codename = name.split(".")
            content_type = ContentType.objects.get(app_label=app, model=codename.split("_")[-1])
            permission, _made = Permission.objects.get_or_create(
                content_type=content_type, codename=codename, defaults={"name": codename}
            )
            self.user_permissions.add(permission)


# Records with everything that they can have, to see that nothing of them is lost.


def full_profile(**values) -> Profile:
    profile = ProfileFactory(portrait=ContentFile(picture(), "ana.webp"), portrait_alt_en="Ana", **values)
    profile.languages.set(Language.objects.all()[:2])
    profile.topics.set(Topic.objects.all()[:2])
    EducationFactory(profile=profile, organisation=OrganisationFactory(), from_year=2001, to_year=2005)
    PositionFactory(profile=profile, from_year=2006).countries.set(Country.objects.all()[:2])
    ProfileLink.objects.create(profile=profile, label_en="Publications", url="https://example.org/")
    return profile


def full_interview(**values) -> Interview:
    interview = InterviewFactory(series=SeriesFactory(), language=Language.objects.first(), **values)
    first, _second = (ExchangeFactory(interview=interview, order=number) for number in (1, 2))
    InterviewPhotoFactory(interview=interview, exchange=first)
    return interview


def full_programme(**values) -> Programme:
    programme = ProgrammeFactory(launch_year=2005, featured=True, **values)
    for field in programme._meta.many_to_many:
        if field.related_model is not Organisation:
            getattr(programme, field.name).set(field.related_model.objects.all()[:2])
    programme.partners.set([OrganisationFactory()])
    ModuleFactory(programme=programme, order=1)
    ModuleFactory(programme=programme, order=2)
    MaterialFactory(programme=programme, language=Language.objects.first())
    return programme


def full_organisation(**values) -> Organisation:
    return OrganisationFactory(acronym_en="ACR", website="https://example.org/", description_en="A union.", **values)


def full_engagement(**values) -> Engagement:
    engagement = EngagementFactory(
        programme=ProgrammeFactory(), sector=Sector.objects.first(), women_trained=12, start_precision="month", **values
    )
    engagement.topics.set(Topic.objects.all()[:2])
    engagement.partners.set([OrganisationFactory()])
    EngagementStaffFactory(engagement=engagement)
    return engagement
