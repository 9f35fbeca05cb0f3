"""The databases' own indexes over the entries and the words; each database has its own kind, kept by itself.

On SQLite a migration that alters `search_entry` or `search_word` makes the table anew, and the triggers go with the old
one: it must be followed by `_FORWARDS["sqlite"]` again, without the tables.
"""

from django.db import migrations

_FORWARDS = {
    "postgresql": [
        # Trusted since PostgreSQL 13: the owner of the database may create it, if nobody has.
        "CREATE EXTENSION IF NOT EXISTS pg_trgm",
        # The language, marked by a “=” that no token has; then the tokens, by weight.
        """
        ALTER TABLE search_entry ADD COLUMN vector tsvector GENERATED ALWAYS AS (
            array_to_tsvector(ARRAY['=' || language::text])
            || setweight(to_tsvector('simple'::regconfig, names), 'A')
            || setweight(to_tsvector('simple'::regconfig, keywords), 'B')
            || setweight(to_tsvector('simple'::regconfig, words), 'D')
        ) STORED
        """,
        "CREATE INDEX search_entry_vector ON search_entry USING gin (vector)",
        "CREATE INDEX search_word_trigrams ON search_word USING gin (text gin_trgm_ops)",
    ],
    "sqlite": [
        # The tokens hold letters and digits only and are folded already: they need to be parted at spaces, no more.
        """
        CREATE VIRTUAL TABLE search_entry_fts USING fts5(
            language, names, keywords, words, content='search_entry', content_rowid='id', tokenize='ascii', prefix='2 3'
        )
        """,
        """
        CREATE TRIGGER search_entry_added AFTER INSERT ON search_entry BEGIN
            INSERT INTO search_entry_fts (rowid, language, names, keywords, words)
            VALUES (new.id, new.language, new.names, new.keywords, new.words);
        END
        """,
        """
        CREATE TRIGGER search_entry_removed AFTER DELETE ON search_entry BEGIN
            INSERT INTO search_entry_fts (search_entry_fts, rowid, language, names, keywords, words)
            VALUES ('delete', old.id, old.language, old.names, old.keywords, old.words);
        END
        """,
        """
        CREATE TRIGGER search_entry_changed AFTER UPDATE ON search_entry BEGIN
            INSERT INTO search_entry_fts (search_entry_fts, rowid, language, names, keywords, words)
            VALUES ('delete', old.id, old.language, old.names, old.keywords, old.words);
            INSERT INTO search_entry_fts (rowid, language, names, keywords, words)
            VALUES (new.id, new.language, new.names, new.keywords, new.words);
        END
        """,
        # As pg_trgm does it: two spaces before a word and one after it, so that its ends are trigrams too.
        "CREATE VIEW search_word_padded AS SELECT id, '  ' || text || ' ' AS text FROM search_word",
        """
        CREATE VIRTUAL TABLE search_word_fts USING fts5(
            text, content='search_word_padded', content_rowid='id', tokenize='trigram'
        )
        """,
        """
        CREATE TRIGGER search_word_added AFTER INSERT ON search_word BEGIN
            INSERT INTO search_word_fts (rowid, text) VALUES (new.id, '  ' || new.text || ' ');
        END
        """,
        """
        CREATE TRIGGER search_word_removed AFTER DELETE ON search_word BEGIN
            INSERT INTO search_word_fts (search_word_fts, rowid, text)
            VALUES ('delete', old.id, '  ' || old.text || ' ');
        END
        """,
        # What is there already, where these tables are made a second time.
        "INSERT INTO search_entry_fts (search_entry_fts) VALUES ('rebuild')",
        "INSERT INTO search_word_fts (search_word_fts) VALUES ('rebuild')",
    ],
}

_BACKWARDS = {
    "postgresql": [
        "DROP INDEX search_word_trigrams",
        "ALTER TABLE search_entry DROP COLUMN vector",
        # The extension stays: others may use it.
    ],
    "sqlite": [
        "DROP TRIGGER search_word_removed",
        "DROP TRIGGER search_word_added",
        "DROP TABLE search_word_fts",
        "DROP VIEW search_word_padded",
        "DROP TRIGGER search_entry_changed",
        "DROP TRIGGER search_entry_removed",
        "DROP TRIGGER search_entry_added",
        "DROP TABLE search_entry_fts",
    ],
}


def forwards(apps, schema_editor):
    for statement in _FORWARDS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def backwards(apps, schema_editor):
    for statement in _BACKWARDS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0001_initial"),
    ]

    operations = [migrations.RunPython(forwards, backwards)]
