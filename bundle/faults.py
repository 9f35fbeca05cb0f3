"""What is wrong with a data package, told so that somebody can put it right."""

MOST_FAULTS = 20  # that are told


class PackageError(Exception):
    """The package cannot be taken over; `faults` says why, each with the file, and the line and column if known."""

    def __init__(self, faults: list[str]):
        super().__init__("\n".join(faults))
        self.faults = faults


class Faults(list[str]):
    """Faults found so far. Raises PackageError when there are too many to go on."""

    def add(self, file: str, message: str, line: int | None = None, column: str = "") -> None:
        place = file + (f", line {line}" if line else "") + (f", column “{column}”" if column else "")
        self.append(f"{place}: {message}")
        if len(self) == MOST_FAULTS:
            self.append("There may be more.")
            raise PackageError(self)

    def stop(self) -> None:
        """Raise PackageError if there are any."""
        if self:
            raise PackageError(self)
