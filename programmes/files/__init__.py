"""Files of materials: known by what is in them, whatever they are called."""

from programmes.files.fields import MaterialFileField
from programmes.files.kinds import KINDS, Kind, kind_of_name

__all__ = ["KINDS", "Kind", "MaterialFileField", "kind_of_name"]
