"""Lists of records, single records, and the facets of lists."""

from typing import ClassVar

from django.db.models import QuerySet
from django.http import Http404
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from rest_framework.decorators import action
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from api import filtering, serializers
from api.expanding import selection
from api.pagination import CursorPagination
from api.selecting import Selection
from api.serializers.base import ResourceSerializer
from api.serializers.facets import FacetsSerializer
from api.views.base import ApiView
from engagements.filters import CountryFilter, EngagementFilter
from listing.filters import ListingFilterSet
from opendata.conditional import conditional
from organisations.filters import OrganisationFilter
from profiles.filters import ProfileFilter
from programmes.filters import ProgrammeFilter

PAGED = {"cursor": False, "page_size": False}
SHAPED = {"fields": True, "expand": True}


class Collection(ApiView, GenericViewSet):
    """The records of one kind: `serializer_class` says which, `filterset_class` how the list can be narrowed."""

    serializer_class: type[ResourceSerializer]
    listing_filters: ClassVar[type[ListingFilterSet] | None] = None
    pagination_class = CursorPagination

    def parameters(self):
        if self.action == "retrieve":
            return SHAPED
        if self.action == "facets":
            return self.filter_parameters()
        return self.filter_parameters() | PAGED | SHAPED

    def filter_parameters(self) -> dict[str, bool]:
        return filtering.parameters(self.listing_filters) if self.listing_filters else {}

    def get_queryset(self) -> QuerySet:
        return self.serializer_class.public()

    @cached_property
    def selection(self) -> Selection:
        """What of each record is asked for."""
        return selection(self.request.query_params, self.serializer_class)

    @cached_property
    def filterset(self) -> ListingFilterSet:
        """The filters in force. Raises BadParameters for values that are not known."""
        filterset = self.listing_filters(self.request.query_params, queryset=self.get_queryset())
        filtering.check(filterset.form)
        return filterset

    @method_decorator(conditional)
    def list(self, request, *args, **kwargs):
        serializer = self.get_serializer(selection=self.selection)
        queryset = self.filterset.qs if self.listing_filters else self.get_queryset()
        records = self.paginate_queryset(serializer.prepared(queryset))
        return self.get_paginated_response([serializer.to_representation(record) for record in records])

    @method_decorator(conditional)
    def retrieve(self, request, *args, **kwargs):
        serializer = self.get_serializer(selection=self.selection)
        record = serializer.prepared(self.get_queryset().order_by()).filter(pk=kwargs["pk"]).first()
        if record is None:
            raise Http404
        return Response(serializer.to_representation(record))


class FilteredCollection(Collection):
    """A collection that can be filtered, and says by what."""

    @action(detail=False)
    @method_decorator(conditional)
    def facets(self, request, *args, **kwargs):
        return Response(FacetsSerializer(self.filterset).data)


class Profiles(FilteredCollection):
    title = _("People")
    serializer_class = serializers.ProfileSerializer
    listing_filters = ProfileFilter
    lookup_value_regex = "[0-9]{1,18}"


class Programmes(FilteredCollection):
    title = _("Training programmes")
    serializer_class = serializers.ProgrammeSerializer
    listing_filters = ProgrammeFilter
    lookup_value_regex = "[0-9]{1,18}"


class Engagements(FilteredCollection):
    title = _("Engagements")
    serializer_class = serializers.EngagementSerializer
    listing_filters = EngagementFilter
    lookup_value_regex = "[0-9]{1,18}"


class Organisations(FilteredCollection):
    title = _("Organisations")
    serializer_class = serializers.OrganisationSerializer
    listing_filters = OrganisationFilter
    lookup_value_regex = "[0-9]{1,18}"


class Countries(Collection):
    title = _("Countries")
    serializer_class = serializers.CountrySerializer
    listing_filters = CountryFilter
    lookup_value_regex = "[A-Z]{2}"


class Regions(Collection):
    title = _("Regions")
    serializer_class = serializers.RegionSerializer
    lookup_value_regex = "[a-z-]{1,30}"


class Topics(Collection):
    title = _("Topics")
    serializer_class = serializers.TopicSerializer
    lookup_value_regex = "[0-9]{1,18}"


class Sectors(Collection):
    title = _("Sectors")
    serializer_class = serializers.SectorSerializer
    lookup_value_regex = "[A-U]"


COLLECTIONS = (Profiles, Programmes, Engagements, Countries, Regions, Organisations, Topics, Sectors)
