"""A portal with everything there can be: public records with all that they can have, and hidden ones tied to them."""

from datetime import UTC, date, datetime

from django.core.files.base import ContentFile

from codelists.models import Country, Topic
from engagements.models import Engagement
from profiles.models import Interview, Profile
from tests.documents import pdf
from tests.factories import (
    EducationFactory,
    EngagementFactory,
    EngagementStaffFactory,
    ExchangeFactory,
    IntakeFactory,
    InterviewFactory,
    InterviewPhotoFactory,
    MaterialFactory,
    OfficeFactory,
    OrganisationFactory,
    PositionFactory,
    ProfileFactory,
    ProgrammeFactory,
    SeriesFactory,
    SourceFactory,
    full_engagement,
    full_interview,
    full_organisation,
    full_profile,
    full_programme,
)
from tests.test_leaks import STATES, hidden_world, withdrawn_person

# What a cell must carry without a scratch.
AWKWARD = '=1+1, "quoted"\r\nand\n two lines, é ñ 中 \u2028 🐝 \t\\N;|'


def fill(user) -> dict:
    """Make it; answers the public records that hidden ones are tied to, and the addresses of the hidden ones."""
    OfficeFactory().countries_covered.set(Country.objects.filter(pk__in=["BO", "CL", "NO"]))
    public = {
        "organisation": OrganisationFactory(name_en="Open Union", slug="open-union"),
        "programme": ProgrammeFactory(name_en="Open.Coop", slug="open-coop", aim_es=AWKWARD),
        "profile": ProfileFactory(given_name="Open", family_name="Person", slug="open-person", featured=True),
        "series": SeriesFactory(name_en="Open series", slug="open-series", introduction_en="<p>In <em>words</em></p>"),
    }
    interview = InterviewFactory(profile=public["profile"], series=public["series"], pull_quote_fr="Voilà.")
    exchange = ExchangeFactory(
        interview=interview, answer_en="<p>We began with milk.</p><p>Really: <strong>milk</strong></p>"
    )
    InterviewPhotoFactory(interview=interview, exchange=exchange, caption_en=AWKWARD[:100])
    InterviewPhotoFactory(
        interview=interview, image_framing={"left": 10, "top": 0, "width": 50, "height": 100, "focus_x": None}
    )
    public["engagement"] = engagement = EngagementFactory(
        country_id="PE", programme=public["programme"], slug="open", results_es="<p>Todo bien</p>", title_es=""
    )
    engagement.partners.add(public["organisation"])
    EngagementStaffFactory(engagement=engagement, profile=public["profile"])
    public["sourced"] = [engagement] + [
        factory(profile=public["profile"]) for factory in (EducationFactory, PositionFactory)
    ]
    _sources(public, interview)
    _everything()
    hidden = [address for state in STATES for address in hidden_world(state, public)]
    public["gone"], files = withdrawn_person(public, user)
    public["hidden"] = [*hidden, *files]
    _stamp()
    return public


def _everything() -> None:
    """Records with all that they can have."""
    profile = full_profile(consent_scope="reuse", post_title_es="Especialista", post_title_fr=None, is_example=True)
    profile.portrait_framing = {"left": 5, "top": 5, "width": 60, "height": 70, "focus_x": 20, "focus_y": 30}
    profile.save()
    full_interview(profile=profile)
    full_profile(consent_scope="pictures", given_name="=cmd()")
    full_programme()
    MaterialFactory(url="", file=ContentFile(pdf(), name="manual.pdf"), edition="second", title_es="Manual")
    full_organisation()
    full_engagement(activity_status="1", start_date=date(2030, 1, 1), end_date=None)
    topic = Topic.objects.create(slug="a-new-topic", name="Bees", name_en="Bees", name_es="Abejas")
    full_engagement(end_precision="year").topics.add(topic)
    Topic.objects.filter(slug="gender").update(name_fr="Genre et travail")
    # Never public: what would show only with it.
    lonely = ProfileFactory(draft=True, slug="lonely")
    InterviewFactory(profile=lonely, series=SeriesFactory(slug="lonely-series", name_en="Lonely"))


def _sources(public: dict, interview: Interview) -> None:
    """Facts with one source and with several, whose words are quoted or not."""
    said = IntakeFactory(interview=interview, text="We began with milk. Nobody said this.")
    printed = IntakeFactory(
        interview=InterviewFactory(profile=public["profile"], source_url="https://example.org/printed"),
        text="Comenzamos con leche.  Luego\nabejas.",
        language="es",
    )
    again = IntakeFactory(interview=interview, text="We began with milk.")
    for record in public["sourced"]:
        SourceFactory(intake=said, record=record, start=0, end=19)
        SourceFactory(intake=printed, record=record)
    SourceFactory(intake=said, record=public["sourced"][1], start=20, end=37)
    other = EducationFactory(profile=public["profile"], title_en="Course")
    SourceFactory(intake=printed, record=other, start=0, end=21)
    SourceFactory(intake=again, record=other)
    unquoted = PositionFactory(profile=public["profile"], title_en="Clerk")
    SourceFactory(intake=said, record=unquoted, start=20, end=37)


def _stamp() -> None:
    """Times that no two records share, and that have microseconds, which a test would else rarely meet."""
    for model in (Profile, Interview, Engagement):
        for pk in model.objects.values_list("pk", flat=True):
            model.objects.filter(pk=pk).update(
                created_at=datetime(2021, 2, 3, 4, 5, pk % 60, pk, tzinfo=UTC),
                updated_at=datetime(2024, 2, 3, 4, 5, pk % 60, 7 * pk, tzinfo=UTC),
            )
