from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class MonitoringConfig(AppConfig):
    name = "monitoring"
    verbose_name = _("Monitoring")

    def ready(self):
        # What nobody asked for costs no import.
        if settings.SENTRY_DSN:
            from monitoring.reporting import start

            start(settings.SENTRY_DSN)
        if settings.METRICS_TOKEN:
            from monitoring.metrics import count_failures

            count_failures()
