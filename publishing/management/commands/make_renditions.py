from collections.abc import Iterator
from dataclasses import asdict

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import transaction

from publishing.images import RenditionsField, renditions
from publishing.images.fields import framing_of
from publishing.images.framing import Framing
from publishing.images.renditions import Renditions
from publishing.signals import renditions_made


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
            # In memory, four small values a row: SQLite cannot be read from and written to in turn.
            with_picture = field.model._base_manager.exclude(**{field.picture: ""})
            columns = ("pk", field.picture, f"{field.picture}_framing", field.name)
            for pk, name, value, known in list(with_picture.values_list(*columns)):
                framing = framing_of(value, name)
                if not options["all"] and is_complete(storage, name, framing, known, square=field.square):
                    kept += 1
                    continue
                try:
                    replace(field, storage, pk, name, framing, known)
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


def is_complete(storage, name: str, framing: Framing | None, known: dict | None, *, square: bool) -> bool:
    """Whether every rendition of the picture `name`, in the widths of this version, is known and stored."""
    if not renditions.is_complete(storage, known, name, framing):
        return False
    present = Renditions(**known)
    return present.widths == renditions.widths_for(present.width, square=square)


def replace(field: RenditionsField, storage, pk: int, name: str, framing: Framing | None, known: dict | None) -> None:
    """Make the renditions of the picture `name` and remember them, unless an editor has changed it meanwhile."""
    new = renditions.make(storage, name, square=field.square, framing=framing)
    with transaction.atomic():
        row = field.model._base_manager.select_for_update().filter(**{"pk": pk, field.picture: name})
        present = row.values_list(f"{field.picture}_framing", field.name).first()
        unchanged = present is not None and framing_of(present[0], name) == framing
        if unchanged:
            row.update(**{field.name: asdict(new)})
            renditions_made.send(sender=field.model)
    remembered = asdict(new) if unchanged else present and present[1]
    kept = set(Renditions(**remembered).names()) if remembered else set()
    outdated = {*new.names(), *(Renditions(**known).names() if known else [])} - kept
    renditions.remove(storage, sorted(outdated))
