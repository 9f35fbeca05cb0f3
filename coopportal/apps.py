from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoopPortalConfig(AppConfig):
    name = "coopportal"
    verbose_name = _("COOP Portal")

    def ready(self):
        from coopportal import checks  # noqa: F401 - registers them
