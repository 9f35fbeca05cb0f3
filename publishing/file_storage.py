"""Uploads in folders."""

from pathlib import Path

from django.core.files.storage import FileSystemStorage


class WholeFileStorage(FileSystemStorage):
    """Django's, which leaves nothing of a file that could not be written to its end, as where the disk is full."""

    def _save(self, name, content):
        path = Path(self.path(name))
        was_there = path.exists()
        try:
            return super()._save(name, content)
        except BaseException:
            # Names are drawn at random: nobody else has begun a file of this one meanwhile.
            if not was_there:
                path.unlink(missing_ok=True)
            raise
