"""What can be wrong with the data files."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError


class DataError(Exception):
    """A data file cannot be loaded: `problem` says why, `place` where, from the file down to the field."""

    def __init__(self, problem: str, *place: str):
        super().__init__(problem, *place)
        self.problem = problem
        self.place = place

    def __str__(self) -> str:
        return ": ".join(filter(None, [", ".join(self.place), self.problem]))


@contextmanager
def at(*place: str) -> Iterator[None]:
    """Raises what goes wrong inside as a DataError that says it is at `place`."""
    try:
        yield
    except DataError as error:
        raise DataError(error.problem, *place, *error.place) from error
    except ValidationError as error:
        raise DataError(_in_words(error), *place) from error


def _in_words(error: ValidationError) -> str:
    if not hasattr(error, "error_dict"):
        return " ".join(error.messages)
    return "; ".join(
        " ".join(messages if name == NON_FIELD_ERRORS else [f"{name}:", *messages])
        for name, messages in error.message_dict.items()
    )
