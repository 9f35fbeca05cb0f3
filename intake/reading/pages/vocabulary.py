"""The words by which the authors of web pages tell an article from what stands around it.

The names of elements, roles and properties are those of the HTML standard, WAI-ARIA 1.2, schema.org and Open Graph.
The class names are habits: those of common systems for content, of share buttons, and of cookie banners.
"""

import re
from collections.abc import Mapping


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


INLINE = _words(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark nobr picture q s samp small "
    "source span strike strong sub sup time tt u var wbr o:p"
)
UNREAD = _words(
    "applet area audio button canvas datalist embed frameset iframe input map math meter noembed noframes noscript "
    "object optgroup option progress script select style svg template textarea title video"
)
HEADINGS = {f"h{level}": level for level in range(1, 7)}
BOLD = _words("b strong")
_FURNITURE_TAGS = _words("nav aside footer dialog menu")
_FURNITURE_ROLES = _words(
    "alert alertdialog banner complementary contentinfo dialog menu menubar navigation search toolbar"
)
_FURNITURE_NAMES = re.compile(
    r"(?<![a-z])(?:nav|navbar|navigation|menus?|menubar|breadcrumbs?|shar(?:e|es|ing|ebar)|social|addthis|addtoany"
    r"|sharethis|related|similar|recommend(?:ed|ations?)|cookies?|consent|gdpr|onetrust|newsletter|subscri(?:be|ption)"
    r"|sign-?up|log-?in|foot(?:er)?|copyright|side-?bar|secondary|skip|skip-?links?|toolbar|paginat(?:ion|or)|pager"
    r"|tags|tag-?cloud|comments?|respond|advert(?:s|isement)?|ads|promo|pop-?up|modal|overlay|search|sr-only"
    r"|visually-hidden|screen-reader-text|wm-ipp|(?:right|left)-?(?:col|column|bar|side|nav|panel|rail)"
    r"|(?:col|column)-?(?:right|left))(?![a-z])"
)
_CAPTION_NAMES = re.compile(
    r"(?<![a-z])(?:fig-?captions?|captions?|legende?|leyenda|pie-de-foto|photo-?credits?|image-?credits?)(?![a-z])"
)
_PICTURE_NAMES = re.compile(r"(?<![a-z])(?:figure|image|imagen|img|photo|foto|picture|illustration)(?![a-z])")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_HIDDEN = re.compile(r"(?<![\w-])(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_WEIGHT = re.compile(r"(?<![\w-])font-weight\s*:\s*(\w+)", re.IGNORECASE)
_LONGEST_NAMES = 1000  # characters of class names that are looked at

# Lines that no article has, in whatever element they stand.
BOILERPLATE = re.compile(
    r"(?i)(?:©|\(c\) \d{4}|copyright\b|all rights reserved|todos los derechos reservados|tous droits réservés"
    r"|(?:we|this (?:web ?)?site) uses? cookies|(?:utilizamos|usamos|este sitio (?:web )?(?:utiliza|usa)) cookies"
    r"|(?:nous utilisons|ce site utilise) des cookies|skip to (?:main )?content|saltar al contenido|aller au contenu"
    r"|(?:accept|reject) (?:all )?cookies|back to top|volver arriba|haut de page)"
)
BUTTONS = re.compile(
    r"(?i)(?:share(?: (?:this|on)\b.*)?|print(?: (?:this|page)\b.*)?|tweet|facebook|twitter|linkedin|whatsapp|e-?mail"
    r"|compartir(?: (?:en|esta|este)\b.*)?|imprimir(?: .*)?|partager(?: (?:sur|cet?|cette)\b.*)?|imprimer(?: .*)?"
    r"|read more|leer más|lire la suite|more|close|cerrar|fermer|menu|search|buscar|rechercher)[:.]?"
)
RELATED = re.compile(
    r"(?i)(?:related|you may also|see also|read also|further (?:reading|information)|more (?:on|from|about|information)"
    r"|latest|share|tags|contact|relacionad|contenidos? relacionad|véase también|ver también|lea también|más (?:sobre|"
    r"información)|compartir|etiquetas|contenus? (?:liés|associés)|voir aussi|lire aussi|à lire|en savoir plus|partager"
    r"|articles? (?:liés|associés)|noticias relacionad|artículos relacionad)"
)


def _names(attributes: Mapping[str, str]) -> str:
    if "class" not in attributes and "id" not in attributes:
        return ""
    joined = f"{attributes.get('class', '')} {attributes.get('id', '')}"[:_LONGEST_NAMES]
    return _CAMEL.sub("-", joined).replace("_", "-").lower()


def is_furniture(tag: str, attributes: Mapping[str, str]) -> bool:
    """Whether an element says that it is something around the article, or that it does not show."""
    return bool(
        tag in _FURNITURE_TAGS
        or attributes.get("role", "").strip().lower() in _FURNITURE_ROLES
        or "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or _HIDDEN.search(attributes.get("style", ""))
        or _FURNITURE_NAMES.search(_names(attributes))
    )


def is_marked(tag: str, attributes: Mapping[str, str]) -> bool:
    """Whether an element says that it is the article, or the main part of the page."""
    return (
        tag in ("article", "main")
        or attributes.get("role", "").strip().lower() in ("main", "article")
        or attributes.get("itemprop", "").strip().lower() == "articlebody"
    )


def is_caption(tag: str, attributes: Mapping[str, str]) -> bool:
    return tag in ("figcaption", "caption") or bool(_CAPTION_NAMES.search(_names(attributes)))


def is_for_picture(tag: str, attributes: Mapping[str, str]) -> bool:
    """Whether a picture in this element makes what else stands in it a caption."""
    return tag in ("figure", "table") or bool(_PICTURE_NAMES.search(_names(attributes)))


def is_bold(tag: str, attributes: Mapping[str, str], around: bool) -> bool:
    if weight := _WEIGHT.search(attributes.get("style", "")):
        return weight[1].lower() in ("bold", "bolder", "600", "700", "800", "900")
    return around or tag in BOLD
