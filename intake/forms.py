"""The form with which an article is taken in."""

from django import forms
from django.conf import settings
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from intake.findings import Article, Proposals
from intake.matching import known_from_database
from intake.models import Intake
from intake.pipeline import propose_from
from intake.reading import Unreadable, read, read_text
from intake.reading.limits import MOST_BYTES
from intake.taking_in import take_in

FILES = ".txt,.html,.htm,.docx"
MOST_PROPOSED = 300  # records: the page of a review sends some fifteen fields for each, and 5000 at most


def number_of(proposals: Proposals) -> int:
    """How many records the page of the review would show."""
    found = proposals.interview.exchanges, proposals.interview.captions, proposals.education, proposals.positions
    return sum(map(len, (*found, proposals.organisations, proposals.programmes, proposals.engagements)))


class ArticleForm(forms.Form):
    """An article, pasted or as a file. It knows the `article` as it was read and, valid, what it proposes."""

    text = forms.CharField(
        label=_("text of the article"),
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 14, "class": "vLargeTextField"}),
        help_text=_("Copy all of the article, with title, date, questions and captions, and paste it here."),
    )
    file = forms.FileField(
        label=_("or a file"),
        required=False,
        widget=forms.FileInput({"accept": FILES}),
        help_text=_("A Word document (.docx), a saved web page (.html) or plain text (.txt)."),
        error_messages={"empty": _("The file is empty.")},
    )
    source_url = forms.URLField(
        label=_("address of the article"),
        required=False,
        max_length=500,
        assume_scheme="https",
        widget=forms.URLInput({"class": "vURLField"}),
        help_text=_("Where it was published. It is kept as the source; the portal does not open it."),
    )
    language = forms.ChoiceField(
        label=_("language of the article"),
        required=False,
        choices=[("", _("found by itself")), *settings.CONTENT_LANGUAGES],
    )
    again = forms.BooleanField(label=_("take it in again all the same"), required=False)

    article: Article
    proposals: Proposals

    def clean(self):
        data = super().clean()
        if self.errors:
            return data
        text, file = data.get("text", ""), data.get("file")
        if text.strip() and file:
            self.add_error("file", _("There is a pasted text, too. Choose one of the two: the text, or the file."))
        elif not text.strip() and not file:
            self.add_error("text", _("Paste the text of the article here, or choose a file below."))
        else:
            self._read("file" if file else "text")
        return data

    def _read(self, name: str) -> None:
        try:
            if name == "file":
                file = self.cleaned_data["file"]
                self.article = read(file.read(MOST_BYTES + 1), file.name)
            else:
                self.article = read_text(self.cleaned_data["text"])
        except Unreadable as problem:
            self.add_error(name, str(problem))
            return
        if self.same and not self.cleaned_data["again"]:
            self.add_error(None, gettext("This article was taken in before. Go on there, or tick the box below."))
            return
        self.proposals = propose_from(self.article, self.cleaned_data["language"], known_from_database())
        if number_of(self.proposals) > MOST_PROPOSED:
            self.add_error(name, gettext("This is more than one interview. Give one article only."))

    def take_in(self, by) -> Intake:
        """Begin the review of the article, for `by`."""
        file = self.cleaned_data["file"]
        return take_in(
            self.proposals, by, file_name=file.name if file else "", source_url=self.cleaned_data["source_url"]
        )

    @cached_property
    def same(self) -> list[Intake]:
        """Other intakes of this article, the latest first."""
        article = getattr(self, "article", None)
        return list(Intake.objects.of_text(article.text)) if article else []
