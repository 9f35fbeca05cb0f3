"""The language of an answer: what `lang` says, else the best that the Accept-Language header asks for."""

from django.conf import settings
from django.utils.translation import get_supported_language_variant
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import parse_accept_lang_header

from api.parameters import refuse


def accepted(header: str) -> str:
    """The site's language that fits an Accept-Language `header` best; English where none does. No cookie is asked."""
    for code, quality in parse_accept_lang_header(header):
        if code == "*":
            break
        if not quality:
            continue
        try:
            return get_supported_language_variant(code)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE


def asked(code: str) -> str:
    """The language of the parameter `lang`. Raises BadParameters for one that the site does not have."""
    codes = [code for code, _name in settings.LANGUAGES]
    if code not in codes:
        refuse("lang", _("This language is not known here. Known are: %(codes)s.") % {"codes": ", ".join(codes)})
    return code
