"""The index follows what is saved and deleted.

By signals, of which the portal has no others: a record must not know the search, which stands above it, and yet no
way of saving one may pass the search by. What `QuerySet.update()`, `bulk_create()` and `bulk_update()` write sends no
signals; where these are used for something public, `search.indexing.follow()` is to be called as well.
"""

from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete

from codelists.models import Country, Region, Topic
from codelists.signals import loaded
from publishing.migrating import tables_are_ready
from publishing.signals import parts_reordered
from search import rebuilding
from search.indexing import follow, index
from search.relations import KIND_OF, LINKING, NAMED_IN, PARTS, key_of, keys_of
from search.waiting import naming


def connect() -> None:
    """Begin to follow."""
    for model in {*KIND_OF, *PARTS, *NAMED_IN}:
        post_save.connect(saved, sender=model, dispatch_uid=f"search.saved.{model.__name__}")
        post_delete.connect(deleted, sender=model, dispatch_uid=f"search.deleted.{model.__name__}")
    pre_delete.connect(topic_leaves, sender=Topic, dispatch_uid="search.topic_leaves")
    for model in LINKING:
        for relation in model._meta.many_to_many:
            through = relation.remote_field.through
            m2m_changed.connect(links_changed, sender=through, dispatch_uid=f"search.links.{through.__name__}")
    parts_reordered.connect(reordered, dispatch_uid="search.reordered")
    loaded.connect(code_lists_loaded, dispatch_uid="search.code_lists_loaded")


def saved(sender, instance, **kwargs) -> None:
    if sender in KIND_OF or sender in PARTS:
        follow([key_of(instance)])  # those in whose entries it is named follow when its name is another
    else:
        follow(naming(sender, [instance.pk]))


def deleted(sender, instance, origin=None, **kwargs) -> None:
    if sender in PARTS and _goes_with_its_whole(sender, origin):
        return
    if sender in KIND_OF or sender in PARTS:
        follow([key_of(instance), *getattr(instance, "_named_in", ())])


def _goes_with_its_whole(part: type[Model], origin) -> bool:
    """Whether something else than the part was deleted, and the part because of it."""
    return origin is not None and getattr(origin, "model", type(origin)) is not part


def topic_leaves(sender, instance, **kwargs) -> None:
    """Remember who has the topic: alone of all named records it can be deleted while others point to it."""
    instance._named_in = naming(sender, [instance.pk])


def links_changed(sender, instance, action, reverse, model, pk_set, **kwargs) -> None:
    """Links were added or removed: from the record whose field it is, or `reverse`, from the one that it points to."""
    if action == "pre_clear" and reverse:
        # After it nobody knows any more who was linked.
        instance._unlinked = list(_linked_from(sender, instance, model))
    if not action.startswith("post_"):
        return
    if not reverse:
        follow([key_of(instance)])
    elif action == "post_clear":
        follow(keys_of(model, instance.__dict__.pop("_unlinked", [])))
    else:
        follow(keys_of(model, pk_set))


def _linked_from(through: type[Model], instance: Model, model: type[Model]):
    for relation in model._meta.many_to_many:
        if relation.remote_field.through is through:
            return model._base_manager.filter(**{relation.name: instance}).values_list("pk", flat=True)
    return []


def code_lists_loaded(**kwargs) -> None:
    """The official lists were brought up to date, without signals for each row: any name may be another."""
    rebuilding.rebuild()


def migrated(plan=None, **kwargs) -> None:
    """Index the code lists, which a data migration loads; or all that there is, where the search itself is new.

    Nothing is written where nothing changed.
    """
    if not tables_are_ready(plan):
        return
    if any(migration.app_label == "search" for migration, _backwards in plan):
        rebuilding.rebuild()
    else:
        for model in (Country, Region, Topic):
            index(keys_of(model, model._base_manager.values_list("pk", flat=True)))


def reordered(whole, **kwargs) -> None:
    """The parts of `whole` stand in another order."""
    follow([key_of(whole)])
