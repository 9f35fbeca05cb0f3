"""Stored files on their way to a visitor."""

from django.core.files.storage import Storage
from django.http import FileResponse


def file_response(storage: Storage, name: str, **how) -> FileResponse:
    """The answer that sends the file; `how` is what FileResponse is told. Raises FileNotFoundError.

    What lies elsewhere is sent on as it comes; `open` would first fetch all of it.
    """
    if streamed := getattr(storage, "streamed", None):
        body, size = streamed(name)
        return FileResponse(body, headers={"Content-Length": size}, **how)
    return FileResponse(storage.open(name), **how)
