from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.utils.translation import gettext_lazy as _

from multilingual.querysets import make_classes_once
from multilingual.sqlite import teach


class MultilingualConfig(AppConfig):
    name = "multilingual"
    verbose_name = _("Languages")

    def ready(self):
        make_classes_once()
        connection_created.connect(teach, dispatch_uid="multilingual.sqlite.teach")
