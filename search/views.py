from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.utils.cache import patch_cache_control
from django.views.generic import TemplateView

from codelists.models import Country
from engagements.models import Engagement
from listing.fields import problems
from listing.paging import page_or_nearest
from multilingual.text import sort_key
from organisations.models import Organisation
from search.forms import SearchForm
from search.kinds import KINDS, Kind
from search.searching import MOST, Found, Result, find, reading_language, results, suggest

BEST = 5  # of each kind, where all kinds are shown
A_PAGE = 20
# Caches that several people share ask each time, so that a name that is withdrawn is nowhere handed out.
BROWSERS_KEEP_SUGGESTIONS = {"public": True, "max_age": 60, "s_maxage": 0, "must_revalidate": True}


@dataclass
class Group:
    """The results of one kind that are shown, and how many there are."""

    kind: Kind
    total: int
    total_in_words: str
    results: list[Result]

    @property
    def all(self) -> str:
        """What a link to all of them says."""
        return self.kind.all_of % {"number": self.total_in_words}


class SearchView(TemplateView):
    """Search over everything public: the best of each kind, or page by page what there is of one kind."""

    template_name = "search/results.html"

    def get_context_data(self, **kwargs):
        form = SearchForm(self.request.GET)
        form.is_valid()
        asked = form.cleaned_data
        query, kind, country = asked.get("q", ""), asked.get("type", ""), asked.get("country")
        found = find(query, reading_language(), kind=kind, country=country)
        context = self.of_one_kind(found, kind) if kind else self.of_all_kinds(found)
        return super().get_context_data(
            form=form,
            problems=problems(form),
            query=query,
            searched=query,
            kind=KINDS.get(kind),
            country=country,
            countries=_countries_to_offer(country),
            found=found,
            totals=[(each, found.total_of(each.name)) for each in KINDS.values() if each.name in found.totals],
            noindex=True,
            **context,
            **kwargs,
        )

    def of_all_kinds(self, found: Found) -> dict:
        best = [entry for entries in found.entries.values() for entry in entries[:BEST]]
        shown = results(best, found.terms)
        groups = [
            Group(
                KINDS[name], found.totals[name], found.total_of(name), [one for one in shown if one.kind.name == name]
            )
            for name in found.entries
        ]
        return {"groups": [group for group in groups if group.results], "total": found.total}

    def of_one_kind(self, found: Found, name: str) -> dict:
        paginator = Paginator(found.entries.get(name, []), A_PAGE)
        page, error = page_or_nearest(paginator, self.request.GET.get("page") or 1)
        shown = results(page.object_list, found.terms)
        total = found.totals.get(name, 0)
        return {
            "groups": [Group(KINDS[name], total, found.total_of(name), shown)] if shown else [],
            "total": total,
            "cut_at": MOST if total > MOST else None,
            "paginator": paginator,
            "page_obj": page,
            "page_range": paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
            "page_error": error,
            "is_paginated": page.has_other_pages(),
        }


class SuggestionsView(TemplateView):
    """The list beneath the search box while somebody types; nobody's page."""

    template_name = "search/_suggestions.html"

    def get_context_data(self, **kwargs):
        form = SearchForm({"q": self.request.GET.get("q", "")})
        form.is_valid()
        query = form.cleaned_data.get("q", "")
        return super().get_context_data(query=query, suggestions=suggest(query, reading_language()), **kwargs)

    def render_to_response(self, context, **kwargs):
        response = super().render_to_response(context, **kwargs)
        patch_cache_control(response, **BROWSERS_KEEP_SUGGESTIONS)
        response["X-Robots-Tag"] = "noindex"
        return response


def _countries_to_offer(chosen: Country | None) -> list[Country]:
    """The countries that public engagements or organisations are in, and the one chosen, by name."""
    here = [model.objects.published().filter(country=OuterRef("pk")) for model in (Engagement, Organisation)]
    countries = set(Country.objects.filter(Exists(here[0]) | Exists(here[1])))
    return sorted(countries | ({chosen} if chosen else set()), key=lambda country: sort_key(country.name))
