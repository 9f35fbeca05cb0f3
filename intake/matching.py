"""What the portal's database knows of what an article says: names to look for, and records that are there already.

Each table is asked once, whatever it holds and whatever is proposed.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from modeltranslation.utils import get_translation_fields

from codelists.models import Country
from engagements.models import Engagement
from intake import likeness
from intake.findings import Known, KnownProgramme, Proposals, ProposedEngagement
from intake.likeness import ALIKE
from intake.names import apart
from intake.review import Matches
from multilingual.text import columns
from organisations.models import Office, Organisation
from profiles.models import Interview, Profile, Series
from programmes.models import Programme
from search.analysis import fold, runs


def known_from_database() -> Known:
    """The names that an article may mention, of all records, public or not."""
    programmes = Programme._base_manager.order_by("pk").values("slug", *get_translation_fields("name"))
    organisations = Organisation._base_manager.order_by("pk")
    by_name: dict[str, str] = {}
    for row in organisations.values(*get_translation_fields("name"), *get_translation_fields("acronym")):
        names = list(_texts(row, "name"))
        by_name = dict.fromkeys(names, "") | by_name
        # An acronym stands for one name, and for the English one where there are several.
        if names:
            by_name[names[0]] = next(_texts(row, "acronym"), "")
    return Known(
        programmes=tuple(
            KnownProgramme(row["slug"], names[0], tuple(names[1:]))
            for row in programmes
            if (names := list(dict.fromkeys(_texts(row, "name"))))
        ),
        organisations=by_name,
        offices=_names_of(Office),
        series=_names_of(Series),
    )


def _names_of(model) -> tuple[str, ...]:
    rows = model._base_manager.order_by("pk").values(*get_translation_fields("name"))
    return tuple(dict.fromkeys(name for row in rows for name in _texts(row, "name")))


def matches_of(proposals: Proposals, source_url: str = "") -> Matches:
    """The records that the proposed ones are already."""
    interview = proposals.interview
    organisations = _organisations(proposals)
    office = _office(" ".join(found.value for found in (interview.unit, interview.office) if found))
    profile = _profile(interview.name.value if interview.name else "", office)
    interview_found = _interview(proposals, profile, source_url)
    if interview_found and not profile:
        profile = interview_found["profile"]
    return Matches(
        profile=profile,
        interview=interview_found["pk"] if interview_found else None,
        office=office,
        series=_series(interview.series.value if interview.series else ""),
        organisations=organisations,
        programmes=_programmes(proposals),
        engagements=_engagements(proposals, profile, organisations),
        countries=dict(Country.objects.values_list("pk", _name_column(interview.language))),
    )


def _profile(name: str, office: int | None) -> int | None:
    """The profile of the person of that name; of several alike the one at the office, or else the oldest."""
    rows = Profile._base_manager.order_by("pk").values_list("pk", "given_name", "family_name", "office")
    found = [
        (score, row_office == office, -pk)
        for pk, given_name, family_name, row_office in rows
        if (score := likeness.people(name, f"{given_name} {family_name}")) >= ALIKE
    ]
    return -max(found)[2] if found else None


def _interview(proposals: Proposals, profile: int | None, source_url: str) -> dict[str, Any] | None:
    """The interview that the article is: of the same address, or with the person on that day or of that title."""
    interview = proposals.interview
    titles = get_translation_fields("title")
    rows = Interview._base_manager.filter(Q(profile=profile) | (Q(source_url=source_url) & ~Q(source_url="")))
    found = []
    for row in rows.order_by("pk").values("pk", "profile", "published_on", "source_url", *titles):
        score = 0
        if source_url and row["source_url"] == source_url:
            score = 3
        elif interview.published_on and row["published_on"] == interview.published_on:
            score = 2
        elif interview.title and not (interview.published_on and row["published_on"]):
            alike = (likeness.titles(interview.title.value, title) for title in _texts(row, "title"))
            score = int(max(alike, default=0) >= ALIKE)
        if score:
            found.append((score, -row["pk"], row))
    return max(found, key=lambda each: each[:2])[2] if found else None


def _office(text: str) -> int | None:
    names, cities = get_translation_fields("name"), get_translation_fields("city")
    countries = [f"country__{name}" for name in names]
    best = (ALIKE - 1, 0)
    for row in Office._base_manager.order_by("pk").values("pk", *names, *cities, *countries):
        score = likeness.offices(
            text, *([row[name] for name in each if row[name]] for each in (names, cities, countries))
        )
        best = max(best, (score, -row["pk"]))
    return -best[1] or None


def _series(text: str) -> int | None:
    best = (ALIKE - 1, 0)
    for row in Series._base_manager.order_by("pk").values("pk", *get_translation_fields("name")):
        score = max((likeness.titles(text, name) for name in _texts(row, "name")), default=0)
        best = max(best, (score, -row["pk"]))
    return -best[1] or None


def _programmes(proposals: Proposals) -> dict[str, int]:
    return programmes_of((programme.slug, programme.name) for programme in proposals.programmes)


def programmes_of(wanted: Iterable[tuple[str, str]]) -> dict[str, int]:
    """The programmes of the portal that these are, given by slug and name; by slug."""
    by_name = {}
    for row in Programme._base_manager.order_by("-pk").values("pk", "slug", *get_translation_fields("name")):
        by_name |= {"".join(runs(name)): row["pk"] for name in (row["slug"], *_texts(row, "name"))}
    found = {}
    for slug, name in wanted:
        for known_as in (name, slug):
            if pk := by_name.get("".join(runs(known_as))):
                found[slug] = pk
    return found


WORLDWIDE = {Organisation.Kind.UN_AGENCY, Organisation.Kind.INTERGOVERNMENTAL}


@dataclass(frozen=True)
class Named:
    """An organisation as an article or a review names it: `said`, or in `full` with an `acronym`."""

    said: str
    full: str
    acronym: str = ""
    country: str = ""


def _organisations(proposals: Proposals) -> dict[str, int]:
    countries: dict[str, set[str]] = defaultdict(set)
    for engagement in proposals.engagements:
        for name in engagement.organisations:
            countries[name].add(engagement.country)
    proposed = {one.name: one for one in proposals.organisations}
    wanted = []
    for name in dict.fromkeys([*proposed, *_also_named(proposals)]):
        one = proposed.get(name)
        full, acronym = apart(name)
        # What the United Nations do in a country is theirs, wherever they have their seat.
        country = one.country if one and one.kind not in WORLDWIDE else ""
        # A ministry is of the country in which it is worked with.
        if one and one.kind == "government" and not country and len(countries[name]) == 1:
            country = next(iter(countries[name]))
        wanted.append(Named(name, full, (one.acronym if one else "") or acronym, country))
    return organisations_of(wanted)


def organisations_of(wanted: Iterable[Named], least: int = ALIKE) -> dict[str, int]:
    """The organisations of the portal that these are, by the wanted names; as likely as `least` at least."""
    names = get_translation_fields("name")
    columns = (*names, *get_translation_fields("acronym"), *(f"country__{name}" for name in names))
    known = list(Organisation._base_manager.order_by("pk").values("pk", "country", *columns))
    found = {}
    for named in wanted:
        score, pk = max(((_likeness(named, row), -row["pk"]) for row in known), default=(0, 0))
        if score >= least:
            found[named.said] = -pk
    return found


def _also_named(proposals: Proposals) -> Iterator[str]:
    for step in (*proposals.education, *proposals.positions):
        if step.organisation:
            yield step.organisation
    for engagement in proposals.engagements:
        yield from engagement.organisations


def _likeness(named: Named, row: dict[str, Any]) -> int:
    if named.country and row["country"] and named.country != row["country"]:
        return 0
    names = [*_texts(row, "name")]
    if named.country and named.country == row["country"]:
        # “Ministry of Fisheries” in an article about Peru is the “Ministry of Fisheries of Peru”.
        places = {run for column in get_translation_fields("name") for run in runs(row[f"country__{column}"] or "")}
        names += [" ".join(run for run in runs(name) if run not in places) for name in names]
    score = max((likeness.organisations(named.full, name) for name in names), default=0)
    acronyms = {fold(acronym) for acronym in _texts(row, "acronym")} - {""}
    acronyms |= {fold(name) for name in names if len(runs(name)) == 1}
    if sum(letter.isupper() for letter in named.full) > 1 and fold(named.full) in acronyms:
        return max(score, 85)  # the article says nothing but the acronym
    if named.acronym and fold(named.acronym) in acronyms:
        # An acronym alone is had by many: the country or a word of the name must be the same, too.
        words = set(runs(named.full))
        shared = any(words & set(runs(name)) for name in names) or any(
            fold(named.acronym) == fold(name) for name in names
        )
        score = max(score, 88 if shared or (named.country and named.country == row["country"]) else 0)
    return score


def _engagements(proposals: Proposals, profile: int | None, organisations: dict[str, int]) -> dict[int, int]:
    """The engagements that are there already: the person's, or of the same partner, there, with the programme, then.

    Each is found once.
    """
    partners = set(organisations.values())
    rows = (
        Engagement._base_manager.filter(country__in={one.country for one in proposals.engagements})
        .filter(Q(staff=profile) | Q(partners__in=partners))
        .select_related("programme")
        .prefetch_related("staff", "partners")
        .order_by("pk")
        .distinct()
    )
    known = list(rows)
    scored = [
        (score, -number, -engagement.pk)
        for number, proposed in enumerate(proposals.engagements)
        for engagement in known
        if (score := _same_engagement(proposed, engagement, profile, organisations))
    ]
    found: dict[int, int] = {}
    for _score, number, pk in sorted(scored, reverse=True):
        if -number not in found and -pk not in found.values():
            found[-number] = -pk
    return found


def _same_engagement(
    proposed: ProposedEngagement, engagement: Engagement, profile: int | None, organisations: dict[str, int]
) -> int:
    slug = engagement.programme.slug if engagement.programme else ""
    if proposed.country != engagement.country_id or (proposed.programme and slug and proposed.programme != slug):
        return 0
    same_programme = bool(slug) and proposed.programme == slug
    if not same_programme and proposed.kind != engagement.kind:
        return 0
    first, last = engagement.start_date.year, (engagement.end_date or engagement.start_date).year
    years = {year for year in (proposed.year, proposed.to_year) if year}
    if years and not any(first <= year <= last for year in years):
        return 0
    is_theirs = profile in {person.pk for person in engagement.staff.all()}
    partners = {partner.pk for partner in engagement.partners.all()}
    shared = bool(partners & {organisations.get(name) for name in proposed.organisations})
    # Of others' engagements only one with the same partner, programme and year is surely this one.
    if not (is_theirs or (shared and same_programme and years)):
        return 0
    return 1 + 4 * is_theirs + 2 * same_programme + 2 * bool(years) + shared


def _texts(row: dict[str, Any], field: str) -> Iterator[str]:
    """The texts of the translated `field`, English first."""
    return (row[name] for name in get_translation_fields(field) if row[name])


def _name_column(language: str) -> str:
    return f"name_{language}" if f"name_{language}" in get_translation_fields("name") else columns("name")[-1]
