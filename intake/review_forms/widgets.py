"""Controls of a review, written without a template for each: a page has hundreds of them, and would take seconds."""

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join


class LeanInput:
    """Mixin of inputs."""

    def render(self, name, value, attrs=None, renderer=None):
        widget = self.get_context(name, value, attrs)["widget"]
        said = {} if widget["value"] is None else {"value": widget["value"]}
        return format_html("<input{}>", flatatt({"type": widget["type"], "name": name, **said, **widget["attrs"]}))


class LeanTextInput(LeanInput, forms.TextInput):
    pass


class LeanURLInput(LeanInput, forms.URLInput):
    pass


class LeanDateInput(LeanInput, forms.DateInput):
    pass


class LeanHiddenInput(LeanInput, forms.HiddenInput):
    pass


class LeanCheckbox(LeanInput, forms.CheckboxInput):
    pass


class LeanTextarea(forms.Textarea):
    def render(self, name, value, attrs=None, renderer=None):
        widget = self.get_context(name, value, attrs)["widget"]
        # The first line end after the tag is not part of the text.
        attributes = flatatt({"name": name, **widget["attrs"]})
        return format_html("<textarea{}>\n{}</textarea>", attributes, widget["value"] or "")


class LeanSelect(forms.Select):
    def render(self, name, value, attrs=None, renderer=None):
        chosen = "" if value is None else str(value)
        choices = [(str(key), label) for key, label in self.choices]
        if chosen not in dict(choices):
            choices.append((chosen, chosen))  # what was typed, or has gone since: it is not lost
        options = format_html_join(
            "", '<option value="{}"{}>{}</option>', ((k, " selected" if k == chosen else "", v) for k, v in choices)
        )
        attributes = flatatt(self.build_attrs(self.attrs, {"name": name, **(attrs or {})}))
        return format_html("<select{}>{}</select>", attributes, options)


class LeanCheckboxes(forms.CheckboxSelectMultiple):
    def render(self, name, value, attrs=None, renderer=None):
        ticked = [str(each) for each in value or []]
        choices = [(str(key), label) for key, label in self.choices]
        choices += [(each, each) for each in ticked if each not in dict(choices)]  # gone since: it is not lost
        start = (attrs or {}).get("id", f"id_{name}")
        boxes = (
            (f"{start}_{number}", name, key, " checked" if key in ticked else "", label)
            for number, (key, label) in enumerate(choices)
        )
        box = '<label for="{0}"><input type="checkbox" id="{0}" name="{1}" value="{2}"{3}> {4}</label>'
        return format_html('<div class="intake-ticks" id="{}">{}</div>', start, format_html_join("\n", box, boxes))
