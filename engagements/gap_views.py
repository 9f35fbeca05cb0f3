"""The page of gaps: where programmes have not been used yet."""

from itertools import product

from django.utils.translation import gettext_lazy as _

from codelists.models import Country, Region
from engagements.gaps import gaps, reach
from listing.fields import KnownRecordsField, ListingForm, problems
from listing.views import PagedListView
from programmes.models import Programme


class GapForm(ListingForm):
    """Which programmes and which regions, several of each. None chosen means all."""

    programme = KnownRecordsField(
        label=_("programme"), required=False, queryset=Programme.objects.none(), to_field_name="slug"
    )
    region = KnownRecordsField(label=_("region"), required=False, queryset=Region.objects.all(), to_field_name="code")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Asked for at each visit: what is public changes with the time.
        self.fields["programme"].queryset = Programme.objects.published()


class GapView(PagedListView):
    """Programmes by regions with numbers; or, once some are chosen, the countries that wait for each programme.

    The numbers come twenty programmes to a page, the countries ten pairs of programme and region, some 500 countries
    at most: so the page stays light with hundreds of programmes.
    """

    template_name = "engagements/gaps.html"
    pairs_on_a_page = 10

    def get_queryset(self):
        self.form = GapForm(self.request.GET)
        self.form.is_valid()  # makes it clean its data; what is not known is reported beside its field
        self.programmes = list(Programme.objects.published().by_name())
        self.regions = list(Region.objects.all())
        chosen = self.form.cleaned_data["programme"], self.form.cleaned_data["region"]
        self.shows_countries = any(chosen)
        if not self.shows_countries:
            return self.programmes
        programmes, regions = chosen
        return list(
            product(
                [programme for programme in self.programmes if programme in programmes or not programmes],
                [region for region in self.regions if region in regions or not regions],
            )
        )

    def get_paginate_by(self, queryset):
        return self.pairs_on_a_page if self.shows_countries else self.paginate_by

    def choices(self, name: str, records: list) -> tuple:
        """The field `name` and its `records`, each with what stands for it in the address and whether it is chosen.

        The chosen ones come first, so that they are seen in a long list.
        """
        field, chosen = self.form[name], self.form.cleaned_data[name]
        in_address = field.field.to_field_name
        rows = [(record, getattr(record, in_address), record in chosen) for record in records]
        return field, sorted(rows, key=lambda row: not row[2])

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        shown = context["page_obj"].object_list
        answer = {"gaps": gaps(shown)} if self.shows_countries else {"programme_reach": reach(shown, self.regions)}
        return (
            context
            | answer
            | {
                "form": self.form,
                "problems": problems(self.form),
                "choices": [self.choices("programme", self.programmes), self.choices("region", self.regions)],
                "regions": self.regions,
                "left_out": Country.objects.filter(region=None).count(),
            }
        )
