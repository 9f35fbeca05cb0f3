"""Model fields for pictures and their renditions."""

import logging
import uuid
from dataclasses import asdict
from functools import partial

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.fields.files import ImageFieldFile
from django.db.models.signals import post_delete
from django.utils.deconstruct import deconstructible

from publishing.images import renditions
from publishing.images.framing import Framing
from publishing.images.framing_forms import FramingFormField
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
    """A stored picture, with its framing and renditions where the model has a field for them."""

    @property
    def framing(self) -> Framing | None:
        """How this very picture is framed; None where it is shown whole."""
        value = getattr(self.instance, f"{self.field.name}_framing", None)
        return framing_of(value, self.name)

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

    @property
    def framed_url(self) -> str:
        """The address of one file for all uses elsewhere: the picture, or where an editor cropped it, what is shown."""
        return self.url_for_width(self.renditions.width) if self.framing and self.renditions else self.url

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


def framing_of(value: dict | None, name: str) -> Framing | None:
    """The framing in a column's `value`, if it is one of the picture `name`; what scripts broke counts as none."""
    try:
        return Framing.of(value) if value and value["of"] == name else None
    except (ValidationError, KeyError, TypeError):
        logger.warning("The framing of %s is not valid: %s", name, value)
        return None


class FramingField(models.JSONField):
    """Which part of a picture is shown, as an editor chose it; NULL where it is shown whole.

    Named after its picture and declared between it and its `RenditionsField`: `portrait_framing` is the one of
    `portrait`. It holds a `Framing` as a dictionary, which also says, as `of`, the name of the picture that it is for.
    So a new picture is shown whole, however it came there, unless its framing came with it, without a name.
    """

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("null", True)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def contribute_to_class(self, cls, name, private_only=False):
        super().contribute_to_class(cls, name, private_only)
        self.picture = name.removesuffix("_framing")

    def validate(self, value, model_instance):
        super().validate(value, model_instance)
        if value is not None:
            Framing.of(value)

    def pre_save(self, instance, add):
        picture, value = getattr(instance, self.picture), getattr(instance, self.attname)
        if value is not None:
            setattr(instance, self.attname, self._for_picture(value, picture.name or ""))
        return super().pre_save(instance, add)

    def _for_picture(self, value: dict, name: str) -> dict | None:
        named = {**value, "of": value.get("of") or name} if isinstance(value, dict) else None
        framing = framing_of(named, name) if name else None
        return {"of": name, **asdict(framing)} if framing and framing != Framing() else None

    def formfield(self, **kwargs):
        square = self.model._meta.get_field(f"{self.picture}_renditions").square
        # Not JSONField's: its form field wants the text of a JSON document.
        return models.Field.formfield(
            self, **{"form_class": FramingFormField, "picture": self.picture, "square": square, **kwargs}
        )


class RenditionsField(models.JSONField):
    """Makes the renditions of a picture when its record is saved, and remembers which there are.

    Named after its picture and declared below it: `portrait_renditions` makes those of `portrait`, as
    `portrait_framing` frames it. They are made anew when the picture or its framing
    changed, and when one is missing, as after an old state of the record was brought back. It holds a
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
        if not renditions.is_complete(picture.storage, known, picture.name, picture.framing):
            setattr(instance, self.attname, self.make(picture) if picture else None)
            self._remove_on_commit(instance, known)
        return super().pre_save(instance, add)

    def make(self, picture: PictureFile) -> dict | None:
        """The value for a stored `picture`, once its renditions are stored too; None where that fails."""
        try:
            made = renditions.make(picture.storage, picture.name, square=self.square, framing=picture.framing)
        except Exception as error:  # Pillow raises many kinds on broken files, storages on full disks
            logger.warning("No renditions of %s could be made: %s", picture.name, error)
            return None
        return asdict(made)

    def are_stored(self, instance, known: dict | None) -> bool:
        """Whether the files that `known`, a value of this field, speaks of are all there."""
        storage = getattr(instance, self.picture).storage
        return known is not None and all(storage.exists(name) for name in Renditions(**known).names())

    def forget(self, instance, **kwargs) -> None:
        """Remove the renditions of a deleted record."""
        self._remove_on_commit(instance, getattr(instance, self.attname))

    def _remove_on_commit(self, instance, known: dict | None) -> None:
        if known:
            storage = getattr(instance, self.picture).storage
            transaction.on_commit(partial(self._remove_outdated, storage, instance.pk, known), robust=True)

    def _remove_outdated(self, storage, pk, known: dict) -> None:
        """Remove the renditions in `known`, but for those that the record has again by now."""
        current = self.model._base_manager.filter(pk=pk).values_list(self.attname, flat=True).first()
        kept = Renditions(**current).names() if current else []
        renditions.remove(storage, sorted(set(Renditions(**known).names()) - set(kept)))
