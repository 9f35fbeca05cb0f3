"""Whether every link within a snapshot leads to a file of it."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from snapshot.addresses import INDEX, within
from snapshot.rewriting import links_of


def dead_links(folder: Path) -> Iterator[tuple[str, str]]:
    """Each link of a page in the `folder` that leads to no file there, as (file of the page, link).

    What leads to another site, or to the portal itself, is not asked for.
    """
    for page in sorted(folder.rglob("*.html")):
        name = str(page.relative_to(folder))
        for link in links_of(page.read_text(), "text/html"):
            place = within(link, f"/{name}")
            if place is not None and not link.startswith("#") and not _leads_to_a_file(folder, place):
                yield name, link


def _leads_to_a_file(folder: Path, place: str) -> bool:
    path = unquote(urlsplit(place).path)
    return "?" not in place and (folder / (path[1:] + INDEX if path.endswith("/") else path[1:])).is_file()
