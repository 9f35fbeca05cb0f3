"""Questions about profiles."""

from typing import Self

from multilingual.text import alphabetical, contains_words
from publishing.querysets import PartQuerySet, PublishableQuerySet, published_q


class ProfileQuerySet(PublishableQuerySet):
    def matching(self, text: str) -> Self:
        """Profiles in which every word of `text` is found in the name, post title or summary."""
        return self.filter(
            contains_words(text, fields=("given_name", "family_name"), translated=("post_title", "summary"))
        )

    def by_name(self) -> Self:
        """By family name, as people sort names."""
        return self.order_by(alphabetical("family_name"), alphabetical("given_name"), "pk")

    def newest_first(self) -> Self:
        """By the date of publication."""
        return self.order_by("-publish_at", "-pk")

    def for_cards(self) -> Self:
        """With what a card shows."""
        return self.select_related("office__country")


class InterviewQuerySet(PublishableQuerySet):
    def published(self) -> Self:
        """Interviews that anybody may see now: the person's profile is public too."""
        return super().published().filter(published_q("profile"))


class InterviewPhotoQuerySet(PartQuerySet):
    wholes = ("interview", "interview__profile")
