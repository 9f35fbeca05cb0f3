"""Pictures: encoded anew on upload, kept under names nobody can guess, with renditions in several widths."""

from publishing.images.fields import PictureField, RandomName, RenditionsField

__all__ = ["PictureField", "RandomName", "RenditionsField"]
