"""The part of a form that frames a picture: numbers in percent, which a script turns into something to drag."""

import json
from dataclasses import asdict

from django import forms
from django.core.exceptions import ValidationError
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext_lazy as _

from publishing.images.framing import LEAST_SIDE, Framing

LABELS = {
    "left": _("Crop: from the left"),
    "top": _("Crop: from the top"),
    "width": _("Crop: width"),
    "height": _("Crop: height"),
    "focus_x": _("Focal point: from the left"),
    "focus_y": _("Focal point: from the top"),
}
# What an empty field stands for.
PLACEHOLDERS = {"left": "0", "top": "0", "width": "100", "height": "100", "focus_x": "–", "focus_y": "–"}


class FramingWidget(forms.MultiWidget):
    """The whole picture, a number for each side of the crop and the focal point, and what the page showed as `shown`.

    Whoever makes the widget sets `picture` to the stored picture, if there is one to frame.
    """

    template_name = "publishing/framing.html"
    picture = None

    class Media:
        css = {"all": ["admin-portal/framing.css"]}
        js = ["admin-portal/framing.js"]

    def __init__(self, names: list[str], *, square: bool, attrs=None):
        self.names = names
        self.square = square
        numbers = {
            name: forms.NumberInput(
                {
                    "step": "any",
                    "min": LEAST_SIDE if name in ("width", "height") else 0,
                    "max": 100,
                    "placeholder": PLACEHOLDERS[name],
                }
            )
            for name in names
        }
        super().__init__({**numbers, "shown": forms.HiddenInput()}, attrs)

    def decompress(self, value) -> list:
        if not value:
            return [None] * (len(self.names) + 1)
        # Left and top are empty where they are 0.
        numbers = [value.get(name) if name.startswith("focus") else value.get(name) or None for name in self.names]
        return [*numbers, json.dumps(value)]

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        *numbers, shown = context["widget"]["subwidgets"]
        for number, key in zip(numbers, self.names, strict=True):
            number["label"] = LABELS[key]
        picture = self.picture
        address = picture.url if picture and picture.storage.exists(picture.name) else ""
        context["widget"] |= {
            "numbers": numbers,
            "shown": shown,
            "address": address,
            "square": self.square,
            "corners": ("nw", "ne", "sw", "se"),
        }
        return context


class FramingFormField(forms.MultiValueField):
    """Form field whose cleaned value is a `Framing` as a dictionary, for the picture that `of` names, or None.

    The numbers that a page showed belong to the picture that it showed; others that come with a new file belong to
    the new picture, whose name nobody knows yet. `square` is whether the framed picture is cut square.
    """

    def __init__(self, *, picture: str, square: bool, **kwargs):
        self.picture = picture
        self.names = list(LABELS) if square else [name for name in LABELS if not name.startswith("focus")]
        numbers = [
            forms.FloatField(
                required=False,
                error_messages={"invalid": _("“%(field)s” must be a number from 0 to 100.") % {"field": LABELS[name]}},
            )
            for name in self.names
        ]
        super().__init__(
            [*numbers, forms.CharField(required=False)],
            **{"require_all_fields": False, "widget": FramingWidget(self.names, square=square), **kwargs},
        )

    def get_bound_field(self, form, field_name):
        # The stored picture: a file that came with a refused form has no address.
        picture = form.initial.get(self.picture)
        self.widget.picture = picture if picture and isinstance(picture, FieldFile) else None
        return super().get_bound_field(form, field_name)

    def compress(self, data_list):
        *numbers, shown = data_list or [None]
        value = {name: number for name, number in zip(self.names, numbers, strict=False) if number is not None}
        if not value:
            return None
        value.setdefault("width", 100 - value.get("left", 0))
        value.setdefault("height", 100 - value.get("top", 0))
        typed, seen = Framing.of(value), _read(shown)
        # Numbers that nobody touched are of the picture that the page showed.
        return asdict(typed) | ({"of": seen["of"]} if seen and Framing.of(seen) == typed else {})


def _read(shown: str) -> dict | None:
    """The framing that a page showed, as it sent it back; None if it showed none or what came back is no framing."""
    try:
        value = json.loads(shown)
        Framing.of(value)
    except (TypeError, ValueError, ValidationError):
        return None
    return value if isinstance(value.get("of"), str) else None
