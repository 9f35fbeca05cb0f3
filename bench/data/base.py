"""Everything but the engagements: offices, partner organisations, programmes, colleagues and their interviews.

Records are made by the portal's models, in the order in which the portal sorts them: their keys then sort them as well.
"""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice

from django.db.models import Model
from django.utils.text import slugify

from bench.data.recipe import Size
from bench.data.words import GROUPS, PRODUCTS, people, word, zipf
from codelists.models import Country, DeliveryMode, Language, Sector, SustainableDevelopmentGoal, Topic
from organisations.models import Office, Organisation
from profiles.consent import ConsentScope
from profiles.models import Education, Exchange, Interview, Position, Profile, Series
from programmes.models import Material, Module, Programme
from publishing.models import Status

FIRST_DAY = datetime(2015, 1, 5, 8, tzinfo=UTC)
DAYS = 4_000  # in which everything was published: until December 2025
FAR_AHEAD = datetime(2050, 1, 1, tzinfo=UTC)
_KINDS = {
    Organisation.Kind.COOPERATIVE: "Cooperative",
    Organisation.Kind.FEDERATION: "Cooperative Federation",
    Organisation.Kind.GOVERNMENT: "Ministry of Cooperatives",
    Organisation.Kind.NGO: "Development Association",
    Organisation.Kind.UNIVERSITY: "University",
    Organisation.Kind.WORKERS: "Trade Union",
    Organisation.Kind.EMPLOYERS: "Employers' Organisation",
    Organisation.Kind.COMPANY: "Trading Company",
}
_POSTS = ["Enterprises Specialist", "National Coordinator", "Technical Officer", "Trainer", "Programme Manager"]


@dataclass(frozen=True)
class Base:
    """The records that engagements are tied to; countries with their weights, the most frequent first."""

    countries: list[Country]
    country_weights: list[float]
    sectors: list[Sector]
    topics: list[Topic]
    programmes: list[Programme]
    organisations: list[Organisation]
    people: list[Profile]


def status_of(chance: random.Random) -> dict:
    """Where a record stands: nearly all are public."""
    moment = FIRST_DAY + timedelta(days=chance.randrange(DAYS), minutes=chance.randrange(600))
    match chance.random():
        case share if share < 0.94:
            return {"status": Status.PUBLISHED, "publish_at": moment}
        case share if share < 0.97:
            return {"status": Status.DRAFT}
        case share if share < 0.98:
            return {"status": Status.IN_REVIEW}
        case share if share < 0.99:
            return {"status": Status.ARCHIVED, "publish_at": moment}
        case _:
            return {"status": Status.PUBLISHED, "publish_at": FAR_AHEAD + timedelta(days=chance.randrange(3_000))}


def fill(size: Size, chance: random.Random) -> Base:
    """Write all of it, and answer what engagements need of it."""
    countries = list(Country.objects.order_by("code"))
    chance.shuffle(countries)
    weights = zipf(len(countries), 0.9)
    topics = list(Topic.objects.all())
    languages = list(Language.objects.filter(code__in=["en", "es", "fr", "ar", "pt", "ru", "zh", "sw", "hi"]))
    offices = _offices(size, countries)
    organisations = _organisations(size, countries, weights, chance)
    programmes = _programmes(size, organisations, topics, languages, chance)
    colleagues = _profiles(size, offices, topics, languages, chance)
    _careers(colleagues, organisations, countries, weights, chance)
    _interviews(colleagues, languages, chance)
    return Base(countries, weights, list(Sector.objects.all()), topics, programmes, organisations, colleagues)


def _offices(size: Size, countries: Sequence[Country]) -> list[Office]:
    offices = [
        Office(
            pk=number,
            name_en=f"Office for {country.name_en}",
            name_es=f"Oficina para {country.name_es}",
            city_en=word(number * 977).capitalize(),
            country=country,
        )
        for number, country in enumerate(countries[: size.offices], 1)
    ]
    _create(offices)
    _link(Office.countries_covered, ((office.pk, [office.country_id]) for office in offices))
    return offices


def _organisations(size: Size, countries, weights, chance) -> list[Organisation]:
    # Of the same length and each with a first word of its own, they are sorted alike by every database.
    first_words = sorted(word(number * 101 % 343_000).capitalize() for number in range(1, size.organisations + 1))
    organisations = []
    for number, first_word in enumerate(first_words, 1):
        kind = chance.choice(list(_KINDS))
        seat = chance.choices(countries, cum_weights=weights)[0] if chance.random() < 0.95 else None
        organisations.append(
            Organisation(
                pk=number,
                name_en=f"{first_word} {_KINDS[kind]}",
                slug=slugify(f"{first_word} {_KINDS[kind]}"),
                acronym_en=f"{first_word[:2].upper()}{number}" if chance.random() < 0.3 else "",
                kind=kind,
                country=seat,
                website=f"https://www.example.org/{number}" if chance.random() < 0.5 else "",
                description_en=f"It supports {chance.choice(PRODUCTS)[0]} cooperatives and their members.",
                **status_of(chance),
            )
        )
    return _create(organisations)


