"""Questions about profiles."""

from typing import Self

from django.db.models import Q

from publishing.querysets import PublishableQuerySet


class ProfileQuerySet(PublishableQuerySet):
    def matching(self, text: str) -> Self:
        """Profiles in which every word of `text` is found in the name, post title or summary."""
        found = Q()
        for word in text.split():
            found &= (
                Q(given_name__icontains=word)
                | Q(family_name__icontains=word)
                | Q(post_title__icontains=word)
                | Q(summary__icontains=word)
            )
        return self.filter(found)
