from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class OpendataConfig(AppConfig):
    name = "opendata"
    verbose_name = _("Open data")

    def ready(self):
        # The records that are followed can be imported only now.
        from opendata import following

        following.connect()
        post_migrate.connect(following.migrated, sender=self, dispatch_uid="opendata.migrated")
