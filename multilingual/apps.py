from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.utils.translation import gettext_lazy as _

from multilingual.text import COLLATION, sort_key


class MultilingualConfig(AppConfig):
    name = "multilingual"
    verbose_name = _("Languages")

    def ready(self):
        connection_created.connect(add_collation, dispatch_uid="multilingual.add_collation")


def add_collation(connection, **kwargs):
    """Teach a new connection to SQLite to sort words as people do; PostgreSQL can."""
    if connection.vendor == "sqlite":
        connection.connection.create_collation(COLLATION, compare)


def compare(one: str, other: str) -> int:
    """Less than, equal to or greater than 0 as `one` sorts before, with or after `other`."""
    one_key, other_key = (sort_key(one), one), (sort_key(other), other)
    return (one_key > other_key) - (one_key < other_key)
