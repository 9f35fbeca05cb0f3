"""The tag that shows a picture in the rendition that fits."""

from django import template

from multilingual.text import language_shown
from publishing.images.renditions import FORMATS

register = template.Library()


@register.inclusion_tag("publishing/_picture.html", takes_context=True)
def picture(context, record, field: str, sizes: str, words: str = "", lazy: bool = True, first: bool = False) -> dict:
    """The picture in `field` of `record`, shown as wide as `sizes` says (the HTML attribute).

    `words` is the translated field of the record that says what it shows; without, the picture is decoration.
    It is fetched when it comes near; `lazy=False` is for those in sight when the page opens, `first` for the one of
    them that matters most. On a page that a preview link shows, the link opens the picture too.
    """
    file = getattr(record, field)
    renditions = file.renditions
    link = context.get("preview_link")
    query = link.query if link else ""
    return {
        "file": file,
        "renditions": renditions,
        "sources": [(name, renditions.srcset(file.storage, name, query)) for name in FORMATS] if renditions else [],
        "src": file.url_for_width(renditions.width if renditions else 0) + query,
        "sizes": sizes,
        "alt": getattr(record, words) if words else "",
        "lang": language_shown(record, words) if words else None,
        "lazy": lazy,
        "first": first,
    }
