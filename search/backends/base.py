"""What a database has to do for the search."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from django.db import connection

from search.analysis import Term


class Where(Enum):
    """In which columns of an entry a term is looked for."""

    NAMES = "names"
    FACTS = "names and keywords"
    ANYWHERE = "names, keywords and words"


@dataclass(frozen=True)
class Candidate:
    """An entry that was found, and how many of its kind there are."""

    pk: int
    kind: str
    total: int


@dataclass(frozen=True)
class Question:
    """What to find among the entries in `language`.

    `every`: whether all terms must match, or any. `among` limits the records: SQL that selects kind and key with a
    space between them, and its parameters. `many` entries are wanted of the kinds in `most_of`, `few` of the others.
    """

    terms: Sequence[Term]
    language: str
    where: Where = Where.ANYWHERE
    every: bool = True
    among: tuple[str, Sequence] | None = None
    most_of: str = ""
    many: int = 0
    few: int = 0


class Backend:
    """One interface for the search; subclasses say in their database's language what the abstract methods ask."""

    both, either = " AND ", " OR "

    # What subclasses define

    def token(self, token: str, where: Where, *, prefix: bool = False) -> str:
        """Expression "`token` stands in `where`", or what begins with it."""
        raise NotImplementedError

    def lock(self) -> None:
        """Let one transaction at a time write the index, until its end."""
        raise NotImplementedError

    def find(self, question: Question) -> list[Candidate]:
        """The best entries of each kind, kind by kind: most terms in the title first, then by the database's rank."""
        raise NotImplementedError

    def known(self, terms: Sequence[Term], language: str) -> list[bool]:
        """For each term, whether any entry in `language` has it."""
        raise NotImplementedError

    def similar(self, word: str, languages: Sequence[str], at_most: int) -> list[tuple[str, str, int]]:
        """Words of titles that share parts with `word`: language, text and uses; the most alike first."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Make the database's own index anew from the tables, where it keeps one that could have parted from them."""
        raise NotImplementedError

    # The same for all

    def expression(self, terms: Iterable[Term], where: Where, *, every: bool = True) -> str:
        """Expression "all terms stand in `where`", or any of them."""
        glue = self.both if every else self.either
        return glue.join(f"({self.term(term, where)})" for term in terms)

    def term(self, term: Term, where: Where) -> str:
        alternatives = [self.token(form, where) for form in term.forms]
        if term.parts:
            alternatives.append(f"({self.expression(term.parts, where)})")
        if term.prefix:
            alternatives.append(self.token(term.prefix, where, prefix=True))
        return self.either.join(alternatives)

    def points(self, question: Question) -> list[str]:
        """Expressions of which each one that an entry fulfils puts it before others."""
        if question.every:
            return [self.expression(question.terms, Where.NAMES), self.expression(question.terms, Where.FACTS)]
        return [self.expression([term], place) for term in question.terms for place in (Where.NAMES, Where.ANYWHERE)]

    def placed(self, found: str, limits: str) -> str:
        """SQL over `found` (id, kind, points, rank): the best of each kind, with the number of all of that kind."""
        return f"""
            SELECT id, kind, total FROM (
                SELECT id, kind, COUNT(*) OVER (PARTITION BY kind) AS total,
                    ROW_NUMBER() OVER (PARTITION BY kind ORDER BY points DESC, rank DESC, id) AS place
                FROM ({found}) AS found
            ) AS placed
            WHERE place <= {limits}
            ORDER BY kind, place
        """  # noqa: S608 - no value is written into it: all are parameters

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
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            return cursor.fetchall()
