"""Under what terms the data may be used, and who publishes it."""

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True)
class Licence:
    """A licence: its SPDX identifier, and the address of its text."""

    name: str
    url: str


def data_licence() -> Licence:
    """The licence of everything public that is data; texts and pictures of people may be under narrower terms."""
    return Licence(settings.DATA_LICENCE, settings.DATA_LICENCE_URL)
