"""The uploaded files as packages know them: by their name in the storage."""

import re

from django.core.files.storage import default_storage

# One folder and a name, so that none can lead out of where files are kept.
FILE_NAME = r"^(portraits|photos|materials)/[A-Za-z0-9_-][A-Za-z0-9_.-]*$"
FOLDER = "files/"  # of the package
PIECE = 1024 * 1024  # bytes read at once

_NAME = re.compile(FILE_NAME.removesuffix("$") + r"\Z")


def is_stored(name: str) -> bool:
    """Whether there is such a file that a package can have."""
    return bool(_NAME.match(name)) and default_storage.exists(name)
