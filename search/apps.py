from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Search")

    def ready(self):
        # The records that are searched can be imported only now.
        from listing.text import found_by
        from search import following
        from search.lists import narrowing

        following.connect()
        found_by(narrowing)
        post_migrate.connect(following.migrated, sender=self, dispatch_uid="search.migrated")
