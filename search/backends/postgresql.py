"""The search on PostgreSQL: full text for entries, trigrams (extension pg_trgm) for mistyped words."""

import json

from django.db import connections, router, transaction

from publishing.locking import one_writer
from search.backends.base import Answer, Ask, Backend
from search.models import Word

# Entries. GIN knows the entries of a word in no order: of a word in few entries all are fetched, of one in more the
# entries are walked, the newest first, whose places are neighbours in the table. Both cost about the same here.
_FEW = 10_000
_WALKED = 3_000


class PostgreSQL(Backend):
    """`search_entry.vector` is a column that PostgreSQL makes of the others by itself: see the migrations.

    Its tokens are cast to tsvector and tsquery, never parsed, so no locale of a server has a say in them.
    """

    both, either = " & ", " | "

    def token(self, token, *, prefix=False):
        return f"'{token}'{':*' if prefix else ''}"

    def lock(self):
        # Taken before the records are read: of an engagement saved while its programme is archived, neither can index
        # the programme's name.
        one_writer()

    def lock_at_once(self):
        return one_writer(wait=False)

    def newest(self, asks):
        answers: list[Answer | None] = [None] * len(asks)
        frequent = [estimate > _FEW for estimate in self._estimates([ask.condition for ask in asks])]
        walked = [number for number, is_frequent in enumerate(frequent) if is_frequent]
        for number, answer in zip(walked, self._walk([asks[number] for number in walked]), strict=True):
            answers[number] = answer
        missing = [number for number, answer in enumerate(answers) if answer is None]
        for number, answer in zip(missing, self._fetch([asks[number] for number in missing]), strict=True):
            answers[number] = answer
        return answers

    def _estimates(self, expressions: list[str]) -> list[float]:
        """How many entries the planner thinks fulfil each expression: it counts frequent tokens when it ANALYZEs."""
        if not expressions:
            return []
        # Each in a query of its own within the one, so that none is shared out among parallel workers with the others.
        matched = "SELECT 1 FROM search_entry WHERE vector @@ %s::tsquery"
        parts = [f"found{number} AS MATERIALIZED ({matched})" for number in range(len(expressions))]
        each = " UNION ALL ".join(f"SELECT 1 FROM found{number}" for number in range(len(expressions)))  # noqa: S608
        ((plan,),) = self._rows(f"EXPLAIN (FORMAT JSON) WITH {', '.join(parts)} {each}", expressions)
        plan = json.loads(plan) if isinstance(plan, str) else plan
        rows = {part.get("Subplan Name"): part["Plan Rows"] for part in plan[0]["Plan"]["Plans"]}
        return [rows[f"CTE found{number}"] for number in range(len(expressions))]

    def _walk(self, asks: list[Ask]) -> list[Answer | None]:
        """Answers from the newest `_WALKED` entries of each kind; None where these are too few to tell."""
        selects, parameters = [], []
        for number, ask in enumerate(asks):
            limits, limit_parameters = self._limits(ask.limits, "newest.id")
            selects.append(
                f"""
                SELECT {number} AS ask, (array_agg(id ORDER BY id DESC) FILTER (WHERE matches))[1:{ask.most:d}],
                    COUNT(*) FILTER (WHERE matches), COUNT(*)
                FROM (
                    SELECT id, vector @@ %s::tsquery{limits} AS matches
                    FROM (
                        SELECT id, vector FROM search_entry WHERE id BETWEEN %s AND %s ORDER BY id DESC LIMIT {_WALKED}
                    ) AS newest
                ) AS walked
                """  # noqa: S608
            )
            parameters += [ask.condition, *limit_parameters, ask.first, ask.last]
        answers: list[Answer | None] = [None] * len(asks)
        for number, places, found, walked in self._rows(" UNION ALL ".join(selects), parameters) if asks else ():
            ask = asks[number]
            if walked < _WALKED or (found >= ask.most and (found > ask.count_to or not ask.count_to)):
                answers[number] = Answer(places or [], min(found, ask.count_to + 1))
            elif found >= ask.most:
                answers[number] = Answer(places or [], self._counted(ask))
        return answers

    def _counted(self, ask: Ask) -> int:
        # Without a column to read, and with no order, what the index says is enough for pages that all may see.
        limits, parameters = self._limits(ask.limits, "search_entry.id")
        sql = f"SELECT FROM search_entry WHERE vector @@ %s::tsquery{limits} LIMIT {ask.count_to + 1:d}"
        return self._rows(f"SELECT COUNT(*) FROM ({sql}) AS found", [ask.condition, *parameters])[0][0]  # noqa: S608

    def _fetch(self, asks: list[Ask]) -> list[Answer]:
        """Answers from all entries that match."""
        selects, parameters = [], []
        for number, ask in enumerate(asks):
            limits, limit_parameters = self._limits(ask.limits, "search_entry.id")
            # OFFSET 0: not walked in order until enough match, which may be never.
            selects.append(
                f"""
                SELECT {number} AS ask, (array_agg(id ORDER BY id DESC))[1:{ask.most:d}], COUNT(*)
                FROM (SELECT id FROM search_entry WHERE vector @@ %s::tsquery{limits} OFFSET 0) AS found
                """  # noqa: S608
            )
            parameters += [ask.condition, *limit_parameters]
        answers = [Answer([])] * len(asks)
        for number, places, found in self._rows(" UNION ALL ".join(selects), parameters) if asks else ():
            answers[number] = Answer(places or [], min(found, asks[number].count_to + 1))
        return answers

    def known(self, expressions):
        exists = "EXISTS (SELECT 1 FROM search_entry WHERE vector @@ %s::tsquery)"
        return list(self._rows(f"SELECT {', '.join([exists] * len(expressions))}", expressions)[0])

    def similar(self, word, languages, at_most):
        using = router.db_for_read(Word)
        with transaction.atomic(using=using), connections[using].cursor() as cursor:
            # A short word with one wrong letter has few trigrams left that are right.
            threshold = "0.1" if len(word) < 6 else "0.2"
            cursor.execute("SELECT set_config('pg_trgm.similarity_threshold', %s, true)", [threshold])
            cursor.execute(
                """
                SELECT language, text, uses FROM search_word
                WHERE text %% %s AND language = ANY(%s) AND length(text) BETWEEN %s AND %s
                ORDER BY similarity(text, %s) DESC, text LIMIT %s
                """,
                [word, list(languages), len(word) - 2, len(word) + 2, word, at_most],
            )
            return cursor.fetchall()

    def matching(self, column, expression):
        column = column.replace("{id}", "id")
        return f"SELECT {column} FROM search_entry WHERE vector @@ %s::tsquery", [expression]  # noqa: S608

    def refresh(self):
        """Nothing to do: PostgreSQL computes the column and its index with each row."""
