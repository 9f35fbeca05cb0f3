"""Pages in files, which the processes of one machine share."""

import os
import tempfile
from itertools import count
from pathlib import Path

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.filebased import FileBasedCache

FOLDERS = 64  # the first characters of a name decide on one, so that looking through one is quick
MOST_BYTES = 512 * 1024 * 1024  # in all folders
SETS_BETWEEN_CULLS = 16  # of one process

_sets = count(1)


class PageFiles(FileBasedCache):
    """Django's cache in files, for very many of them and for several processes that add the same key.

    Files lie in folders. A folder that has become too large is brought to three quarters of its size: the oldest go.
    Only the folder that was just written to is looked through, and not every time.
    OPTIONS: `MOST_BYTES`, in all.
    """

    def __init__(self, dir, params):
        self._most_a_folder = params.get("OPTIONS", {}).get("MOST_BYTES", MOST_BYTES) // FOLDERS
        super().__init__(dir, params)

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        """Set what is not there; whether it was not. Of several processes that try it at once, one does."""
        if self.has_key(key, version):  # what is expired is deleted by this
            return False
        written = self._written(key, value, timeout, version)
        try:
            os.link(written, self._key_to_file(key, version))  # unlike a move, it replaces nothing
        except FileExistsError:
            return False
        finally:
            os.remove(written)
        return True

    def set(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        written = self._written(key, value, timeout, version)
        file = Path(self._key_to_file(key, version))
        written.replace(file)
        if next(_sets) % SETS_BETWEEN_CULLS == 0:
            self._cull_folder(file.parent)

    def _written(self, key, value, timeout, version) -> Path:
        """The value, whole, in a file of another name beside its own."""
        folder = Path(self._key_to_file(key, version)).parent
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, path = tempfile.mkstemp(dir=folder)
        try:
            with open(descriptor, "wb") as file:
                self._write_content(file, timeout, value)
        except BaseException:
            os.remove(path)
            raise
        return Path(path)

    def _cull_folder(self, folder: Path) -> None:
        """Bring the folder to its size. Others may do the same at this moment."""
        files = []
        with os.scandir(folder) as entries:
            for entry in entries:
                try:
                    found = entry.stat()
                except FileNotFoundError:
                    continue
                files.append((found.st_mtime, found.st_size, entry.path))
        size = sum(found[1] for found in files)
        if size <= self._most_a_folder:
            return
        for _time, bytes_, path in sorted(files):
            if size <= self._most_a_folder * 3 / 4:
                return
            Path(path).unlink(missing_ok=True)
            size -= bytes_

    def _key_to_file(self, key, version=None):
        folder, name = os.path.split(super()._key_to_file(key, version))
        return os.path.join(folder, f"{int(name[:4], 16) % FOLDERS:02x}", name)

    def _list_cache_files(self):
        return [str(path) for path in Path(self._dir).glob(f"*/*{self.cache_suffix}")]
