"""Whoever guesses passwords or codes has to wait: django-axes, with a limit for accounts and one for addresses."""

from datetime import timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from math import ceil

from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_credentials
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.signals import user_login_failed
from django.db.models import Sum
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from accounts.second_factor import owes_second_factor

UNKNOWN_ADDRESS = "::"  # not None, of which the database would keep any number beside each other


def client_address(request) -> str:
    """The address that a request comes from.

    Behind a proxy it is what the outermost of our own proxies wrote into X-Forwarded-For: each appends the address it
    saw, so what a visitor made up stands before that and is not looked at. Without a proxy the header is ignored.
    """
    seen = request.META.get("REMOTE_ADDR", "")
    if settings.PROXY_COUNT:
        forwarded = [entry for entry in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if entry.strip()]
        if len(forwarded) >= settings.PROXY_COUNT:
            seen = forwarded[-settings.PROXY_COUNT]
    return _normal(seen.strip()) or UNKNOWN_ADDRESS


def _normal(text: str) -> str:
    """The address as it is counted, or "" if `text` is none. Some proxies add a port."""
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return ""
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    # One customer gets a whole /64, and could count as another guest at every try.
    return str(ip_network((address, 64), strict=False).network_address)


class LockoutHandler(AxesDatabaseHandler):
    """Counts failures by account and by address; a sign-in counts once it is complete."""

    def get_failures(self, request, credentials=None) -> int:
        """The failures that count, in failures of an account: those of an address weigh less, as many may share it."""
        by_account, by_address = (
            attempts.aggregate(failures=Sum("failures_since_start", default=0))["failures"]
            for attempts in self.get_user_attempts(request, credentials)
        )
        return max(by_account, by_address * settings.AXES_FAILURE_LIMIT // settings.ADDRESS_FAILURE_LIMIT)

    def locked_for(self, request, credentials) -> timedelta:
        """How long the account or the address, whichever is longer, has still to wait."""
        until = timezone.now()
        limits = (settings.AXES_FAILURE_LIMIT, settings.ADDRESS_FAILURE_LIMIT)
        for limit, attempts in zip(limits, self.get_user_attempts(request, credentials), strict=True):
            failures = 0
            for attempt in attempts.order_by("-attempt_time"):
                failures += attempt.failures_since_start
                if failures >= limit:
                    until = max(until, attempt.attempt_time + settings.AXES_COOLOFF_TIME)
                    break
        return until - timezone.now()

    def user_logged_in(self, sender, request, user, **kwargs):
        if not owes_second_factor(user):
            super().user_logged_in(sender, request, user, **kwargs)

    def reset_user_attempts(self, request, credentials=None) -> int:
        # Only of the account: who has one could else clear the address by signing in between guesses at others.
        by_account, _by_address = self.filter_user_attempts(request, credentials)
        return by_account.delete()[0]


def is_locked(request, username: str) -> bool:
    """Whether nothing that `request` brings for the account counts now. If so, `locked_page` is what it gets."""
    credentials = get_credentials(username)
    if not settings.AXES_ENABLED or AxesProxyHandler.is_allowed(request, credentials):
        return False
    request.axes_locked_out = True
    request.axes_credentials = credentials
    return True


def count_failure(request, username: str) -> None:
    """Count a wrong code like a wrong password."""
    user_login_failed.send(sender=__name__, request=request, credentials=get_credentials(username))


def count_sign_in(request, user) -> None:
    """Note that `user` has now given everything; failures before that are forgotten."""
    AxesProxyHandler.user_logged_in(sender=type(user), request=request, user=user)


def unlock(username: str) -> None:
    """Let an account try again at once."""
    AxesProxyHandler.reset_attempts(username=username)


def locked_page(request, response, credentials) -> HttpResponse:
    """The answer to whoever is locked out: the same for names that exist and for those that do not."""
    wait = AxesProxyHandler.get_implementation().locked_for(request, credentials)
    context = admin.site.each_context(request) | {
        "title": _("Too many failed attempts"),
        "is_nav_sidebar_enabled": False,
        "minutes": max(1, ceil(wait.total_seconds() / 60)),
    }
    page = TemplateResponse(request, "admin/locked_out.html", context, status=429).render()
    page["Retry-After"] = max(1, ceil(wait.total_seconds()))
    add_never_cache_headers(page)
    return page
