from collections.abc import Iterator
from dataclasses import asdict

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import models

from publishing.images import RenditionsField, renditions
from publishing.images.renditions import Renditions


class Command(BaseCommand):
    help = (
        "Makes the AVIF and WebP renditions that pictures lack: after an upgrade, and after media files were restored "
        "without them. Can be repeated."
    )

    def add_arguments(self, parser):
        parser.add_argument("--all", action="store_true", help="Make those anew that are there already.")

    def handle(self, *args, **options):
        made = kept = failed = 0
        for field in renditions_fields():
            storage = field.model._meta.get_field(field.picture).storage
            # In memory, three small values a row: SQLite cannot be read from and written to in turn.
            with_picture = field.model._base_manager.exclude(**{field.picture: ""})
            for pk, name, known in list(with_picture.values_list("pk", field.picture, field.name)):
                if not options["all"] and is_complete(storage, name, known, square=field.square):
                    kept += 1
                    continue
                try:
                    replace(field, storage, pk, name, known)
                except Exception as error:  # Pillow raises many kinds on broken files
                    failed += 1
                    self.stderr.write(f"{field.model._meta.verbose_name} {pk}: no renditions of {name}: {error}")
                else:
                    made += 1
        self.stdout.write(f"Renditions of pictures: {made} made, {kept} up to date, {failed} not possible.")


def renditions_fields() -> Iterator[RenditionsField]:
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, RenditionsField):
                yield field


def is_complete(storage, name: str, known: dict | None, *, square: bool) -> bool:
    """Whether every rendition of the picture `name` is known and stored."""
    if known is None or known["of"] != name:
        return False
    present = Renditions(**known)
    return present.widths == renditions.widths_for(present.width, square=square) and all(
        storage.exists(rendition) for rendition in present.names()
    )


def replace(field: RenditionsField, storage, pk: int, name: str, known: dict | None) -> None:
    """Make the renditions of the picture `name` and remember them, unless an editor has replaced it meanwhile."""
    new = renditions.make(storage, name, square=field.square)
    row: models.QuerySet = field.model._base_manager.filter(**{"pk": pk, field.picture: name})
    if not row.update(**{field.name: asdict(new)}):
        renditions.remove(storage, new.names())
    elif known:
        outdated = set(Renditions(**known).names()) - set(new.names())
        renditions.remove(storage, sorted(outdated))
