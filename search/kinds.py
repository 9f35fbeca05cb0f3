"""What can be found: for each kind of record the title, key facts and texts that the index holds of it.

An entry has the record's own words and the names of public records that it is tied to; whatever is not public is left
out by asking for it with `published()`.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from django.conf import settings
from django.db.models import Exists, Model, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from modeltranslation.settings import AVAILABLE_LANGUAGES

from codelists.models import Country, Region, Topic
from engagements.models import Engagement, EngagementStaff
from organisations.models import Organisation
from profiles.models import Interview, Profile
from programmes.models import Programme
from publishing.querysets import PublishableQuerySet, published_q
from richtext.fields import RichTextField
from richtext.plain import plain_text

DEFAULT = settings.LANGUAGE_CODE


class Text(NamedTuple):
    """Words and the language they are in; "" for the names of people, which are in none."""

    words: str
    language: str


def said(record: Model, field: str, language: str) -> Text:
    """The translated `field` of `record` as a reader of `language` is shown it: in English where it is missing."""
    for code in (language, DEFAULT):
        column = f"{field}_{code}"
        if words := getattr(record, column):
            rich = isinstance(record._meta.get_field(column), RichTextField)
            return Text(plain_text(words) if rich else words, code)
    return Text("", language)


def translations(record: Model, field: str) -> Iterator[Text]:
    """The `field` of `record` in every language that there is, so that a name is found in each of them."""
    for code in AVAILABLE_LANGUAGES:
        if words := getattr(record, f"{field}_{code}"):
            yield Text(words, code)


def label_of(record: Model, field: str, language: str) -> Text:
    """The label of the choice in `field`."""
    return _label(type(record), field, getattr(record, field), language)


@lru_cache(maxsize=1_000)
def _label(model: type[Model], field: str, value: str, language: str) -> Text:
    with override(language):
        return Text(str(dict(model._meta.get_field(field).flatchoices).get(value, value)), language)


def name_of(organisation: Organisation | None, language: str) -> Iterator[Text]:
    """Under what an organisation is known; nothing for none."""
    if organisation:
        yield said(organisation, "name", language)
        yield Text(said(organisation, "acronym", language).words, "")


class Kind:
    """One kind of record that can be found. The attributes and methods are what the kinds differ in."""

    name: str
    number: int  # from 1 to 9, and for ever the same: it is part of what the index holds
    model: type[Model]
    label: str
    plural: str
    all_of: str  # "All %(number)s …"
    title_field = "name"

    def public(self) -> QuerySet:
        """The records that anybody may see now."""
        records = self.model._default_manager.all()
        return records.published() if isinstance(records, PublishableQuerySet) else records

    def indexed(self) -> QuerySet:
        """The public records with all that an entry is made of."""
        return self.public()

    def shown(self) -> QuerySet:
        """The public records with what a result shows."""
        return self.public()

    def in_country(self, country: Country) -> QuerySet:
        """The public records that have to do with `country`, where entries do not know by themselves (`countries`).

        To be asked of one record at a time: whatever these records lead through is asked by EXISTS.
        """
        return self.model._default_manager.none()

    def countries(self, record: Model) -> Iterable[str]:
        """The codes of the countries that the record has to do with, where it alone decides that."""
        return ()

    def title(self, record: Model, language: str) -> Text:
        return said(record, self.title_field, language)

    def names(self, record: Model, language: str) -> Iterable[Text]:
        """What counts as much as the title and is not in it."""
        return ()

    def keywords(self, record: Model, language: str) -> Iterable[Text]:
        """Key facts."""
        return ()

    def passages(self, record: Model, language: str) -> Iterable[Text]:
        """Running text, in the order of the page."""
        return ()


class People(Kind):
    number = 1
    name, model, label, plural = "profile", Profile, _("Person"), _("People")
    all_of = _("All %(number)s people")

    def indexed(self):
        organisation = Prefetch("organisation", Organisation.objects.published())
        return (
            self.public()
            .select_related("office__country")
            .prefetch_related("topics", "languages", "links", "positions__countries", "education__country")
            .prefetch_related(
                Prefetch("positions__organisation", organisation.queryset),
                Prefetch("education__organisation", organisation.queryset),
            )
        )

    def shown(self):
        return self.public().for_cards()

    def in_country(self, country):
        return self.public().filter(_took_part(country, "pk"))

    def title(self, record, language):
        return Text(str(record), "")

    def keywords(self, record, language):
        yield said(record, "post_title", language)
        if record.office:
            yield said(record.office, "name", language)
            yield said(record.office, "city", language)
            yield said(record.office.country, "name", language)
        for step in [*record.positions.all(), *record.education.all()]:
            yield said(step, "title", language)
            yield from name_of(step.organisation, language)
        for position in record.positions.all():
            for country in position.countries.all():
                yield said(country, "name", language)
        for course in record.education.all():
            if course.country:
                yield said(course.country, "name", language)
        for item in [*record.topics.all(), *record.languages.all()]:
            yield said(item, "name", language)

    def passages(self, record, language):
        yield said(record, "summary", language)
        for step in [*record.positions.all(), *record.education.all()]:
            yield said(step, "title", language)
        for link in record.links.all():
            yield said(link, "label", language)


class Interviews(Kind):
    number = 7
    name, model, label, plural = "interview", Interview, _("Interview"), _("Interviews")
    all_of = _("All %(number)s interviews")
    title_field = "title"

    def indexed(self):
        return self.public().select_related("profile", "series", "language").prefetch_related("exchanges", "photos")

    def shown(self):
        return self.public().select_related("profile", "series")

    def in_country(self, country):
        return self.public().filter(_took_part(country, "profile"))

    def keywords(self, record, language):
        yield Text(str(record.profile), "")
        if record.series:
            yield said(record.series, "name", language)
        if record.language:
            yield said(record.language, "name", language)

    def passages(self, record, language):
        for exchange in record.exchanges.all():
            yield said(exchange, "question", language)
            yield said(exchange, "answer", language)
        yield said(record, "pull_quote", language)
        for photo in record.photos.all():
            yield said(photo, "caption", language)


class Programmes(Kind):
    number = 2
    name, model, label, plural = "programme", Programme, _("Programme"), _("Programmes")
    all_of = _("All %(number)s programmes")

    def indexed(self):
        return self.public().prefetch_related(
            "modules",
            "materials",
            "topics",
            "sectors",
            "sdgs",
            "languages",
            "delivery_modes",
            Prefetch("partners", Organisation.objects.published()),
        )

    def in_country(self, country):
        return self.public().filter(
            Exists(Engagement.objects.published().filter(country=country, programme=OuterRef("pk")))
        )

    def keywords(self, record, language):
        yield label_of(record, "kind", language)
        for part in [*record.modules.all(), *record.materials.all()]:
            yield said(part, "title", language)
        for relation in (record.topics, record.sectors, record.sdgs, record.languages, record.delivery_modes):
            for item in relation.all():
                yield said(item, "name", language)
        for partner in record.partners.all():
            yield from name_of(partner, language)

    def passages(self, record, language):
        for field in ("aim", "audience", "duration"):
            yield said(record, field, language)
        for module in record.modules.all():
            yield said(module, "title", language)
            yield said(module, "summary", language)
        for material in record.materials.all():
            yield said(material, "title", language)


class Engagements(Kind):
    number = 8
    name, model, label, plural = "engagement", Engagement, _("Engagement"), _("Engagements")
    all_of = _("All %(number)s engagements")
    title_field = "title"

    def indexed(self):
        return (
            self.public()
            .select_related("country", "sector")
            .prefetch_related(
                "topics",
                Prefetch("programme", Programme.objects.published()),
                Prefetch("partners", Organisation.objects.published()),
                Prefetch("staff", Profile.objects.published()),
            )
        )

    def shown(self):
        return self.public().select_related("country")

    def countries(self, record):
        return (record.country_id,)

    def keywords(self, record, language):
        yield label_of(record, "kind", language)
        for item in [record.country, record.programme, record.sector, *record.topics.all()]:
            if item:
                yield said(item, "name", language)
        for partner in record.partners.all():
            yield from name_of(partner, language)
        for colleague in record.staff.all():
            yield Text(str(colleague), "")

    def passages(self, record, language):
        yield said(record, "summary", language)
        yield said(record, "results", language)


class Organisations(Kind):
    number = 4
    name, model, label, plural = "organisation", Organisation, _("Organisation"), _("Organisations")
    all_of = _("All %(number)s organisations")

    def indexed(self):
        return self.public().select_related("country")

    shown = indexed

    def in_country(self, country):
        with_it = Engagement.objects.published().filter(country=country, partners=OuterRef("pk"))
        return self.public().filter(Q(country=country) | Exists(with_it))

    def title(self, record, language):
        name, spoken = said(record, "name", language)
        acronym = said(record, "acronym", language).words
        return Text(f"{name} ({acronym})" if acronym else name, spoken)

    def names(self, record, language):
        for acronym in translations(record, "acronym"):
            yield Text(acronym.words, "")

    def keywords(self, record, language):
        yield label_of(record, "kind", language)
        if record.country:
            yield said(record.country, "name", language)

    def passages(self, record, language):
        yield said(record, "description", language)


class Countries(Kind):
    number = 3
    name, model, label, plural = "country", Country, _("Country"), _("Countries")
    all_of = _("All %(number)s countries")

    def indexed(self):
        return self.public().select_related("region", "subregion")

    def shown(self):
        return self.public().select_related("region")

    def countries(self, record):
        return (record.pk,)

    def keywords(self, record, language):
        yield Text(record.alpha3, "")
        for area in filter(None, [record.region, record.subregion]):
            yield said(area, "name", language)


class Regions(Kind):
    number = 6
    name, model, label, plural = "region", Region, _("Region"), _("Regions")
    all_of = _("All %(number)s regions")


class Topics(Kind):
    number = 5
    name, model, label, plural = "topic", Topic, _("Topic"), _("Topics")
    all_of = _("All %(number)s topics")

    def passages(self, record, language):
        yield said(record, "description", language)


def _took_part(country: Country, profile: str) -> Exists:
    """Condition that the person at the end of the path `profile` took part in a public engagement in `country`."""
    roles = EngagementStaff.objects.filter(published_q("engagement"), engagement__country=country)
    return Exists(roles.filter(profile=OuterRef(profile)))


# In the order in which equally good results are listed.
KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        People(),
        Programmes(),
        Countries(),
        Organisations(),
        Topics(),
        Regions(),
        Interviews(),
        Engagements(),
    )
}
