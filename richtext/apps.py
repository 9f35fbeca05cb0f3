from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.utils.translation import gettext_lazy as _

from richtext.sqlite import teach


class RichTextConfig(AppConfig):
    name = "richtext"
    verbose_name = _("Rich text")

    def ready(self):
        connection_created.connect(teach, dispatch_uid="richtext.sqlite.teach")
