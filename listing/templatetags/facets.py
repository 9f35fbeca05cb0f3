"""The choices of a facet in the form of filters."""

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from listing.facets import Facet
from multilingual.templatetags.translated import lang

register = template.Library()

CHECKED = SafeString(" checked")


@register.simple_tag
def facet_options(facet: Facet) -> str:
    """A checkbox for each option of the facet, with its number of results.

    A list offers some hundreds of them, for which a template takes longer than for all else on the page together.
    """
    return format_html_join(
        "\n",
        '<label><input type="checkbox" id="id_{0}_{1}" name="{0}" value="{1}"{2}> '
        '<span{3}>{4}</span> <span class="count">{5}</span></label>',
        (
            (
                facet.name,
                option.value,
                CHECKED if option.selected else "",
                lang(option.lang, noted=False),
                option.label,
                option.total,
            )
            for option in facet.options
        ),
    )
