"""Tags of the page's head: what search engines, feed readers and messengers are told about a page."""

import json

from django import template
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.templatetags.static import static
from django.urls import translate_url
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext as _

from calendars import naming
from coopportal import feeds
from coopportal.structured_data import Page, describe

register = template.Library()

CARD = {"path": "icons/card.png", "width": 1200, "height": 630}
# The countries whose form of the language the portal writes; Open Graph wants one with each language.
COUNTRY_OF_LANGUAGE = {"en": "GB", "es": "ES", "fr": "FR", "ar": "AE"}
# The signs that could end the element or begin another, as in django.utils.html.json_script.
HTML_SIGNS = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


class CapturedNode(template.Node):
    def __init__(self, nodelist, name):
        self.nodelist = nodelist
        self.name = name

    def render(self, context):
        context[self.name] = mark_safe(" ".join(self.nodelist.render(context).split()))  # noqa: S308 - is escaped
        return ""


@register.tag
def captured(parser, token) -> CapturedNode:
    """`{% captured name %}…{% endcaptured %}`: what stands between, on one line, as the variable `name`.

    So that a block, which a template can print only once, is said in several places.
    """
    _tag, name = token.split_contents()
    nodelist = parser.parse(("endcaptured",))
    parser.delete_first_token()
    return CapturedNode(nodelist, name)


@register.simple_tag(takes_context=True)
def page_addresses(context) -> dict:
    """The page's one address among all that show it: `canonical`, the same in every language, and without a language.

    The state of a list (filters, order) is left out: each such page shows a part of what the unfiltered ones show, and
    there is no end of them. Page 2 of the whole list is an address of its own, or nobody would find what it names.
    """
    request = context["request"]
    path = request.path
    page = context.get("page_obj")
    if set(request.GET) == {"page"} and page and page.number > 1:
        path += f"?page={page.number}"
    alternates = []
    for code, _name in settings.LANGUAGES:
        translated = translate_url(path, code)
        alternates.append({"code": code, "url": request.build_absolute_uri(translated)})
    without_language = path.removeprefix(f"/{get_language()}")
    return {
        "canonical": request.build_absolute_uri(path),
        "alternates": alternates,
        # Answered by LocaleMiddleware with the page in the visitor's language.
        "x_default": request.build_absolute_uri(without_language),
    }


@register.simple_tag(takes_context=True)
def social_image(context) -> dict:
    """The picture shown beside a link to the page: a person's portrait, else the portal's card."""
    absolute = context["request"].build_absolute_uri
    profile = context.get("profile")
    if profile and profile.portrait:
        return {"url": absolute(profile.portrait.framed_url), "alt": profile.portrait_alt, "is_portrait": True}
    return CARD | {"url": absolute(static(CARD["path"])), "alt": _("COOP Portal: who does what for cooperatives")}


@register.simple_tag
def open_graph_locale(code: str) -> str:
    """Open Graph's name of the language: `en_GB` for "en"."""
    return f"{code}_{COUNTRY_OF_LANGUAGE[code]}" if code in COUNTRY_OF_LANGUAGE else to_locale(code)


@register.simple_tag(takes_context=True)
def page_feeds(context) -> list[dict]:
    """The Atom feeds and calendars that concern the page, each with `title`, `url` and `type`."""
    has_planned = context.get("has_planned", False)
    return feeds.feeds_of(context.get("object"), context.get("interviews"), has_planned=has_planned)


@register.simple_tag
def feed_address(subject) -> str:
    """The address of the feed about a country, programme or series."""
    return feeds.feed_address(subject)


@register.simple_tag
def calendar_address(subject=None) -> str:
    """The address of the calendar of what is planned in a country or with a programme, or of all that is planned."""
    return naming.calendar_address(subject)


@register.simple_tag(takes_context=True)
def structured_data(context) -> str:
    """The page in the words of schema.org, as a script element of data, which no browser executes."""
    request = context["request"]
    data = describe(Page(request.resolver_match.view_name, context.flatten(), request.build_absolute_uri))
    if data is None:
        return ""
    text = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False).translate(HTML_SIGNS)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308 - is escaped
