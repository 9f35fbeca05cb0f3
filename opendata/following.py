"""The content version follows every change: of what the search indexes by its signal, of the rest by Django's."""

from django.apps import apps
from django.db.models.signals import m2m_changed, post_delete, post_save

from codelists.signals import loaded
from intake.models import Intake, Source
from opendata import versions
from opendata.models import ContentVersion
from opendata.release import fingerprint
from publishing.migrating import tables_are_ready
from publishing.signals import caught_up, renditions_made
from search.relations import KIND_OF, LINKING, PARTS
from search.signals import followed

CONTENT = ("codelists", "organisations", "programmes", "profiles", "engagements")


def connect() -> None:
    """Begin to follow."""
    for signal, name in (
        (followed, "followed"),
        (caught_up, "caught_up"),
        (loaded, "loaded"),
        (renditions_made, "renditions_made"),
    ):
        signal.connect(changed, dispatch_uid=f"opendata.{name}")
    for model in models_beside_the_search():
        for signal, name in ((post_save, "saved"), (post_delete, "deleted")):
            signal.connect(changed, sender=model, dispatch_uid=f"opendata.{name}.{model.__name__}")
        for relation in model._meta.many_to_many:
            through = relation.remote_field.through
            m2m_changed.connect(links_changed, sender=through, dispatch_uid=f"opendata.links.{through.__name__}")


def models_beside_the_search() -> list:
    """The models with public content whose changes the search does not announce, at least not all."""
    content = [model for label in CONTENT for model in apps.get_app_config(label).get_models()]
    return [model for model in content if model not in {*KIND_OF, *PARTS, *LINKING}] + [Intake, Source]


def changed(**kwargs) -> None:
    versions.bump()


def links_changed(action, **kwargs) -> None:
    if action.startswith("post_"):
        versions.bump()


def migrated(plan=None, **kwargs) -> None:
    """Another program, or other settings, are a change as well: of how the content is shown."""
    if not tables_are_ready(plan):
        return
    present = ContentVersion.objects.filter(pk=versions.ONLY).first()
    if present is None or present.release != fingerprint():
        versions.bump()
