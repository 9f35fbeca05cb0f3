from functools import partial

from django.shortcuts import get_object_or_404, redirect
from django.utils.cache import add_never_cache_headers
from django.views.generic import DetailView, TemplateView

from codelists.models import Country, Region, Topic
from engagements.country_order import rows_by_country
from engagements.filters import EngagementFilter
from engagements.models import Engagement, EngagementStaff
from engagements.tallies.reading import Scope
from listing.views import FilteredListView
from organisations.models import Office, Organisation
from profiles.models import Profile
from programmes.models import Programme
from publishing.querysets import published_q
from publishing.views import PublishableDetailView

PEOPLE_SHOWN = 24


class EngagementListView(FilteredListView):
    filterset_class = EngagementFilter
    template_name = "engagements/list.html"

    def get_queryset(self):
        return Engagement.objects.published()

    def for_page(self, queryset):
        return queryset.for_cards()

    def rows_of(self, queryset):
        if self.filterset.order != "country" or self.filterset.counted["country"].is_more:
            return None
        return partial(rows_by_country, queryset, self.filterset.country_counts())

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        if context["page_obj"].number == 1:  # later pages are for reading on
            context["countries"] = self.filterset.countries()
        return context


class EngagementDetailView(PublishableDetailView):
    """One engagement. Its number finds it; an address with another slug leads to the right one."""

    template_name = "engagements/detail.html"
    model = Engagement

    def get_queryset(self):
        # Asked for at each visit: what is public changes with the time.
        return super().get_queryset().for_cards().select_related("country__region", "sector").prefetch_related("topics")

    def get(self, request, *args, **kwargs):
        self.object = self.get_object()
        if self.object.slug == self.kwargs["slug"]:
            return self.render_to_response(self.get_context_data())
        # Not for ever: a slug that is changed back would send browsers in circles.
        response = redirect(self.object.get_absolute_url() + (self.link.query if self.link else ""))
        if not self.object.is_public:
            add_never_cache_headers(response)
        return response

    def get_context_data(self, **kwargs):
        staff = EngagementStaff.objects.filter(published_q("profile"), engagement=self.object)
        return super().get_context_data(
            staff=staff.select_related("profile__office__country"),
            partners=Organisation.objects.published().filter(engagements=self.object).by_name(),
            **kwargs,
        )


class CountryListView(TemplateView):
    """The countries with public engagements, region by region; those that belong to none come last."""

    template_name = "engagements/countries.html"

    def get_context_data(self, **kwargs):
        countries = Scope().countries()
        by_region = sorted(
            countries, key=lambda country: (country.region is None, country.region and country.region.position)
        )
        return super().get_context_data(countries=by_region, **kwargs)


class CountryDetailView(DetailView):
    """What happened in a country: the newest engagements first, with programmes, people, partners and figures."""

    template_name = "engagements/country.html"
    queryset = Country.objects.select_related("region", "subregion")

    def get(self, request, *args, **kwargs):
        if not kwargs["code"].islower():
            return redirect("engagements:country", kwargs["code"].lower(), permanent=True)
        return super().get(request, *args, **kwargs)

    def get_object(self, queryset=None):
        return get_object_or_404(self.get_queryset(), pk=self.kwargs["code"].upper())

    def get_context_data(self, **kwargs):
        scope = Scope.of(self.object)
        return super().get_context_data(
            offices=Office.objects.covering(self.object),
            has_planned=scope.engagements().planned().exists(),
            **scope.overview(),
            **kwargs,
        )


class RegionDetailView(DetailView):
    template_name = "engagements/region.html"
    model = Region

    def get_context_data(self, **kwargs):
        return super().get_context_data(**Scope.of(self.object).overview(), **kwargs)


class TopicDetailView(DetailView):
    """Everything public that is tagged with a topic."""

    template_name = "engagements/topic.html"
    model = Topic

    def get_context_data(self, **kwargs):
        people = Profile.objects.published().filter(topics=self.object)
        tagged = {
            "programmes": Programme.objects.published().filter(topics=self.object).by_name(),
            "people": people.for_cards()[:PEOPLE_SHOWN],
            "people_number": people.count(),
        }
        return super().get_context_data(**Scope.of(self.object).overview() | tagged, **kwargs)
