"""Lists, a country's page and a search, as simple as they can be written."""

from django.core.paginator import Paginator
from django.db.models import Count, Q, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from bench.naive.filters import EngagementFilter, ProgrammeFilter, facets
from codelists.models import Country
from engagements.models import Engagement
from organisations.models import Organisation
from profiles.models import Profile
from programmes.models import Programme
from publishing.models import Status

PROGRAMME_FACETS = {
    "country": "engagements__country__name",
    "region": "engagements__country__region__name",
    "kind": "kind",
    "sector": "sectors__name",
    "topic": "topics__name",
    "language": "languages__name",
}
ENGAGEMENT_FACETS = {
    "country": "country__name",
    "region": "country__region__name",
    "programme": "programme__name",
    "kind": "kind",
    "sector": "sector__name",
    "topic": "topics__name",
    "status": "activity_status",
}


def _public(model, path: str = "") -> Q:
    prefix = f"{path}__" if path else ""
    return Q(**{f"{prefix}status": Status.PUBLISHED, f"{prefix}publish_at__lte": timezone.now()})


def programmes(request: HttpRequest) -> HttpResponse:
    public = Programme.objects.filter(_public(Programme))
    filtered = ProgrammeFilter(request.GET, queryset=public)
    page = Paginator(filtered.qs.order_by("name"), 20).get_page(request.GET.get("page"))
    used = Engagement.objects.filter(_public(Engagement), programme__in=list(page))
    countries = dict(used.order_by().values_list("programme").annotate(Count("country", distinct=True)))
    for programme in page:
        programme.country_count = countries.get(programme.pk, 0)
    return render(
        request,
        "naive/programmes.html",
        {"page": page, "filter": filtered, "facets": facets(filtered.qs, PROGRAMME_FACETS)},
    )


def engagements(request: HttpRequest) -> HttpResponse:
    public = Engagement.objects.filter(_public(Engagement))
    filtered = EngagementFilter(request.GET, queryset=public)
    shown = filtered.qs.select_related("country", "programme").order_by("-start_date", "-pk")
    page = Paginator(shown, 20).get_page(request.GET.get("page"))
    return render(
        request,
        "naive/engagements.html",
        {"page": page, "filter": filtered, "facets": facets(filtered.qs, ENGAGEMENT_FACETS)},
    )


def country(request: HttpRequest, code: str) -> HttpResponse:
    found = get_object_or_404(Country, pk=code.upper())
    here = Engagement.objects.filter(_public(Engagement), country=found)

    def most(model, path: str, number: int):
        together = Q(**{f"{path}__country": found}) & _public(Engagement, path)
        return (
            model.objects.filter(_public(model), together)
            .annotate(engagement_count=Count(path, distinct=True))
            .order_by("-engagement_count")[:number]
        )

    return render(
        request,
        "naive/country.html",
        {
            "country": found,
            "figures": here.aggregate(
                engagements=Count("pk"),
                programmes=Count("programme", distinct=True),
                women=Sum("women_trained"),
                men=Sum("men_trained"),
            ),
            "people_number": here.aggregate(number=Count("staff", distinct=True))["number"],
            "partners_number": here.aggregate(number=Count("partners", distinct=True))["number"],
            "newest": here.select_related("country", "programme").order_by("-start_date", "-pk")[:10],
            "programmes": most(Programme, "engagements", 50),
            "people": most(Profile, "engagements", 24),
            "partners": most(Organisation, "engagements", 40),
            "years": here.values_list("start_date__year").annotate(number=Count("pk")).order_by("start_date__year"),
        },
    )


def search(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "").split()

    def containing(model, fields: tuple[str, ...]):
        found = model.objects.filter(_public(model))
        for word in words:
            found = found.filter(Q(*[(f"{field}__icontains", word) for field in fields], _connector=Q.OR))
        return found

    found = {
        "people": containing(Profile, ("given_name", "family_name", "post_title", "summary")),
        "programmes": containing(Programme, ("name", "aim", "audience")),
        "organisations": containing(Organisation, ("name", "acronym", "description")),
        "engagements": containing(Engagement, ("title", "summary", "results")),
    }
    groups = {name: {"number": some.count(), "first": some[:5]} for name, some in found.items()}
    return render(request, "naive/search.html", {"groups": groups, "words": words})