def _programmes(size: Size, organisations, topics, languages, chance) -> list[Programme]:
    modes, goals, sectors = (list(model.objects.all()) for model in (DeliveryMode, SustainableDevelopmentGoal, Sector))
    first_words = sorted(word(number * 613 % 343_000).capitalize() for number in range(1, size.programmes + 1))
    programmes = []
    for number, first_word in enumerate(first_words, 1):
        subject, subject_es, subject_fr = chance.choice(PRODUCTS)
        translated = chance.random() < 0.5
        programmes.append(
            Programme(
                pk=number,
                name_en=f"{first_word} Coop for {subject.title()}",
                slug=f"{first_word.lower()}-coop",
                kind=chance.choice(Programme.Kind.values),
                aim_en=f"Participants can lead a cooperative in {subject}, plan its business and keep its accounts.",
                aim_es=f"Los participantes saben dirigir una cooperativa de {subject_es}." if translated else None,
                aim_fr=f"Les participants savent diriger une coopérative de {subject_fr}." if translated else None,
                audience_en=f"For {chance.choice(GROUPS)[0]}.",
                duration_en=f"{chance.randrange(1, 12)} days",
                launch_year=chance.randrange(1995, 2026),
                featured=number <= 3,
                **status_of(chance),
            )
        )
    _create(programmes)
    for field, things, most in (
        (Programme.delivery_modes, modes, 2),
        (Programme.languages, languages, 3),
        (Programme.topics, topics, 3),
        (Programme.sectors, sectors, 2),
        (Programme.sdgs, goals, 4),
        (Programme.partners, organisations, 3),
    ):
        _link(field, ((programme.pk, _some(things, most, chance)) for programme in programmes))
    _create(
        Module(programme=programme, order=order, title_en=f"Module on {chance.choice(PRODUCTS)[0]}, part {order}")
        for programme in programmes
        for order in range(1, chance.randrange(3, 7))
    )
    _create(
        Material(
            programme=programme,
            title_en=f"Manual for trainers in {chance.choice(PRODUCTS)[0]}",
            url=f"https://www.example.org/manuals/{programme.pk}.pdf",
            language=chance.choice(languages),
        )
        for programme in programmes
        if chance.random() < 0.7
    )
    return programmes


def _profiles(size: Size, offices, topics, languages, chance) -> list[Profile]:
    profiles = []
    for number, (given, family) in enumerate(people(size.people, chance), 1):
        subject, group = chance.choice(PRODUCTS)[0], chance.choice(GROUPS)[0]
        profiles.append(
            Profile(
                pk=number,
                given_name=given,
                family_name=family,
                slug=f"{given}-{family}".lower(),
                post_title_en=chance.choice(_POSTS),
                office=chance.choice(offices),
                summary_en=(
                    f"{given} {family} has worked with {group} since {chance.randrange(1995, 2025)}. "
                    f"Today the focus is on {subject} cooperatives and on those who train them."
                ),
                consent_date=date(2024, 5, 1),
                consent_by="the person, by e-mail",
                consent_scope=ConsentScope.REUSE,
                featured=number <= 4,
                **status_of(chance),
            )
        )
    _create(profiles)
    _link(Profile.languages, ((profile.pk, _some(languages, 3, chance)) for profile in profiles))
    _link(Profile.topics, ((profile.pk, _some(topics, 3, chance)) for profile in profiles))
    return profiles


def _careers(colleagues, organisations, countries, weights, chance) -> None:
    education, positions = [], []
    for person in colleagues:
        year = chance.randrange(1985, 2010)
        education.append(
            Education(
                profile=person, title_en="Degree in economics", from_year=year, to_year=year + 4,
                country=chance.choices(countries, cum_weights=weights)[0],
            )
        )  # fmt: skip
        for step in range(chance.choice((1, 1, 2))):
            positions.append(
                Position(
                    pk=len(positions) + 1, profile=person, title_en=chance.choice(_POSTS),
                    organisation=chance.choice(organisations) if chance.random() < 0.5 else None,
                    from_year=year + 5 + 4 * step,
                )
            )  # fmt: skip
    _create(education)
    _create(positions)
    _link(Position.countries, ((one.pk, chance.choices(countries, cum_weights=weights)) for one in positions))


def _interviews(colleagues, languages, chance) -> None:
    series = Series.objects.create(pk=1, name_en="Champions", slug="champions", introduction_en="<p>Who they are.</p>")
    interviews = [
        Interview(
            pk=number,
            profile=person,
            series=series,
            title_en=f"“{chance.choice(PRODUCTS)[0].capitalize()} changed what members expect”",
            pull_quote_en="A cooperative is learned by running one.",
            published_on=date(2024, 5, 1) + timedelta(days=chance.randrange(700)),
            language=languages[0],
            **status_of(chance),
        )
        for number, person in enumerate(islice(colleagues, 0, None, 10), 1)
    ]
    _create(interviews)
    _create(
        Exchange(
            interview=interview,
            order=order,
            question_en=f"What did you learn from {chance.choice(GROUPS)[0]}?",
            answer_en=f"<p>That {chance.choice(PRODUCTS)[0]} needs patience. We began small and met every week.</p>",
        )
        for interview in interviews
        for order in (1, 2, 3)
    )


def _some(things: Sequence[Model], most: int, chance: random.Random) -> list:
    """The keys of one to `most` of them, in their order."""
    return [things[place].pk for place in sorted(chance.sample(range(len(things)), chance.randint(1, most)))]


def _link(field, pairs: Iterable[tuple[int, list]]) -> None:
    """Fill the table of a many-to-many relation: the key of a record, and those of what it is linked to."""
    through = field.through
    own, other = field.field.m2m_column_name(), field.field.m2m_reverse_name()
    links = (through(**{own: key, other: getattr(value, "pk", value)}) for key, values in pairs for value in values)
    _create(links, through)


def _create(records: Iterable[Model], model: type[Model] | None = None) -> list:
    """Write them, some at a time, without signals: what follows from them is made at the end of all."""
    records = list(records)
    if records:
        (model or type(records[0]))._base_manager.bulk_create(records, batch_size=500)
    return records
