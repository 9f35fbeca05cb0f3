"""Parts that stand in an order within their whole: questions of an interview, modules of a programme."""

from django import forms
from django.db import models, transaction
from django.db.models import F
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext_lazy as _

from publishing.signals import parts_reordered

# Far above any real position, and twice it still fits a small integer.
OUT_OF_THE_WAY = 10_000


class Ordered(models.Model):
    """Abstract base: `order` counts from 1; subclasses declare it unique within their parent."""

    order = models.PositiveSmallIntegerField(_("order"))

    class Meta:
        abstract = True
        ordering = ["order"]


class OrderedForm(forms.ModelForm):
    """Form of an ordered part: asks for a position, which need not be unique, instead of the order itself."""

    position = forms.IntegerField(
        label=_("Position"),
        required=False,
        min_value=1,
        max_value=OUT_OF_THE_WAY - 1,
        widget=forms.NumberInput(attrs={"class": "vIntegerField", "size": 3}),
        help_text=_("Change the numbers to change the order. Empty: at the end."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["position"].initial = self.instance.order


class OrderedInlineFormSet(BaseInlineFormSet):
    """Saves the parts numbered 1, 2, 3 … in the order of the positions asked for.

    A part whose position the editor typed comes to stand there; the others keep their order around it.
    """

    def _in_asked_order(self) -> list[forms.ModelForm]:
        kept = [
            form for form in self.forms if (form.instance.pk or form.has_changed()) and form not in self.deleted_forms
        ]
        typed = {form: form.cleaned_data.get("position") for form in kept if "position" in form.changed_data}
        present = [form for form in kept if form not in typed and form.instance.pk]
        in_order = sorted(present, key=lambda form: form.instance.order)
        place = 0
        for form in sorted((form for form in typed if typed[form]), key=typed.get):
            # Of two at the same position the first in the form goes first.
            place = max(typed[form], place + 1)
            in_order.insert(place - 1, form)
        return in_order + [form for form in kept if form not in in_order]

    @transaction.atomic
    def save(self, commit=True):
        if not commit or not self.has_changed():
            return super().save(commit=commit)
        # The rows are first moved out of the way: the unique constraint would refuse the first half of a trade.
        parts = self.model._default_manager.filter(**{self.fk.name: self.instance})
        parts.update(order=F("order") + OUT_OF_THE_WAY)
        in_order = [form.instance for form in self._in_asked_order()]
        shown = {form.instance.pk for form in self.forms}
        # What somebody else added while this page was open comes last.
        in_order += [part for part in parts.order_by("order") if part.pk not in shown]
        for order, part in enumerate(in_order, start=1):
            part.order = order
        saved = super().save()
        parts.bulk_update(in_order, ["order"])
        parts_reordered.send(sender=self.model, whole=self.instance)
        return saved
