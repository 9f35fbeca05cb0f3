"""Questions about profiles."""

from collections.abc import Iterable
from datetime import datetime
from typing import Self

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, Window

from codelists.models import Language
from multilingual.text import alphabetical, lacks
from profiles.consent import ConsentScope
from publishing.previewing import PreviewLink
from publishing.querysets import PartQuerySet, PublishableQuerySet, published_q


class ProfileQuerySet(PublishableQuerySet):
    def by_name(self) -> Self:
        """By family name, as people sort names."""
        return self.order_by(alphabetical("family_name"), alphabetical("given_name"), "pk")

    def newest_first(self) -> Self:
        """By the date of publication."""
        return self.order_by("-publish_at", "-pk")

    def with_what_publication_asks(self) -> Self:
        """With what `missing_for_publication()` would ask for each profile alone."""
        interviews = self.model._meta.get_field("interviews").related_model
        photos = interviews._meta.get_field("photos").related_model._base_manager.filter(
            interview__profile=OuterRef("pk"), interview__status="published"
        )
        untitled = {
            f"has_untitled_{relation}": Exists(
                self.model._meta.get_field(relation).related_model._base_manager.filter(
                    lacks("title_en"), profile=OuterRef("pk")
                )
            )
            for relation in ("education", "positions")
        }
        return self.annotate(has_published_photos=Exists(photos), **untitled)

    def for_cards(self) -> Self:
        """With what a card shows."""
        return self.select_related("office__country")

    def with_matches(self, asked: Q, most: int = 3) -> Self:
        """With the person's parts in the engagements that answer `asked`, as `matches`: the `most` newest ones.

        `asked` is a condition on one engagement, told from the profile, as filters through "engagements" ask it; it
        must let only public ones pass. Each part knows, as `match_count`, how many there are in all.
        """
        parts = self.model.engagements.through._base_manager.all()
        answers = self.model._base_manager.filter(
            asked & Q(engagements=OuterRef("engagement")) & Q(pk=OuterRef("profile"))
        )
        matches = (
            parts.filter(Exists(answers))
            .annotate(match_count=Window(Count("pk"), partition_by=F("profile")))
            .select_related("engagement__country")
            .order_by("-engagement__start_date", "-engagement__pk")
        )
        return self.prefetch_related(Prefetch("engagement_staff", matches[:most], to_attr="matches"))

    def with_matching_languages(self, languages: Iterable[Language]) -> Self:
        """With those among the `languages` that the person speaks, as `matching_languages`."""
        spoken = Language.objects.filter(pk__in=[language.pk for language in languages])
        return self.prefetch_related(Prefetch("languages", spoken, to_attr="matching_languages"))

    def shown_by(self, link: PreviewLink) -> Self:
        """The profile to which a preview `link` leads, or to whose interview, while the person has not withdrawn."""
        interviews = self.model._meta.get_field("interviews").related_model
        if not link.applies_to(interviews):
            return super().shown_by(link).filter(withdrawn_on=None)
        interview = interviews._default_manager.filter(pk=link.pk).exclude(status="archived")
        return self.filter(pk__in=interview.values("profile"), withdrawn_on=None).exclude(status="archived")


class InterviewQuerySet(PublishableQuerySet):
    def published(self, at: datetime | None = None) -> Self:
        """Interviews that anybody may see now, or `at` another moment: the person's profile is public too."""
        return super().published(at).filter(published_q("profile", at))

    def shown_by(self, link: PreviewLink) -> Self:
        """The interview to which a preview `link` leads, or all of the profile to which it leads."""
        profiles = self.model._meta.get_field("profile").related_model._default_manager.shown_by(link)
        shown = self.filter(profile__in=profiles).exclude(status="archived")
        return shown.filter(pk=link.pk) if link.applies_to(self.model) else shown


class InterviewPhotoQuerySet(PartQuerySet):
    wholes = ("interview", "interview__profile")

    def reusable(self) -> Self:
        """Photos of people who agreed that others use them."""
        return self.filter(interview__profile__consent_scope=ConsentScope.REUSE)
