from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from snapshot.addresses import Scope
from snapshot.checking import dead_links
from snapshot.faults import BusyError, SnapshotError
from snapshot.making import make

SHOWN = 20  # of what is wrong


class Command(BaseCommand):
    help = (
        "Writes the whole public site as files into a folder, from which any web server can serve it; later runs write "
        "what differs and delete what is gone. Or only checks the links of such a folder (--check)."
    )

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, help="An empty or new folder, or that of the last time.")
        parser.add_argument(
            "--address", default=settings.SITE_URL, help="The portal's public address; without it, that of SITE_URL."
        )
        parser.add_argument("--languages", nargs="+", metavar="CODE", help="Only these, as in: en es.")
        parser.add_argument(
            "--data", action="store_true", help="Also the data package, IATI, and whole lists in all their formats."
        )
        parser.add_argument("--check", action="store_true", help="Only check that every link there leads to a file.")

    def handle(self, *args, folder, **options):
        if options["check"]:
            self._check(folder)
            return
        scope = Scope(self._languages(options["languages"]), options["data"])
        if not options["address"]:
            raise CommandError("Say under which address the public finds the portal: SITE_URL, or --address.")
        told = self.stdout.write if options["verbosity"] > 1 else lambda line: None
        try:
            outcome = make(folder, options["address"], scope, told)
        except BusyError as error:
            self.stderr.write(f"{error} Nothing was done.")
            return
        except (SnapshotError, DatabaseError, OSError) as error:
            raise CommandError(str(error)) from error
        if not outcome.is_new:
            self.stdout.write(f"{folder}: nothing has changed; {outcome.files} files.")
            return
        done = f"{outcome.files} files, {outcome.written} written, {outcome.deleted} deleted"
        self.stdout.write(f"{folder}: {done}.")
        if outcome.broken:
            self._complain("The portal could not make these pages; their older files stay:", outcome.broken)

    def _languages(self, asked: list[str] | None) -> tuple[str, ...]:
        known = [code for code, _name in settings.LANGUAGES]
        if unknown := [code for code in asked or [] if code not in known]:
            raise CommandError(f"There is no language {', '.join(unknown)}. There are: {', '.join(known)}.")
        return tuple(code for code in known if not asked or code in asked)

    def _check(self, folder: Path) -> None:
        if not folder.is_dir():
            raise CommandError(f"There is no folder {folder}.")
        dead = [f"{page}: {link}" for page, link in dead_links(folder)]
        if dead:
            self._complain(f"{len(dead)} links lead to no file:", dead)
        self.stdout.write(f"{folder}: every link leads to a file.")

    def _complain(self, about: str, lines: list[str]) -> None:
        raise CommandError("\n  ".join([about, *lines[:SHOWN]]))
