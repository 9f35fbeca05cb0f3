"""The model field of materials' files."""

from django.db import models
from django.db.models.fields.files import FieldFile

from programmes.files import messages
from programmes.files.checking import check_material
from programmes.files.kinds import KINDS, Kind, kind_of_name
from programmes.files.messages import refused


class MaterialFile(FieldFile):
    """A file of a known kind; what is stored under it has been checked."""

    @property
    def kind(self) -> Kind | None:
        """What the stored file is, by its name, which follows from its content. Opens no file."""
        return kind_of_name(self.name or "")

    def check(self) -> Kind:
        """Check a file that is not stored yet, once. Raises ValidationError when it cannot be offered."""
        if getattr(self, "_checked", None) is not self.file:
            self._kind, self._checked = check_material(self.file), self.file
        return self._kind

    def save(self, name, content, save=True):
        """Store `content` with the extension of what it is. Raises ValidationError when it cannot be offered."""
        is_checked = getattr(self, "_checked", None) is content
        kind = self._kind if is_checked else check_material(content)
        super().save(f"material.{kind.extension}", content, save)


def check_file(file: MaterialFile) -> None:
    """Validator: a new file can be offered, by its content; a stored one was checked then, and its name says so."""
    if not file._committed:
        file.check()
    elif file.kind is None:
        raise refused(messages.UNKNOWN)


class MaterialFileField(models.FileField):
    """File field that takes what can be offered to the public as a material, by its content, not its name."""

    attr_class = MaterialFile
    default_validators = [check_file]

    def formfield(self, **kwargs):
        field = super().formfield(**kwargs)
        field.widget.attrs["accept"] = ",".join(f".{extension}" for extension in KINDS)
        return field
