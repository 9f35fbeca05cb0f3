"""A whole review as forms: from what it keeps to the fields of the page, and back from what was typed."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from intake.checking import problems
from intake.review import BLANK, Item, Review, items
from intake.review_forms.choices import Choices
from intake.review_forms.items import (
    CaptionForm,
    EducationForm,
    EngagementForm,
    ExchangeForm,
    InterviewForm,
    ItemForm,
    OrganisationForm,
    PositionForm,
    ProfileForm,
    ProgrammeForm,
    TopicsForm,
)

MOST = 1000  # records of a section: no form goes beyond


@dataclass(frozen=True)
class Section:
    """A list of records in the review."""

    key: str
    form: type[ItemForm]
    heading: Promise
    adds: Promise


SECTIONS = (
    Section("exchanges", ExchangeForm, _("questions and answers"), _("Add a question")),
    Section("captions", CaptionForm, _("captions of photos"), _("Add a caption")),
    Section("education", EducationForm, _("education"), _("Add a course of study")),
    Section("positions", PositionForm, _("positions"), _("Add a position")),
    Section("organisations", OrganisationForm, _("organisations"), _("Add an organisation")),
    Section("programmes", ProgrammeForm, _("programmes"), _("Add a programme")),
    Section("engagements", EngagementForm, _("engagements"), _("Add an engagement")),
)


@dataclass(frozen=True)
class Fault:
    """Something wrong, the field at which it is, and the record in which that is."""

    text: str
    field: forms.BoundField
    record: str


class ReviewForms:
    """The forms of the review of the article `text`; `data` is what was typed.

    `complete` is whether drafts are to be made of it.
    """

    def __init__(self, review: Review, text: str, data: Mapping | None = None, *, complete: bool = False):
        self.review, self._data, self._complete = review, data, complete
        self._choices = Choices.load(review, text)
        self.problems: list[str] = []
        self.lists: dict[str, forms.BaseFormSet] = {}
        # These say what the fields of others offer.
        first = ("organisations", "programmes", "exchanges")
        for section in sorted(SECTIONS, key=lambda each: each.key not in first):
            self.lists[section.key] = self._list(section)
            records = self.lists[section.key].forms
            if section.key == "organisations":
                named = [(item["id"], item["name"]) for item in (form.now for form in records)]
                self._choices = replace(self._choices, organisations=named)
            elif section.key == "programmes":
                proposed = [(item["slug"], item["name"]) for item in (form.now for form in records) if item["slug"]]
                self._choices = self._choices.with_programmes(proposed)
            elif section.key == "exchanges":
                asked = [(form["id"].value(), str(form["question"].value() or "")) for form in records]
                exchanges = [(key, f"{number}. {text}"[:80]) for number, (key, text) in enumerate(asked, 1) if key]
                self._choices = replace(self._choices, exchanges=exchanges)
        self.profile = self._single(ProfileForm, "profile")
        self.interview = self._single(InterviewForm, "interview")
        initial = {"topics": review.get("topics", [])}
        self.topics = TopicsForm(data, prefix="person", initial=initial, choices=self._choices)

    def _single(self, form: type[ItemForm], key: str) -> ItemForm:
        item = self.review[key]
        arguments = {"choices": self._choices, "known": {item["id"]: item}, "complete": self._complete}
        return form(self._data, prefix=key, initial=item, **arguments)

    def _list(self, section: Section) -> forms.BaseFormSet:
        items = self.review[section.key]
        made = forms.formset_factory(section.form, extra=0, max_num=MOST, absolute_max=MOST)
        known = {item["id"]: item for item in items}
        arguments = {"choices": self._choices, "known": known, "complete": self._complete}
        initial = [{**item, "place": number} for number, item in enumerate(items, 1)]
        return made(self._data, prefix=section.key, initial=initial, form_kwargs=arguments)

    @property
    def is_whole(self) -> bool:
        """Whether all lists came as the page sends them: else what was typed would seem to be dropped."""
        return all(formset.management_form.is_valid() for formset in self.lists.values())

    @property
    def year_to_give(self) -> int | None:
        """The year of the article, where there are engagements that have none."""
        return year_of(self.review) if without_year(self.review) else None

    @property
    def country_names(self) -> list[str]:
        return list(self._choices.countries.names.values())

    @property
    def programme_names(self) -> list[str]:
        return list(self._choices.programmes.names.values())

    @property
    def sections(self) -> list[tuple[Section, forms.BaseFormSet]]:
        return [(section, self.lists[section.key]) for section in SECTIONS]

    @property
    def typed(self) -> Review:
        """The review as it is with what was typed, whether it is right or not. Blank records are left out."""
        lists = {
            key: [form.typed for form in in_order(formset.forms) if not form.is_blank]
            for key, formset in self.lists.items()
        }
        return {
            **self.review,
            **lists,
            "profile": self.profile.typed,
            "interview": self.interview.typed,
            "topics": self.topics.typed,
        }

    @property
    def all(self) -> Iterator[ItemForm]:
        """Every form of a record, in the order of the page."""
        yield self.profile
        yield self.interview
        for section in SECTIONS:
            yield from self.lists[section.key].forms

    def check(self) -> None:
        """Note at the fields all that is wrong or missing for drafts to be made."""
        review, wrong = deepcopy(self.typed), {}
        known = {item["id"]: item for item in items(review)}
        for form in self.all:
            if form.errors:
                wrong[form.typed["id"]] = set(form.errors)
                # The check is about what a field says: of what says nothing it must not be told.
                blank = BLANK.get(form.section, {})
                known[form.typed["id"]].update({name: blank[name] for name in form.errors if name in blank})
        self.note(
            {
                key: texts
                for key, texts in problems(review).items()
                if key.partition(".")[2] not in wrong.get(key.partition(".")[0], ())
            }
        )

    def note(self, found: dict[str, list[str]]) -> None:
        """Note at the fields what is wrong, by “id.field”; above all forms what is at no field of the page."""
        by_id = {form.typed["id"]: form for form in self.all}
        for key, texts in found.items():
            item, _dot, name = key.rpartition(".")
            form = by_id.get(item)
            if form is None:
                self.problems += texts
            elif name in form.fields:
                form.add_error(name, texts)
            else:
                self.problems += [f"{form.called}: {text}" for text in texts]

    @property
    def faults(self) -> list[Fault]:
        """What was noted at fields, in the order of the page."""
        return [
            Fault(text, form[name], form.called)
            for form in self.all
            for name, texts in form.errors.items()
            for text in texts
        ]


def year_of(review: Review) -> int | None:
    """The year of the article, where it is known."""
    year = str(review["interview"]["published_on"])[:4]
    return int(year) if year.isascii() and year.isdigit() else None


def without_year(review: Review) -> list[Item]:
    """The engagements of which it is not said when they were."""
    return [item for item in review["engagements"] if item["include"] and not item["year"] and not item["match"]]


def in_order(records: list[ItemForm]) -> list[ItemForm]:
    """The records by the number that an editor gave them, where they have one: one moved pushes the others aside."""

    def place(numbered: tuple[int, ItemForm]) -> tuple[int, int]:
        number, form = numbered
        wanted = form.place or number
        return wanted, (wanted > number) - (wanted < number)

    return [form for _number, form in sorted(enumerate(records, 1), key=place)]
