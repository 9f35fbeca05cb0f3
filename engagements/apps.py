from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class EngagementsConfig(AppConfig):
    name = "engagements"
    verbose_name = _("Engagements")

    def ready(self):
        # The records that are counted can be imported only now.
        from codelists.signals import loaded
        from engagements.tallies import following
        from publishing.signals import about_to_read

        about_to_read.connect(following.somebody_reads, dispatch_uid="engagements.tallies.somebody_reads")
        loaded.connect(following.code_lists_loaded, dispatch_uid="engagements.tallies.code_lists_loaded")
        post_migrate.connect(following.migrated, sender=self, dispatch_uid="engagements.tallies.migrated")
