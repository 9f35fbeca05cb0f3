"""What keeps a snapshot from being made."""


class SnapshotError(Exception):
    """Its message says what is wrong and what to do."""


class BusyError(SnapshotError):
    """Another process writes into the same folder."""
