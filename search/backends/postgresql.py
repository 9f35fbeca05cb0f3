"""The search on PostgreSQL: full text for entries, trigrams (extension pg_trgm) for mistyped words."""

from django.db import connection, transaction

from search.backends.base import Backend, Candidate, Where

# Any number that nothing else in the portal locks by.
_LOCK = 7_266_834_001
_WEIGHTS = {Where.NAMES: "A", Where.FACTS: "AB", Where.ANYWHERE: ""}


class PostgreSQL(Backend):
    """`search_entry.vector` is a column that PostgreSQL makes of the others by itself: see the migrations.

    Besides the tokens it holds the language, with a “=” before it that no token has: so the index finds the entries of
    one language alone.

    Letters that the server's locale does not know, being older than they are, make a query without words. Joined to the
    language it would find everything: hence `numnode`.
    """

    both, either = " & ", " | "

    def token(self, token, where, *, prefix=False):
        label = ("*" if prefix else "") + _WEIGHTS[where]
        return f"'{token}'{':' if label else ''}{label}"

    def lock(self):
        # Taken before the records are read. Whoever comes second waits, and then reads what the first one committed: of
        # an engagement saved while its programme is archived, neither can index the programme's name.
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])

    def find(self, question):
        query = self.expression(question.terms, question.where, every=question.every)
        points = self.points(question)
        # An array is made once and hashed; as a joined table it was read anew for each entry, ten times as slow.
        among, among_parameters = question.among or ("", [])
        found = f"""
            SELECT entry.id, entry.kind, ts_rank('{{0.1, 0.2, 0.4, 1}}', vector, query) AS rank,
                {" + ".join(["(vector @@ to_tsquery('simple', %s))::int"] * len(points))} AS points
            FROM search_entry AS entry, to_tsquery('simple', %s) AS query
            WHERE vector @@ (%s::tsquery && query) AND numnode(query) > 0
            {f"AND entry.kind || ' ' || entry.object_id = ANY(ARRAY({among}))" if among else ""}
        """  # noqa: S608
        limits = "CASE WHEN kind = %s THEN %s ELSE %s END"
        rows = self._rows(
            self.placed(found, limits),
            [
                *points,
                query,
                f"'={question.language}'",
                *among_parameters,
                question.most_of,
                question.many,
                question.few,
            ],
        )
        return [Candidate(*row) for row in rows]

    def known(self, terms, language):
        exists = """EXISTS (
            SELECT 1 FROM search_entry, to_tsquery('simple', %s) AS query
            WHERE vector @@ (%s::tsquery && query) AND numnode(query) > 0
        )"""
        parameters = [text for term in terms for text in (self.expression([term], Where.ANYWHERE), f"'={language}'")]
        return list(self._rows(f"SELECT {', '.join([exists] * len(terms))}", parameters)[0])

    def similar(self, word, languages, at_most):
        with transaction.atomic(), connection.cursor() as cursor:
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

    def refresh(self):
        """Nothing to do: PostgreSQL computes the column and its index with each row."""
