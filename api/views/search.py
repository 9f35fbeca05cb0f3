"""The search over everything public."""

from django.utils.decorators import method_decorator
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from rest_framework.response import Response

from api import filtering
from api.pagination import NumberedPages, with_links
from api.parameters import refuse
from api.serializers.search import SearchSerializer
from api.views.base import ApiView
from opendata.conditional import conditional
from search.forms import SearchForm
from search.kinds import KINDS
from search.searching import Found, find, reading_language, results


class SearchView(ApiView):
    """What the search page finds, the best first."""

    title = gettext_lazy("Search")
    operation_id = "search"
    tag = "Search"
    summary = "Search"
    description = (
        "Finds records of every kind by the words in their names, key facts and texts, in the language of the answer. "
        "Endings of words, accents, capitals and small typing errors do not matter."
    )
    serializer_class = SearchSerializer

    def parameters(self):
        return {"q": False, "type": False, "country": False, "cursor": False, "page_size": False}

    @method_decorator(conditional)
    def get(self, request):
        form = SearchForm(request.query_params)
        filtering.check(form)
        asked = form.cleaned_data
        if not asked["q"]:
            refuse("q", _("Give the words to look for."))
        found = find(asked["q"], reading_language(), kind=asked["type"], country=asked["country"])
        pages = NumberedPages(request)
        entries = found.entries.get(asked["type"], []) if asked["type"] else found.ranked
        answer = {
            "results": results(pages.of(entries), found.terms),
            "next": pages.next,
            "previous": pages.previous,
            "totals": totals(found),
            "searched_for": found.shown_for or None,
            "every_word": found.every,
        }
        context = {"request": request, "language": get_language()}
        return with_links(Response(SearchSerializer(answer, context=context).data))


def totals(found: Found) -> list[dict]:
    """How many there are of each kind that was found."""
    return [
        {
            "type": name,
            "label": str(kind.plural),
            "count": found.totals[name],
            "more": name in found.capped,
        }
        for name, kind in KINDS.items()
        if name in found.totals
    ]
