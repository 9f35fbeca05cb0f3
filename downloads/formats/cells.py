"""Values as cells of a sheet: several in one, and nothing that a file cannot hold."""

import re

SEPARATOR = "; "
# What XML 1.0 has no way to write, and readers of CSV files stumble over.
_NOT_IN_FILES = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def cell(value):
    """`value` for one cell: several are joined by `SEPARATOR`, and a semicolon within one of them becomes a comma."""
    if isinstance(value, list):
        value = SEPARATOR.join(str(one).replace(";", ",") for one in value)
    return clean(value) if isinstance(value, str) else value


def clean(text: str) -> str:
    """The text with line breaks as "\\n" and without characters that no file can hold."""
    return _NOT_IN_FILES.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
