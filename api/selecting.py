"""What of a record is asked for: `fields` names what to send, `expand` the related records to send in full.

Both are lists of dotted names. ``fields=id,title,country.name`` and ``expand=country,staff.profile`` are read into
trees of names, and checked against the serializers that will answer.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

DEEPEST = 2  # levels of expansion: staff.profile is the second

Tree = dict[str, "Tree"]


@dataclass(frozen=True)
class Selection:
    """The part of a record that is asked for. `fields` is None where everything is; `expand` is empty where nothing is.

    Both have names as keys, and for each name what is asked of the record that it leads to.
    """

    fields: Tree | None = None
    expand: Tree = field(default_factory=dict)

    def wants(self, name: str) -> bool:
        """Whether the field `name` is sent."""
        return self.fields is None or name in self.fields

    def expands(self, name: str) -> bool:
        """Whether the related record in the field `name` is sent in full."""
        return name in self.expand

    def within(self, name: str) -> "Selection":
        """What is asked of the record in the field `name`: all of it where nothing is said."""
        return Selection((self.fields or {}).get(name) or None, self.expand.get(name, {}))


EVERYTHING = Selection()


def names_in(texts: Iterable[str]) -> list[str]:
    """The dotted names in `texts`, each a list with commas."""
    return [name for text in texts for each in text.split(",") if (name := each.strip())]


def outermost(names: Iterable[str]) -> list[str]:
    """Those of the dotted `names` that are not within another one of them: of a.b, a and c.d these are a and c.d."""
    names = set(names)
    return [name for name in names if not any(name[:at] in names for at, sign in enumerate(name) if sign == ".")]


def tree(names: Iterable[str]) -> Tree:
    """The tree of some dotted names."""
    root: Tree = {}
    for name in names:
        branch = root
        for step in name.split("."):
            branch = branch.setdefault(step, {})
    return root
