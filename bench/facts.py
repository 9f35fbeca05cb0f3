"""What is worth asking of a data set: addresses that have much to show, words, and the session of an editor."""

from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.db.models import Count, QuerySet

from bench.data.filling import EDITOR
from engagements.models import Engagement, EngagementStaff
from profiles.models import Profile
from programmes.models import Programme


def facts() -> dict:
    """Codes, slugs and words: `busy` has most engagements, `usual` is the thirtieth; `many` are for the visitors."""
    public = Engagement.objects.published().order_by()
    countries = _by_number(public, "country")
    programmes = _by_number(public.filter(programme__in=Programme.objects.published()), "programme__slug")
    staff = EngagementStaff.objects.filter(profile__in=Profile.objects.published()).order_by()
    newest = Engagement.objects.published().newest_first()[:200]
    rare = public.filter(summary_en__contains="community centre").order_by("pk").first()
    return {
        "engagements": Engagement.objects.count(),
        "people": Profile.objects.count(),
        "busy_country": countries[0],
        "usual_country": countries[min(30, len(countries) - 1)],
        "countries": countries[:60],
        "sector": public.filter(sector__isnull=False).values_list("sector", flat=True)[0],
        "programme": programmes[0],
        "programmes": programmes[:60],
        "profile": _by_number(staff, "profile__slug", 3)[0],
        "profiles": list(Profile.objects.published().values_list("slug", flat=True)[:200]),
        "engagement_pages": [engagement.get_absolute_url() for engagement in newest],
        "rare_word": rare.summary_en.split("community centre ")[1].split()[0],
        "session": _session(),
    }


def _by_number(things: QuerySet, path: str, most: int = 100) -> list:
    """The values of `path`, those that most of the `things` have first."""
    counted = things.values_list(path).annotate(number=Count("pk")).order_by("-number", path)
    return [value for value, _number in counted[:most]]


def _session() -> str:
    """The key of a new session of the superuser that the builder made."""
    user = get_user_model().objects.get(username=EDITOR)
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return session.session_key
