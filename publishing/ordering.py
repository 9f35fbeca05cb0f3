"""Parts that stand in an order within their whole: questions of an interview, modules of a programme."""

from django import forms
from django.db import models, transaction
from django.db.models import F
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext_lazy as _

# Far above any real position, and twice it still fits a small integer.
_OUT_OF_THE_WAY = 10_000


class Ordered(models.Model):
    """Abstract base: `order` counts from 1; subclasses declare it unique within their parent."""

    order = models.PositiveSmallIntegerField(_("order"))

    class Meta:
        abstract = True
        ordering = ["order"]


class OrderedForm(forms.ModelForm):
    """Form of an ordered part: asks for a position, which need not be unique, instead of the order itself."""

    position = forms.IntegerField(
        label=_("position"),
        required=False,
        min_value=1,
        max_value=_OUT_OF_THE_WAY - 1,
        widget=forms.NumberInput(attrs={"class": "vIntegerField", "size": 3}),
        help_text=_("Change the numbers to change the order. Empty: at the end."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["position"].initial = self.instance.order


class OrderedInlineFormSet(BaseInlineFormSet):
    """Saves the parts numbered 1, 2, 3 … in the order of the positions asked for.

    Two parts may trade places in one save. The rows are first moved out of the way, in the same transaction,
    since the unique constraint on the order would refuse the first half of the trade.
    """

    def _in_asked_order(self) -> list[forms.ModelForm]:
        kept = [
            form for form in self.forms if (form.instance.pk or form.has_changed()) and form not in self.deleted_forms
        ]
        # At equal positions the part that the editor moved goes first: typing 1 means "before the present first".
        return sorted(
            kept,
            key=lambda form: (
                form.cleaned_data.get("position") or _OUT_OF_THE_WAY,
                "position" not in form.changed_data,
            ),
        )

    @transaction.atomic
    def save(self, commit=True):
        if not commit:
            return super().save(commit=False)
        self.get_queryset().model._default_manager.filter(**{self.fk.name: self.instance}).update(
            order=F("order") + _OUT_OF_THE_WAY
        )
        forms_in_order = self._in_asked_order()
        for order, form in enumerate(forms_in_order, start=1):
            form.instance.order = order
        saved = super().save()
        for form in forms_in_order:
            if form.instance.pk and not form.has_changed():
                form.instance.save(update_fields=["order"])
        return saved
