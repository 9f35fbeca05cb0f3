"""The form of each kind of record that a review proposes."""

import secrets
from copy import deepcopy

from django import forms
from django.conf import settings
from django.forms.utils import ErrorDict
from django.utils.functional import cached_property
from django.utils.text import Truncator, capfirst, slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from engagements.models import Engagement, EngagementStaff
from intake import likeness
from intake.findings import Confidence
from intake.marking import place_of
from intake.review import BLANK, Item
from intake.review_forms.choices import Choices
from intake.review_forms.fields import (
    ChoiceField,
    CountriesField,
    CountryField,
    DayField,
    LinkField,
    NamedField,
    NumberField,
    OrganisationField,
    OrganisationsField,
    ProgrammeField,
    TextField,
    TickField,
    TopicsField,
    YearField,
)
from intake.review_forms.widgets import LeanHiddenInput
from intake.wording import REASONS
from organisations.models import Organisation
from programmes.models import Programme

CONFIDENCE = {
    Confidence.HIGH: _("Quite sure"),
    Confidence.MEDIUM: _("Likely"),
    Confidence.LOW: _("Not sure: please check"),
}


class ItemForm(forms.Form):
    """Base: a proposed record. Nothing typed is wrong while a review is only saved, or the record is left out.

    `complete` is whether drafts are to be made of what was typed. `more` are the fields that are shown on demand;
    `short` those that tell the record from others of its kind. A kind that `takes_words` asks for the place in the
    article of what an editor adds.
    """

    section = ""
    heading = ""
    more: tuple[str, ...] = ()
    more_label = ""
    short: tuple[str, ...] = ()
    shows_quotes = True
    takes_words = False

    include = TickField(label=_("take over"), initial=True)
    id = forms.CharField(required=False, widget=LeanHiddenInput)

    def __init__(self, *args, choices: Choices, known: dict[str, Item], complete: bool = False, **kwargs):
        """`known` are the records of this kind as the review has them, by their id."""
        super().__init__(*args, **kwargs)
        self.complete = complete
        # Of the profile and the interview there is one, whatever is sent.
        key = str(self["id"].value() or "") if self.section in BLANK else self.section
        self.stored = known.get(key, {})
        if self.takes_words and not self.stored.get("evidence"):
            self.fields["words"] = TextField(
                label=_("words of the article that say so"),
                rows=2,
                help_text=_("Copy them from the article: they are kept as the source of the record."),
            )
        self.text = choices.text
        self.found = choices.found(self.section, self.stored.get("match") or self.stored.get("found"))
        if known_records := self.records(choices):
            self.fields["match"] = ChoiceField(
                label=_("in the portal already"), empty=_("no: make a new record"), whole=True
            )
            self.fields["match"].offer(known_records)
        self.offer(choices)

    def offer(self, choices: Choices) -> None:
        """Fill the fields whose choices or names are those of the portal."""
        for field in self.fields.values():
            if isinstance(field, ProgrammeField):
                field.named = choices.programmes
            elif isinstance(field, CountryField | CountriesField):
                field.named = choices.countries
            elif isinstance(field, OrganisationField | OrganisationsField):
                field.offer(choices.organisations)

    def records(self, choices: Choices) -> list[tuple[int, str]]:
        """The records of the portal of which this may be one."""
        if self.found is None:
            return []
        return [(self.found.pk, gettext("yes: “%(name)s” gets what it lacks") % {"name": self.found})]

    # What was typed

    def full_clean(self):
        super().full_clean()
        if self.is_bound and not (self.complete and self.is_taken):
            self._errors = ErrorDict(renderer=self.renderer)

    @property
    def is_taken(self) -> bool:
        """Whether the record is to be made, as the form says at the moment."""
        return bool(self["include"].value())

    @property
    def is_blank(self) -> bool:
        """Whether it was added by hand and nothing is written in it."""
        if self.typed["evidence"] or self.typed.get("words"):
            return False
        blank = BLANK.get(self.section, {})
        return all(self.typed[name] == blank[name] for name in self.fields if name in blank)

    @cached_property
    def typed(self) -> Item:
        """The record as the review keeps it, whether it is right or not."""
        return self.kept()

    def clean(self):
        if self.typed.get("words"):
            self.add_error("words", _("These words do not stand in the article. Copy them from it."))
        return super().clean()

    def kept(self) -> Item:
        """What is in the fields, and what no field shows."""
        said = {
            name: field.keep(field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name)))
            for name, field in self.fields.items()
            if name not in ("id", "place")
        }
        if self.found:
            said["found"] = self.found.pk
        if "match" in self.stored and said.get("match") not in dict(
            self.fields["match"].choices if "match" in said else ()
        ):
            said["match"] = None  # there is none any more
        if "words" in said and (found := place_of(said["words"], self.text)):
            said |= {"words": "", "evidence": [found]}
        added = {
            "id": f"{self.section}-{secrets.token_hex(4)}",
            **deepcopy(BLANK.get(self.section, {})),
            "evidence": [],
        }
        return {**(self.stored or added), **said}

    @property
    def place(self) -> int | None:
        """The number that an editor gave the record among those of its section."""
        typed = str(self["place"].value() or "") if "place" in self.fields else ""
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 5 else None

    # What the page shows

    @property
    def called(self) -> str:
        """The kind of record, and its number where there may be several."""
        heading, number = capfirst(self.heading), self.prefix.rpartition("-")[2]
        if number == "__prefix__":
            return f"{heading} __prefix__-number"  # filled in by the page's script
        return f"{heading} {int(number) + 1}" if number.isdigit() else heading

    @property
    def now(self) -> Item:
        """What the form says at the moment."""
        return self.typed if self.is_bound else self.stored

    @property
    def in_short(self) -> str:
        """What tells the record from others of its kind."""
        fields = {name: self.fields[name] for name in self.short}
        said = {name: self.now.get(name) for name in self.short}
        words = (
            field.prepare_value(said[name]) if isinstance(field, NamedField) else said[name]
            for name, field in fields.items()
        )
        return Truncator(" · ".join(str(each) for each in words if each)).chars(80)

    @property
    def head_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in ("include", "id", "match", *self.more)]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.more]

    @property
    def more_is_wrong(self) -> bool:
        """Whether something is wrong that is shown on demand only."""
        return any(self[name].errors for name in self.more)

    @property
    def confidence(self) -> str:
        return CONFIDENCE.get(self.stored.get("confidence"), "") if self.stored.get("evidence") else ""

    @property
    def reasons(self) -> list[str]:
        """Why it was proposed as it is."""
        return [REASONS[key] for key in self.stored.get("reasons", []) if key in REASONS]


