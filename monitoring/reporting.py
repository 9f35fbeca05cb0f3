"""Errors told to Sentry, or what speaks its language: where in the program, not of whom nor of what.

What is sent is named here. Forms, cookies, headers, query strings and the values of variables stay: people's data,
preview links and passwords are in them.
"""

import sentry_sdk
from sentry_sdk.integrations.django import DjangoIntegration

from monitoring.asking import current
from monitoring.scrubbing import all_without_queries, without_queries
from opendata.release import fingerprint

# Parts of an event that may hold anything: what else was logged, who it was, the command line, variables.
LEFT_OUT = ("breadcrumbs", "user", "extra", "modules")


def start(dsn: str) -> None:
    """Report errors from now on to the address `dsn`."""
    sentry_sdk.init(
        dsn=dsn,
        release=fingerprint()[:16],
        send_default_pii=False,
        max_request_body_size="never",
        include_local_variables=False,
        max_breadcrumbs=0,
        auto_session_tracking=False,
        send_client_reports=False,
        before_send=fit_to_send,
        integrations=[DjangoIntegration(middleware_spans=False, signals_spans=False, cache_spans=False)],
    )


def fit_to_send(event: dict, hint: dict) -> dict:
    """The event without what must not leave, and with the number of the request."""
    for part in LEFT_OUT:
        event.pop(part, None)
    if request := event.get("request"):
        event["request"] = {"method": request.get("method"), "url": without_queries(request.get("url", ""))}
    for exception in event.get("exception", {}).get("values", []):
        # Databases name values of the row on the lines below the first.
        exception["value"] = (exception.get("value") or "").partition("\n")[0]
    if said := event.get("logentry"):
        event["logentry"] = {"message": said.get("message", "")}  # not what was filled in
    if asked := current.get():
        event.setdefault("tags", {})["request_id"] = asked.request_id
    return all_without_queries(event)
