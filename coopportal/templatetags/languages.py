"""The page of the moment in the site's other languages."""

from django import template
from django.conf import settings
from django.urls import translate_url
from django.utils.translation import get_language, get_language_info

register = template.Library()


@register.simple_tag(takes_context=True)
def language_links(context) -> list[dict]:
    """For each language of the site its `code`, its name in itself as `name`, the page's `url`, and `is_current`.

    The query string is kept; the address of an error page, which is nobody's, leads to the home page. A page whose
    address does not begin with a language says in `language_urls`, by language, where it is.
    """
    request = context.get("request")
    here = request.get_full_path() if request else "/"
    told = context.get("language_urls") or {}
    links = []
    for code, _name in settings.LANGUAGES:
        url = told.get(code) or translate_url(here, code)
        if code not in told and not url.startswith(f"/{code}/"):
            url = f"/{code}/"
        name = get_language_info(code)["name_local"].capitalize()
        links.append({"code": code, "name": name, "url": url, "is_current": code == get_language()})
    return links
