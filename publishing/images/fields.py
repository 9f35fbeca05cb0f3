"""Model fields for pictures and their renditions."""

import logging
import uuid
from dataclasses import asdict
from functools import partial

from django.db import models, transaction
from django.db.models.fields.files import ImageFieldFile
from django.db.models.signals import post_delete
from django.utils.deconstruct import deconstructible

from publishing.images import renditions
from publishing.images.renditions import Renditions
from publishing.images.uploads import PictureFormField

logger = logging.getLogger(__name__)


@deconstructible(path="publishing.images.RandomName")
class RandomName:
    """`upload_to` that gives each file a name nobody can guess, in `folder`, keeping its extension."""

    def __init__(self, folder: str):
        self.folder = folder

    def __call__(self, instance, filename: str) -> str:
        extension = filename.rsplit(".", 1)[-1].lower()
        return f"{self.folder}/{uuid.uuid4().hex}.{extension}"

    def __eq__(self, other) -> bool:
        return isinstance(other, RandomName) and other.folder == self.folder


class PictureFile(ImageFieldFile):
    """A stored picture, with its renditions where the model has a `RenditionsField` for it."""

    @property
    def renditions(self) -> Renditions | None:
        """What is known to be there of this very picture; None where nothing is. Opens no file."""
        known = getattr(self.instance, f"{self.field.name}_renditions", None)
        return Renditions(**known) if known and known["of"] == self.name else None

    def url_for_width(self, width: int) -> str:
        """The address of the smallest rendition at least `width` pixels wide, or the widest; else of the picture.

        For places that take one address only; it leads to a WebP file.
        """
        present = self.renditions
        if present is None:
            return self.url
        chosen = next((one for one in present.widths if one >= width), present.widths[-1])
        return self.storage.url(present.name(chosen, "webp"))

    def delete(self, save=True):
        if self.renditions:
            renditions.remove(self.storage, self.renditions.names())
        super().delete(save)


class PictureField(models.ImageField):
    """Image field that publishes nothing of the uploaded file but its pixels."""

    attr_class = PictureFile

    def __init__(self, *args, folder: str = "", **kwargs):
        self.folder = folder
        kwargs.setdefault("upload_to", RandomName(folder))
        kwargs.setdefault("db_index", True)  # a picture's address is looked up to see whether it is public
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {"folder": self.folder, **kwargs}

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": PictureFormField, **kwargs})


class RenditionsField(models.JSONField):
    """Makes the renditions of a picture when its record is saved, and remembers which there are.

    Named after its picture and declared below it: `portrait_renditions` makes those of `portrait`. It holds a
    `Renditions` as a dictionary. It is NULL, and pages show the picture itself, where there is no picture, where the
    record was saved before there were renditions, and where they could not be made: a picture too hard for Pillow or
    a full disk must not keep an editor from saving. `manage.py make_renditions` makes what is missing.

    ImageField's own `width_field` and `height_field` would not do: wherever these are empty, as in old rows, it opens
    the file whenever a record is loaded.
    """

    def __init__(self, *args, square: bool = False, **kwargs):
        self.square = square
        kwargs.setdefault("null", True)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {"square": self.square, **kwargs}

    def contribute_to_class(self, cls, name, private_only=False):
        super().contribute_to_class(cls, name, private_only)
        self.picture = name.removesuffix("_renditions")
        post_delete.connect(self.forget, sender=cls)

    def pre_save(self, instance, add):
        picture = getattr(instance, self.picture)
        known = getattr(instance, self.attname)
        if known is None or known["of"] != picture.name:
            setattr(instance, self.attname, self.make(picture) if picture else None)
            self._remove_on_commit(picture.storage, known)
        return super().pre_save(instance, add)

    def make(self, picture: PictureFile) -> dict | None:
        """The value for a stored `picture`, once its renditions are stored too; None where that fails."""
        try:
            return asdict(renditions.make(picture.storage, picture.name, square=self.square))
        except Exception as error:  # Pillow raises many kinds on broken files, storages on full disks
            logger.warning("No renditions of %s could be made: %s", picture.name, error)
            return None

    def forget(self, instance, **kwargs) -> None:
        """Remove the renditions of a deleted record."""
        self._remove_on_commit(getattr(instance, self.picture).storage, getattr(instance, self.attname))

    def _remove_on_commit(self, storage, known: dict | None) -> None:
        if known:
            transaction.on_commit(partial(renditions.remove, storage, Renditions(**known).names()), robust=True)
