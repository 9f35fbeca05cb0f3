"""The search on SQLite: two FTS5 tables, one of them of trigrams for mistyped words."""

from django.db import connection, transaction

from search.backends.base import Backend, Candidate, Where

_COLUMNS = {Where.NAMES: "names", Where.FACTS: "names keywords", Where.ANYWHERE: "names keywords words"}


class SQLite(Backend):
    """`search_entry_fts` and `search_word_fts` are kept like their tables by triggers: see the migrations."""

    def token(self, token, where, *, prefix=False):
        return f'{{{_COLUMNS[where]}}} : "{token}"{"*" if prefix else ""}'

    def lock(self):
        """Nothing to do: SQLite has one writer at a time, from the beginning of a transaction."""

    def find(self, question):
        language = f'language : "{question.language}"'
        query = self.expression(question.terms, question.where, every=question.every)
        points = self.points(question)
        among, among_parameters = question.among or ("", [])
        # MATERIALIZED: bm25() has to be asked for where the table is matched, which a flattened query forgets.
        found = f"""
            WITH matched AS MATERIALIZED (
                SELECT rowid AS id, -bm25(search_entry_fts, 0, 10, 4, 1) AS rank
                FROM search_entry_fts WHERE search_entry_fts MATCH %s
            )
            SELECT entry.id, entry.kind, matched.rank, {" + ".join([_MATCHES] * len(points))} AS points
            FROM matched JOIN search_entry AS entry ON entry.id = matched.id
            {f"WHERE entry.kind || ' ' || entry.object_id IN ({among})" if among else ""}
        """  # noqa: S608
        limits = "CASE WHEN kind = %s THEN %s ELSE %s END"
        rows = self._rows(
            self.placed(found, limits),
            [
                f"({language}) AND ({query})",
                *(f"({language}) AND ({point})" for point in points),
                *among_parameters,
                question.most_of,
                question.many,
                question.few,
            ],
        )
        return [Candidate(*row) for row in rows]

    def known(self, terms, language):
        exists = "EXISTS (SELECT 1 FROM search_entry_fts WHERE search_entry_fts MATCH %s)"
        parameters = [f'(language : "{language}") AND {self.expression([term], Where.ANYWHERE)}' for term in terms]
        rows = self._rows(f"SELECT {', '.join([exists] * len(terms))}", parameters)
        return [bool(found) for found in rows[0]]

    def similar(self, word, languages, at_most):
        # As pg_trgm does: two spaces before the word and one after it, so that its beginning counts more than its end.
        padded = f"  {word} "
        trigrams = {padded[start : start + 3] for start in range(len(padded) - 2)}
        return self._rows(
            f"""
            SELECT word.language, word.text, word.uses
            FROM search_word_fts AS alike JOIN search_word AS word ON word.id = alike.rowid
            WHERE search_word_fts MATCH %s AND word.language IN ({", ".join(["%s"] * len(languages))})
            AND length(word.text) BETWEEN %s AND %s
            ORDER BY alike.rank, word.text LIMIT %s
            """,  # noqa: S608
            [
                " OR ".join(f'"{trigram}"' for trigram in sorted(trigrams)),
                *languages,
                len(word) - 2,
                len(word) + 2,
                at_most,
            ],
        )

    def refresh(self):
        with transaction.atomic(), connection.cursor() as cursor:
            for table in ("search_entry_fts", "search_word_fts"):
                cursor.execute(f"INSERT INTO {table} ({table}) VALUES ('rebuild')")  # noqa: S608


_MATCHES = "(entry.id IN (SELECT rowid FROM search_entry_fts WHERE search_entry_fts MATCH %s))"
