from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from backup import keys, rotation
from backup.faults import BackupError
from backup.keys import Keys
from backup.making import make
from backup.verifying import verify


def keys_of(key_file: Path | None) -> Keys:
    """The keys in the file, or else in the setting BACKUP_KEY; there may be none. Raises KeyFaultError."""
    return keys.read_file(key_file) if key_file else keys.read(settings.BACKUP_KEY)


def add_key_file(parser) -> None:
    parser.add_argument(
        "--key-file", type=Path, help="A file with keys of age, one a line; without it, BACKUP_KEY of the environment."
    )


class Command(BaseCommand):
    help = (
        "Writes the database and all uploaded files into one file, as of one moment, while people read and edit; "
        "encrypted if there is a key. Or checks such a file (--verify), or makes a key (--new-key)."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "file", type=Path, help="Where to: a file that is not there yet, or a folder, for a name with the time."
        )
        add_key_file(parser)
        parser.add_argument(
            "--keep", type=int, metavar="N", help="With a folder: afterwards delete its backups but the newest N."
        )
        what = parser.add_mutually_exclusive_group()
        what.add_argument(
            "--verify", action="store_true", help="Only check that FILE is a whole backup. Asks no database."
        )
        what.add_argument("--new-key", action="store_true", help="Only make a new key, and write it into FILE.")

    def handle(self, *args, file, key_file, keep, **options):
        try:
            if options["new_key"]:
                self._make_key(file)
            elif options["verify"]:
                head, closing = verify(file, keys_of(key_file))
                self.stdout.write(f"{file} is whole: made {head.created} by {head.release}; {closing.told}.")
            else:
                self._back_up(file, keys_of(key_file), keep)
        except (BackupError, DatabaseError, OSError) as error:
            raise CommandError(str(error)) from error

    def _back_up(self, file: Path, found: Keys, keep: int | None) -> None:
        if keep is not None and (keep < 1 or not file.is_dir()):
            raise CommandError("--keep takes a number from 1 on, and a folder instead of a file.")
        if not found:
            self.stderr.write("There is no key, so the backup is not encrypted: guard it like the passwords in it.")
        folder = file if file.is_dir() else None
        path = folder / rotation.name_at(datetime.now(UTC), encrypted=bool(found)) if folder else file
        closing, digest = make(path, found)
        self.stdout.write(f"{path}: {closing.told}. SHA-256 {digest}")
        for name in closing.missing:
            self.stderr.write(f"A record names the file {name}, which is not there.")
        for path in rotation.remove_older(folder, keep) if keep else []:
            self.stdout.write(f"Deleted the older backup {path}.")

    def _make_key(self, file: Path) -> None:
        public = keys.make(file)
        self.stdout.write(
            f"The secret key is in {file}: keep it away from this server and from the backups, in two places. Without "
            f"it no backup can be restored. Backups are made with its public half:\nBACKUP_KEY={public}"
        )
