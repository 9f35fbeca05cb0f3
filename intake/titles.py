"""What an engagement is called, made of what is known of it."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

# By kind of engagement (`engagements.Engagement.Kind`): with a programme, and without one.
_TITLES = {
    "workshop": (_("Workshop on %(programme)s in %(country)s"), _("Workshop in %(country)s")),
    "training-of-trainers": (
        _("Training of trainers on %(programme)s in %(country)s"),
        _("Training of trainers in %(country)s"),
    ),
    "adaptation": (
        _("Adaptation of %(programme)s in %(country)s"),
        _("Adaptation of training materials in %(country)s"),
    ),
    "policy-advice": (
        _("Policy advice with %(programme)s in %(country)s"),
        _("Policy advice on cooperatives in %(country)s"),
    ),
    "research": (_("Research on %(programme)s in %(country)s"), _("Research on cooperatives in %(country)s")),
    "pilot": (_("Pilot of %(programme)s in %(country)s"), _("Pilot in %(country)s")),
    "project": (_("Project with %(programme)s in %(country)s"), _("Cooperative project in %(country)s")),
}
_STORY = _("The story of %(name)s")
# Countries whose English name takes “the” in a sentence.
_WITH_ARTICLE = frozenset("AE BS CD CF CG DO FK FO GB GM KM KY MH MP MV NL PH SB SC TC US VG VI".split())  # noqa: SIM905


def engagement_title(kind: str, programme: str, country: str, code: str, language: str) -> str:
    """The title in `language`. `programme` and `country` are names, `programme` perhaps ""; `code` is the country's."""
    with_programme, without = _TITLES.get(kind, _TITLES["project"])
    if language == "en" and code in _WITH_ARTICLE:
        country = f"the {country}"
    with override(language or "en"):
        return str(with_programme if programme else without) % {"programme": programme, "country": country}


def story_title(name: str, language: str) -> str:
    """What stands, in `language`, above an article that a person of that `name` tells without being asked; or ""."""
    with override(language or "en"):
        return str(_STORY) % {"name": name} if name else ""
