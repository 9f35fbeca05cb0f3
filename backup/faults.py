"""What can be wrong with a backup, with its key, or with the portal that it is to be restored into."""


class BackupError(Exception):
    """A backup cannot be made, read or restored; the message says why and what to do."""


class DamagedError(BackupError):
    """The file is no whole backup: cut off, changed, or something else."""


class KeyFaultError(BackupError):
    """There is no key, it is not readable as one, or it is another one."""
