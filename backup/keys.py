"""Keys of backups: those of age (https://age-encryption.org/v1), by the library pyrage.

A key has two halves. The public one (`age1…`) is enough to make backups, and cannot read them; so a server that was
broken into gives away no older backup. The secret one (`AGE-SECRET-KEY-1…`) does both.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from pyrage import IdentityError, RecipientError, x25519

from backup.faults import KeyFaultError

SECRET, PUBLIC = "AGE-SECRET-KEY-1", "age1"


@dataclass(frozen=True)
class Keys:
    """`recipients` are those whom a backup is written for, `identities` the secret keys that open one."""

    recipients: list[x25519.Recipient]
    identities: list[x25519.Identity]

    def __bool__(self) -> bool:
        return bool(self.recipients)


def read(text: str) -> Keys:
    """The keys in a `text`: one a line, either half; empty lines and those that begin with # are left out.

    This is the format of `age-keygen`. Raises KeyFaultError, whose message does not tell the key.
    """
    recipients, identities = [], []
    for number, line in enumerate(text.splitlines(), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        try:
            if line.startswith(SECRET):
                identity = x25519.Identity.from_str(line)
                identities.append(identity)
                recipients.append(identity.to_public())
            else:
                recipients.append(x25519.Recipient.from_str(line))
        except (IdentityError, RecipientError) as error:
            raise KeyFaultError(
                f"Line {number} of the key is no key of age: it begins with {PUBLIC} (public) or {SECRET} (secret). "
                "“manage.py backup --new-key FILE” makes one."
            ) from error
    return Keys(recipients, identities)


def read_file(path: Path) -> Keys:
    """The keys in a file. Raises KeyFaultError where there are none."""
    try:
        found = read(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise KeyFaultError(f"The key file {path} cannot be read: {error}") from error
    if not found:
        raise KeyFaultError(f"There is no key in {path}.")
    return found


def make(path: Path) -> str:
    """Write a new key into a file that only its owner can read; answers its public half. Raises KeyFaultError."""
    identity = x25519.Identity.generate()
    public = str(identity.to_public())
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise KeyFaultError(f"The key was not written: {error}") from error
    with open(handle, "w", encoding="utf-8") as file:
        file.write(f"# public key: {public}\n{identity}\n")
    return public
