"""Files that are never public: kept apart from the uploads, and handed out by views that ask who wants them."""

from django.core.files.storage import Storage, storages


def private_storage() -> Storage:
    """The storage of private files: no address of the public site leads into it."""
    return storages["private"]
