"""What a database has to do for the search."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection, connections, router

from search.analysis import Term
from search.models import Entry

COUNTED = 1_000  # matches; where there are more it is said that there are more


@dataclass(frozen=True)
class Limit:
    """A condition besides the words of an entry: SQL with “{id}” for the place of the entry, and its parameters."""

    sql: str
    parameters: Sequence = ()


@dataclass(frozen=True)
class Ask:
    """What to find among the entries from the place `first` to the place `last`: the newest `most` of those that match.

    `condition` is an expression of the backend. Where `count_to` is not 0 it is also asked how many match, counted up
    to one more than that.
    """

    first: int
    last: int
    condition: str
    most: int
    count_to: int = 0
    limits: Sequence[Limit] = ()


@dataclass(frozen=True)
class Answer:
    """The places of the entries, the newest first; and how many there are, if that was asked."""

    places: list[int]
    number: int = 0


class Backend:
    """One interface for the search; subclasses say in their database's language what the abstract methods ask."""

    both, either = " AND ", " OR "

    # What subclasses define

    def token(self, token: str, *, prefix: bool = False) -> str:
        """Expression "`token`, with its scope and level, stands in the entry", or what begins with it."""
        raise NotImplementedError

    def lock(self) -> None:
        """Let one transaction at a time write the index, until its end."""
        raise NotImplementedError

    def lock_at_once(self) -> bool:
        """Lock as `lock` does, unless that would be waiting; whether it is locked now."""
        raise NotImplementedError

    def newest(self, asks: Sequence[Ask]) -> list[Answer]:
        """An answer to each of the `asks`, touching a bounded number of entries however many match."""
        raise NotImplementedError

    def matching(self, column: str, expression: str) -> tuple[str, Sequence]:
        """SQL that selects `column`, where {id} is its place, of each entry that fulfils the expression; parameters."""
        raise NotImplementedError

    def known(self, expressions: Sequence[str]) -> list[bool]:
        """For each expression, whether any entry fulfils it."""
        raise NotImplementedError

    def similar(self, word: str, languages: Sequence[str], at_most: int) -> list[tuple[str, str, int]]:
        """Words of titles that share parts with `word`: language, text and uses; the most alike first."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Make the database's own index anew from the tables, where it keeps one that could have parted from them."""
        raise NotImplementedError

    # The same for all

    def expression(self, terms: Iterable[Term], heads: Sequence[str], *, every: bool = True) -> str:
        """Expression "all terms stand in the entry", or any of them; under any of the `heads`, scopes with levels."""
        return self.joined((self.term(term, heads) for term in terms), every=every)

    def joined(self, expressions: Iterable[str], *, every: bool) -> str:
        """Expression "all of these", or any of them."""
        glue = self.both if every else self.either
        return glue.join(f"({expression})" for expression in expressions)

    def term(self, term: Term, heads: Sequence[str]) -> str:
        alternatives = [self.token(head + form) for head in heads for form in term.forms]
        if term.parts:
            alternatives.append(f"({self.expression(term.parts, heads)})")
        if term.prefix:
            alternatives += [self.token(head + term.prefix, prefix=True) for head in heads]
        return self.either.join(alternatives)

    def count_words(self, changes: dict[tuple[str, str], int]) -> None:
        """Add to the uses of words, by language and text, and forget those that are used no more."""
        rows = [(language, text, change) for (language, text), change in sorted(changes.items()) if change]
        for start in range(0, len(rows), 300):
            some = rows[start : start + 300]
            with connection.cursor() as cursor:
                cursor.execute(
                    f"""
                    INSERT INTO search_word (language, text, uses)
                    VALUES {", ".join(["(%s, %s, %s)"] * len(some))}
                    ON CONFLICT (language, text) DO UPDATE SET uses = search_word.uses + excluded.uses
                    """,  # noqa: S608
                    [value for row in some for value in row],
                )
                if gone := [row for row in some if row[2] < 0]:
                    pairs = ", ".join(["(%s, %s)"] * len(gone))
                    cursor.execute(
                        f"DELETE FROM search_word WHERE uses <= 0 AND (language, text) IN (VALUES {pairs})",  # noqa: S608
                        [value for language, text, _change in gone for value in (language, text)],
                    )

    def _rows(self, sql: str, parameters: Sequence) -> list[tuple]:
        with connections[router.db_for_read(Entry)].cursor() as cursor:
            cursor.execute(sql, parameters)
            return cursor.fetchall()

    @staticmethod
    def _limits(limits: Sequence[Limit], entry_id: str) -> tuple[str, list]:
        """The limits as SQL that follows a condition, and their parameters."""
        sql = "".join(f" AND {limit.sql.replace('{id}', entry_id)}" for limit in limits)
        return sql, [value for limit in limits for value in limit.parameters]