class ProfileForm(ItemForm):
    section, heading = "profile", _("profile")
    shows_quotes = False

    is_new = TickField(label=_("this is somebody else of the same name"))
    given_name = TextField(label=_("given name"), max_length=100)
    family_name = TextField(label=_("family name"), max_length=100)
    post_title = TextField(label=_("post title"), max_length=200)
    office = ChoiceField(label=_("office"), whole=True)
    summary = TextField(
        label=_("summary"), rows=3, help_text=_("Two or three sentences, shown on cards and at the top of the page.")
    )

    def records(self, choices):
        return choices.profiles

    def offer(self, choices):
        super().offer(choices)
        name = " ".join(str(self[part].value() or "") for part in ("given_name", "family_name"))
        if not any(likeness.people(name, other) == likeness.SURELY for _pk, other in choices.profiles):
            del self.fields["is_new"]
        self.fields["office"].offer(choices.offices)
        if said := self.stored.get("office_text"):
            self.fields["office"].help_text = gettext("The article says: “%(text)s”.") % {"text": said}


class InterviewForm(ItemForm):
    section, heading = "interview", _("interview")
    shows_quotes = False

    title = TextField(label=_("title"), max_length=250, is_wide=True)
    series = ChoiceField(label=_("series"), whole=True)
    published_on = DayField(label=_("date of the interview"), help_text=_("The date that the article bears."))
    language = ChoiceField(label=_("language of the article"), choices=settings.CONTENT_LANGUAGES)
    source_url = LinkField(label=_("source"), max_length=500, help_text=_("Where the interview was first printed."))

    def offer(self, choices):
        super().offer(choices)
        self.fields["series"].offer(choices.series)
        if said := self.stored.get("series_text"):
            self.fields["series"].help_text = gettext("The article says: “%(text)s”.") % {"text": said}


