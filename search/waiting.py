"""Records that name others, and how they follow: a few in the same transaction, many as soon as there is time.

A programme may be named by a hundred thousand engagements. To index these all while somebody waits for the saving of
a new name would take minutes, in which nobody else could save. So it is only noted which they are, in the same
transaction and with one statement; `search.catching_up` indexes them some at a time. What they name is found by its
new name at once, and they by the old one until then. Where something named is public no more they are found by their
own titles alone until then, so that nobody learns from the search what it was called.
"""

from collections.abc import Iterable

from django.db import connection
from django.db.models import Model, QuerySet

from publishing.models import Publishable, Status
from search import relations
from search.kinds import Kind
from search.models import Waiting
from search.places import number_of, place_of_record
from search.relations import Key

AT_ONCE = 200  # records that follow in the transaction of the record that they name


def naming(model: type[Model], pks: Iterable, *, hides: bool = False) -> set[Key]:
    """The keys of the records that name these of `model`; of more than `AT_ONCE` it is noted that they wait.

    `hides` where those named are not public any more.
    """
    keys, pks = set(), [model._meta.pk.to_python(pk) for pk in pks]
    for kind, records in relations.naming(model, pks) if pks else ():
        if issubclass(kind.model, Publishable):
            records = records.filter(status=Status.PUBLISHED)
        some = list(records[: AT_ONCE + 1])
        if len(some) > AT_ONCE:
            _let_wait(kind, records, hides)
        else:
            keys |= {(kind.name, str(pk)) for pk in some}
    return keys


def _let_wait(kind: Kind, records: QuerySet, hides: bool) -> None:
    sql, parameters = records.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH named (number) AS ({sql})
            INSERT INTO search_waiting (place, hides)
            SELECT {place_of_record(kind.number, 0)} + number, %s FROM named WHERE TRUE
            ON CONFLICT (place) DO UPDATE SET hides = search_waiting.hides OR excluded.hides
            """,  # noqa: S608
            [*parameters, hides],
        )


def settle(kind: Kind, ids: Iterable[str]) -> None:
    """The entries of these records are as they should be: they wait no more."""
    Waiting.objects.filter(pk__in=[place_of_record(kind.number, number_of(one)) for one in ids]).delete()
