from urllib.parse import urlsplit

from django import template

register = template.Library()


@register.filter
def host(url: str) -> str:
    """The site that `url` leads to, as in “www.ilo.org”; the address itself where it has none."""
    return urlsplit(url).hostname or url
