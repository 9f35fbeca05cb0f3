"""Pictures: encoded anew on upload, kept under names nobody can guess, framed, with renditions in several widths."""

from publishing.images.fields import FramingField, PictureField, RandomName, RenditionsField

__all__ = ["FramingField", "PictureField", "RandomName", "RenditionsField"]
