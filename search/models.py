"""The index: what the search knows of each public record, of the words in titles, and of records still to come."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from search.analysis import LONGEST


class Entry(models.Model):
    """One public record for readers of one language, where untranslated in English; its key is `search.places`'.

    `title` and `passages` are shown. `names`, `keywords` and `words` are what is matched: tokens of `search.analysis`,
    those of a title weigh most and those of running text least. `marks` are tokens that no reader types: see `Level`.
    The database's own full-text index follows this table by itself: see the migrations.
    """

    id = models.BigIntegerField(primary_key=True)
    kind = models.CharField(_("kind of record"), max_length=20)
    object_id = models.CharField(_("key of the record"), max_length=30)
    language = models.CharField(_("language of the readers"), max_length=10)
    scope = models.CharField(_("beginning of its tokens"), max_length=12)
    title = models.TextField(_("title"))
    title_language = models.CharField(
        _("language of the title"), max_length=10, blank=True, help_text=_("Empty for names of people.")
    )
    marks = models.TextField(_("tokens of the whole title and of countries"), blank=True)
    names = models.TextField(_("tokens of the title"), blank=True)
    keywords = models.TextField(_("tokens of key facts"), blank=True)
    words = models.TextField(_("tokens of the texts"), blank=True)
    vocabulary = models.TextField(_("words of the title, for typing errors"), blank=True)
    passages = models.JSONField(_("texts"), default=list, help_text=_("Pairs of text and language."))

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")

    def __str__(self) -> str:
        return f"{self.title} ({self.kind}, {self.language})"


class Word(models.Model):
    """A word of the titles in the index, folded, and in how many entries it stands: what a mistyped word may mean."""

    language = models.CharField(_("language of the readers"), max_length=10)
    text = models.CharField(_("word"), max_length=LONGEST)
    uses = models.IntegerField(_("entries with it"))

    class Meta:
        verbose_name = _("known word")
        verbose_name_plural = _("known words")
        constraints = [models.UniqueConstraint(fields=["language", "text"], name="search_word_once_per_language")]

    def __str__(self) -> str:
        return self.text


class Scheduled(models.Model):
    """A record that becomes public at `publish_at`. Until then the index has none of its words, only this."""

    kind = models.CharField(_("kind of record"), max_length=20)
    object_id = models.CharField(_("key of the record"), max_length=30)
    publish_at = models.DateTimeField(_("publication date"), db_index=True)

    class Meta:
        verbose_name = _("scheduled record")
        verbose_name_plural = _("scheduled records")
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="search_scheduled_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"


class Waiting(models.Model):
    """A record whose entries are still to be made anew, because one that many name has another name or was hidden.

    Its key is the place of the record without the language (`search.places`). `hides`: the entries hold the name of
    something that is not public any more, so until then they are found by their titles alone.
    """

    place = models.BigIntegerField(_("place of the record"), primary_key=True)
    hides = models.BooleanField(_("names something hidden"))

    class Meta:
        verbose_name = _("record to be indexed anew")
        verbose_name_plural = _("records to be indexed anew")
        indexes = [models.Index(fields=["hides"], name="search_waiting_hides")]

    def __str__(self) -> str:
        return str(self.place)
