"""Who has a record open in the admin, so that two editors know of each other."""

from datetime import timedelta
from typing import Self

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from publishing.models.about import AboutQuerySet, AboutRecord

# An open page tells every minute that it is still there; one without JavaScript only when it is opened.
STAYS = timedelta(minutes=15)


class PresenceQuerySet(AboutQuerySet):
    def now(self) -> Self:
        """Those seen lately."""
        return self.filter(seen_at__gt=timezone.now() - STAYS)


class Presence(AboutRecord):
    """Somebody has the record's page open since `opened_at`, and was last heard of at `seen_at`."""

    opened_at = models.DateTimeField(_("opened"), default=timezone.now)
    seen_at = models.DateTimeField(_("last seen"), default=timezone.now, db_index=True)

    objects = PresenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("open page")
        verbose_name_plural = _("open pages")
        constraints = [
            models.UniqueConstraint(fields=["content_type", "object_id", "user"], name="one_presence_a_person_a_record")
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.record}"

    @classmethod
    def note(cls, record: models.Model, user) -> "Presence":
        """Note that `user` has the record open."""
        now = timezone.now()
        with transaction.atomic():
            # Locked, because another page of the same user may be saying goodbye.
            presence, is_new = (
                cls.objects.of(record)
                .select_for_update()
                .get_or_create(user=user, defaults={"record": record, "opened_at": now, "seen_at": now})
            )
            if not is_new:
                # Who was gone for long has opened it anew.
                presence.opened_at = presence.opened_at if presence.seen_at > now - STAYS else now
                presence.seen_at = now
                presence.save(update_fields=["opened_at", "seen_at"])
        cls.objects.filter(seen_at__lt=now - timedelta(days=1)).delete()
        return presence

    @classmethod
    def others(cls, record: models.Model, user) -> list["Presence"]:
        """Who else has the record open, those who came first before the others."""
        return list(cls.objects.of(record).now().exclude(user=user).select_related("user").order_by("opened_at"))

    @property
    def told(self) -> str:
        """Who it is and since when, for the others."""
        since = timezone.localtime(self.opened_at).strftime("%H:%M")
        return gettext("%(who)s has this record open since %(since)s.") % {"who": self.who, "since": since}
