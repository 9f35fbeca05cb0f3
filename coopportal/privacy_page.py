"""The page that says what is kept of whom. What it names follows from the settings and the rules of `forget_old`."""

from django.conf import settings
from django.views.generic import TemplateView

from privacy.retention import RULES


class PrivacyView(TemplateView):
    """What the portal knows of visitors, of the people whom it shows and of its staff; for how long; whom to ask."""

    template_name = "pages/privacy.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            contact=settings.CONTACT_EMAIL,
            access_log_days=settings.ACCESS_LOG_DAYS,
            requests_are_logged=settings.LOG_REQUESTS,
            api_is_limited=bool(settings.API_RATE),
            errors_are_reported=bool(settings.SENTRY_DSN),
            session_hours=settings.SESSION_COOKIE_AGE // 3600,
            days={rule.option.replace("-", "_"): rule.days for rule in RULES},
            **kwargs,
        )
