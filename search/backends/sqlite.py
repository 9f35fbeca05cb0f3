"""The search on SQLite: two FTS5 tables, one of them of trigrams for mistyped words."""

from django.db import connection, transaction

from search.backends.base import Answer, Backend


class SQLite(Backend):
    """`search_entry_fts` and `search_word_fts` are kept like their tables by triggers: see the migrations.

    FTS5 walks the entries of a token one after the other from the last to the first, and meets several tokens by
    leaping from one to the next: what is not asked for is not read.
    """

    def token(self, token, *, prefix=False):
        return f'"{token}"{" *" if prefix else ""}'

    def lock(self):
        """Nothing to do: SQLite has one writer at a time, from the beginning of a transaction."""

    def lock_at_once(self):
        return True

    def newest(self, asks):
        selects, parameters = [], []
        for number, ask in enumerate(asks):
            limits, limit_parameters = self._limits(ask.limits, "search_entry_fts.rowid")
            matched = f"FROM search_entry_fts WHERE search_entry_fts MATCH %s{limits}"
            if ask.most:
                newest = f"SELECT rowid AS id {matched} ORDER BY rowid DESC LIMIT {ask.most:d}"
                selects.append(f"SELECT {number} AS ask, 0 AS is_number, id FROM ({newest})")  # noqa: S608
                parameters += [ask.condition, *limit_parameters]
            if ask.count_to:
                counted = f"SELECT 1 {matched} LIMIT {ask.count_to + 1:d}"
                selects.append(f"SELECT {number}, 1, COUNT(*) FROM ({counted})")  # noqa: S608
                parameters += [ask.condition, *limit_parameters]
        places, numbers = [[] for _ask in asks], [0 for _ask in asks]
        for number, is_number, value in self._rows(" UNION ALL ".join(selects), parameters) if selects else ():
            if is_number:
                numbers[number] = value
            else:
                places[number].append(value)
        return [Answer(sorted(each, reverse=True), number) for each, number in zip(places, numbers, strict=True)]

    def known(self, expressions):
        exists = "EXISTS (SELECT 1 FROM search_entry_fts WHERE search_entry_fts MATCH %s)"
        rows = self._rows(f"SELECT {', '.join([exists] * len(expressions))}", expressions)
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

    def matching(self, column, expression):
        column = column.replace("{id}", "rowid")
        return f"SELECT {column} FROM search_entry_fts WHERE search_entry_fts MATCH %s", [expression]  # noqa: S608

    def refresh(self):
        with transaction.atomic(), connection.cursor() as cursor:
            for table in ("search_entry_fts", "search_word_fts"):
                cursor.execute(f"INSERT INTO {table} ({table}) VALUES ('rebuild')")  # noqa: S608
