"""The parameters of an address: which there are, how often each may be given, and how others are refused."""

from collections.abc import Iterable, Mapping
from typing import NoReturn

from django.http import QueryDict
from django.utils.translation import gettext as _

from api.problems import BadParameters
from listing.strict import Fault, unknown_parameters

# Every address takes these: the language and the form of the answer.
EVERYWHERE = ("lang", "format")


def refuse(parameter: str, detail: str) -> NoReturn:
    """Raise the problem that says what is wrong with a `parameter`."""
    raise BadParameters([Fault(parameter, detail)])


def check(query: QueryDict, known: Mapping[str, bool]) -> None:
    """Raise BadParameters where `query` has others than those `known`, or has several times one that may be only once.

    `known` says of each name whether it may be given several times.
    """
    faults = unknown_parameters(query, sorted(known))
    for name in single(known):
        if len(query.getlist(name)) > 1:
            faults.append(Fault(name, _("Give this parameter only once.")))
    if faults:
        raise BadParameters(faults)


def single(known: Mapping[str, bool]) -> Iterable[str]:
    """The names of the parameters that may be given only once."""
    return (name for name, several in known.items() if not several)
