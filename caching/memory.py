"""Pages in the memory of the process: the first place to look, and the fastest."""

from collections import OrderedDict
from threading import Lock

from caching.pages import Page

MEGABYTE = 1024 * 1024


class Memory:
    """The pages asked for last, up to `most` bytes in all; no page larger than a sixteenth of that.

    Of each question there is one page, the newest: those of older versions take no room.
    """

    def __init__(self, most: int):
        self.most, self.size = most, 0
        self._pages: OrderedDict[tuple, tuple[str, Page]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: tuple, stamp: str) -> Page | None:
        """The page kept under `key`, if it is of the moment `stamp`."""
        kept = self._pages.get(key)
        if kept is None or kept[0] != stamp:
            return None
        with self._lock:
            if key in self._pages:  # another thread may have dropped it in between
                self._pages.move_to_end(key)
        return kept[1]

    def put(self, key: tuple, stamp: str, page: Page) -> None:
        """Keep the page; what was not asked for the longest gives way."""
        if _size(key, page) > self.most // 16:
            return
        with self._lock:
            self._drop(key)
            self._pages[key] = (stamp, page)
            self.size += _size(key, page)
            while self.size > self.most:
                self._drop(next(iter(self._pages)))

    def clear(self) -> None:
        """Forget all pages."""
        with self._lock:
            self._pages.clear()
            self.size = 0

    def __len__(self) -> int:
        return len(self._pages)

    def _drop(self, key: tuple) -> None:
        if kept := self._pages.pop(key, None):
            self.size -= _size(key, kept[1])


def _size(key: tuple, page: Page) -> int:
    return page.size + sum(len(part) + 60 for part in key if isinstance(part, str))