class ExchangeForm(ItemForm):
    section, heading = "exchanges", _("question and answer")
    shows_quotes = False

    question = TextField(label=_("question"), rows=2)
    answer = TextField(label=_("answer"), rows=6, help_text=_("An empty line begins a new paragraph."))
    place = NumberField(label=_("number"), help_text=_("Write another number to move the question."))


class CaptionForm(ItemForm):
    section, heading = "captions", _("caption")
    shows_quotes = False

    text = TextField(label=_("caption"), rows=2)
    exchange = ChoiceField(label=_("stands in the answer to"), empty=_("before the first question"))

    def offer(self, choices):
        super().offer(choices)
        self.fields["exchange"].offer(choices.exchanges)


class StepForm(ItemForm):
    """Base of a course of study and a post."""

    takes_words = True
    short = ("title", "organisation")

    title = TextField(label=_("title"), max_length=250, is_wide=True)
    organisation = OrganisationField(label=_("organisation"))
    from_year = YearField(label=_("from year"))
    to_year = YearField(label=_("to year"), help_text=_("Empty: until today, or not known."))


class EducationForm(StepForm):
    section, heading = "education", _("education")

    country = CountryField(label=_("country"))


class PositionForm(StepForm):
    section, heading = "positions", _("position")

    countries = CountriesField(label=_("countries"), help_text=_("One a line."))


class OrganisationForm(ItemForm):
    section, heading = "organisations", _("organisation")
    takes_words = True
    short = ("name",)

    name = TextField(label=_("name"), max_length=250, is_wide=True)
    acronym = TextField(label=_("acronym"), max_length=40)
    kind = ChoiceField(label=_("kind"), choices=Organisation.Kind.choices)
    country = CountryField(
        label=_("country"), help_text=_("Where it has its seat. Empty for one that works worldwide.")
    )


class ProgrammeForm(ItemForm):
    section, heading = "programmes", _("programme")
    takes_words = True
    short = ("name",)

    name = TextField(label=_("name"), max_length=200)
    kind = ChoiceField(label=_("kind"), choices=Programme.Kind.choices)

    def kept(self):
        item = super().kept()
        return {**item, "slug": item["slug"] or slugify(item["name"])[:100]}


class EngagementForm(ItemForm):
    section, heading = "engagements", _("engagement")
    takes_words = True
    more = ("sector", "topics")
    more_label = _("sector and topics")
    short = ("country", "programme", "year")

    title = TextField(label=_("title"), max_length=200, is_wide=True)
    country = CountryField(label=_("country"))
    programme = ProgrammeField(label=_("programme"))
    kind = ChoiceField(label=_("kind"), choices=Engagement.Kind.choices)
    year = YearField(label=_("year"))
    to_year = YearField(label=_("to year"), help_text=_("Empty, if it was one year."))
    staff_role = ChoiceField(
        label=_("role of the person"),
        choices=EngagementStaff.Role.choices,
        initial=EngagementStaff.Role.CONTRIBUTOR,
    )
    organisations = OrganisationsField(label=_("partners"), help_text=_("Those of the list “Organisations”."))
    summary = TextField(label=_("summary"), rows=3, help_text=_("What was done: one to three plain sentences."))
    sector = ChoiceField(label=_("sector"))
    topics = TopicsField(label=_("topics"))

    def offer(self, choices):
        super().offer(choices)
        self.fields["sector"].offer(choices.sectors)
        self.fields["topics"].choices = choices.topics


class TopicsForm(forms.Form):
    """The topics of the person, which are no record of their own."""

    topics = TopicsField(label=_("topics"))

    def __init__(self, *args, choices: Choices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["topics"].choices = choices.topics

    @property
    def typed(self) -> list[str]:
        return self.fields["topics"].keep(self.data.getlist(self.add_prefix("topics")))
