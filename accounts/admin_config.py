"""Django's admin with the portal's site. In `apps.py` Django would take it for the configuration of accounts."""

from django.contrib.admin.apps import AdminConfig


class PortalAdminConfig(AdminConfig):
    default_site = "accounts.sites.PortalAdminSite"
