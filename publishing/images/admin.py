"""What admin pages of records with pictures share."""

from django.contrib.admin.options import BaseModelAdmin


class FramedPictureAdmin(BaseModelAdmin):
    """Mixin of admin pages and inlines with pictures that editors frame.

    `pictures_shown` names, by framing field, the read-only display of the picture: those who may only look see it in
    place of the numbers; those who may frame it see the picture there.
    """

    pictures_shown: dict[str, str] = {}

    def get_fieldsets(self, request, obj=None):
        frames = obj is None or self.has_change_permission(request, obj)
        left_out = set(self.pictures_shown.values() if frames else self.pictures_shown)
        return [
            (title, options | {"fields": _without(options["fields"], left_out)})
            for title, options in super().get_fieldsets(request, obj)
        ]


def _without(rows, names: set[str]) -> list:
    return [row for row in rows if isinstance(row, tuple | list) or row not in names]
