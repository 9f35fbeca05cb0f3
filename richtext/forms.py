"""The form field of rich texts, and the editor in its place."""

import json

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.forms.widgets import Script
from django.templatetags.static import static
from django.utils.translation import gettext, ngettext

from richtext.sanitising import clean

MOST = 100_000  # characters, as sent; a long interview has 20,000 in all


class RichTextWidget(AdminTextareaWidget):
    """A text area that a script turns into an editor with a toolbar; without it plain text and HTML can be typed."""

    def __init__(self, attrs=None):
        super().__init__(attrs={"data-rich-text": "", **(attrs or {})})

    @property
    def media(self):
        script = Script(
            "admin-portal/richtext.js",
            type="module",
            **{"data-editor": static("django_prose_editor/editor.js"), "data-labels": self._labels()},
        )
        return forms.Media(css={"all": ["admin-portal/richtext.css"]}, js=[script])

    def use_required_attribute(self, initial):
        return False  # browsers could not show where: the editor stands in its place

    def _labels(self) -> str:
        """What the editor says, as JSON."""
        return json.dumps(
            {
                "toolbar": gettext("Formatting"),
                "bold": gettext("Bold"),
                "italic": gettext("Italic"),
                "heading": gettext("Heading"),
                "subheading": gettext("Subheading"),
                "bullets": gettext("List"),
                "numbers": gettext("Numbered list"),
                "quote": gettext("Quotation"),
                "link": gettext("Link"),
                "undo": gettext("Undo"),
                "redo": gettext("Redo"),
                "address": gettext("Web or e-mail address"),
                "notAnAddress": gettext("Write an address such as https://www.example.org or name@example.org."),
                "apply": gettext("Set the link"),
                "remove": gettext("Remove the link"),
                "cancel": gettext("Cancel"),
            }
        )


class RichTextFormField(forms.CharField):
    """Takes HTML or plain text and gives a rich text; one without words is empty, one that says the same unchanged."""

    widget = RichTextWidget

    def to_python(self, value):
        value = super().to_python(value)
        if value in self.empty_values:
            return value
        if len(value) > MOST:
            text = ngettext(
                "This text is too long: it has %(count)d character with its formatting, and %(most)d are possible.",
                "This text is too long: it has %(count)d characters with its formatting, and %(most)d are possible.",
                len(value),
            )
            raise ValidationError(text % {"count": len(value), "most": MOST}, code="too_long")
        return clean(value) or self.empty_value
