"""What a browser sends back from a form page of the admin."""

from django import forms


def filled_in(page, **changes) -> dict:
    """The fields of the form page that the response `page` shows, as they stand, with `changes`."""
    data = {}
    shown = [page.context["adminform"].form]
    for inline in page.context["inline_admin_formsets"]:
        shown += [inline.formset.management_form, *inline.formset.initial_forms]
    for form in shown:
        for field in form:
            data |= _sent(field)
    return data | changes


def with_part(page, prefix: str, **values) -> dict:
    """The form page as it stands, with one more part of the inline `prefix`."""
    data = filled_in(page)
    number = int(data[f"{prefix}-TOTAL_FORMS"])
    data |= {f"{prefix}-{number}-{name}": value for name, value in values.items()}
    return data | {f"{prefix}-TOTAL_FORMS": number + 1}


def _sent(field) -> dict:
    value, name, widget = field.value(), field.html_name, field.field.widget
    if isinstance(widget, forms.FileInput):
        return {}
    if isinstance(widget, forms.CheckboxInput):
        return {name: "on"} if value else {}
    if isinstance(widget, forms.MultiWidget):
        parts = widget.decompress(value)
        return {name + suffix: part or "" for suffix, part in zip(widget.widgets_names, parts, strict=True)}
    if isinstance(field.field, forms.ModelMultipleChoiceField):
        return {name: value or []}
    return {name: "" if value is None else value}


def errors(page) -> dict[str, list[str]]:
    """The messages on a refused form page: by field, with the inline's prefix and number before it."""
    found = {name: list(texts) for name, texts in page.context["adminform"].form.errors.items()}
    for inline in page.context["inline_admin_formsets"]:
        for form in inline.formset.forms:
            found |= {f"{form.prefix}-{name}": list(texts) for name, texts in form.errors.items()}
        if inline.formset.non_form_errors():
            found[inline.formset.prefix] = list(inline.formset.non_form_errors())
    return found


def messages(page) -> list[str]:
    """The messages at the head of a page."""
    return [str(message) for message in page.context["messages"]]
