"""django-filter as its documentation has it: a filter over a relation joins, and DISTINCT takes the doubles out."""

import django_filters
from django.db.models import Count, Q, QuerySet

from codelists.models import Country, Language, Region, Sector, Topic
from engagements.models import Engagement
from programmes.models import Programme


class ProgrammeFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="search")
    country = django_filters.ModelMultipleChoiceFilter(
        field_name="engagements__country", queryset=Country.objects.all(), distinct=True
    )
    region = django_filters.ModelMultipleChoiceFilter(
        field_name="engagements__country__region", queryset=Region.objects.all(), distinct=True
    )
    kind = django_filters.MultipleChoiceFilter(choices=Programme.Kind.choices)
    sector = django_filters.ModelMultipleChoiceFilter(
        field_name="sectors", queryset=Sector.objects.all(), distinct=True
    )
    topic = django_filters.ModelMultipleChoiceFilter(
        field_name="topics__slug", to_field_name="slug", queryset=Topic.objects.all(), distinct=True
    )
    language = django_filters.ModelMultipleChoiceFilter(
        field_name="languages", queryset=Language.objects.all(), distinct=True
    )

    class Meta:
        model = Programme
        fields: list[str] = []

    def search(self, programmes: QuerySet, name: str, value: str) -> QuerySet:
        return programmes.filter(Q(name__icontains=value) | Q(aim__icontains=value) | Q(audience__icontains=value))


class EngagementFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="search")
    country = django_filters.ModelMultipleChoiceFilter(queryset=Country.objects.all())
    region = django_filters.ModelMultipleChoiceFilter(field_name="country__region", queryset=Region.objects.all())
    programme = django_filters.ModelMultipleChoiceFilter(
        field_name="programme__slug", to_field_name="slug", queryset=Programme.objects.all()
    )
    kind = django_filters.MultipleChoiceFilter(choices=Engagement.Kind.choices)
    sector = django_filters.ModelMultipleChoiceFilter(queryset=Sector.objects.all())
    topic = django_filters.ModelMultipleChoiceFilter(
        field_name="topics__slug", to_field_name="slug", queryset=Topic.objects.all(), distinct=True
    )
    status = django_filters.MultipleChoiceFilter(
        field_name="activity_status", choices=Engagement.ActivityStatus.choices
    )
    year_from = django_filters.NumberFilter(field_name="start_date__year", lookup_expr="gte")
    year_to = django_filters.NumberFilter(field_name="start_date__year", lookup_expr="lte")

    class Meta:
        model = Engagement
        fields: list[str] = []

    def search(self, engagements: QuerySet, name: str, value: str) -> QuerySet:
        return engagements.filter(Q(title__icontains=value) | Q(summary__icontains=value) | Q(results__icontains=value))


def facets(things: QuerySet, paths: dict[str, str]) -> dict[str, list[tuple]]:
    """For each path, its values and how many of the `things` have them: one query a path."""
    return {
        name: list(
            things.order_by()
            .values_list(path)
            .annotate(number=Count("pk", distinct=True))
            .filter(**{f"{path}__isnull": False})
            .order_by(path)
        )
        for name, path in paths.items()
    }
