"""Another index: entries stand in a place that follows from their record, tokens begin with language, kind and part.

What is in the index follows from the records, so nothing is moved: the old table goes, the new one is filled by
`search.following.migrated` at the end of the command, a small transaction at a time, while people read. Whoever goes
back has to run `rebuild_search` afterwards.
"""

from importlib import import_module

from django.db import migrations, models

# The parts of an entry: names (0), key facts with them (1), everything (2); marks have the digit of theirs already.
_TOKENS = """
    replace(' ' || names, ' ', ' ' || scope || '0')
    || replace(' ' || names || ' ' || keywords, ' ', ' ' || scope || '1')
    || replace(' ' || names || ' ' || keywords || ' ' || words, ' ', ' ' || scope || '2')
    || replace(' ' || marks, ' ', ' ' || scope)
"""

_FORWARDS = {
    "postgresql": [
        f"""
        ALTER TABLE search_entry ADD COLUMN vector tsvector GENERATED ALWAYS AS (
            array_to_tsvector(array_remove(string_to_array({_TOKENS}, ' '), ''))
        ) STORED
        """,
        # Kept in the row while there is room: walking down the entries must not fetch each vector from elsewhere.
        "ALTER TABLE search_entry ALTER COLUMN vector SET STORAGE MAIN",
        # So that the planner knows a few thousand frequent words: how a search is answered depends on it.
        "ALTER TABLE search_entry ALTER COLUMN vector SET STATISTICS 400",
        "CREATE INDEX search_entry_vector ON search_entry USING gin (vector)",
    ],
    "sqlite": [
        f"CREATE VIEW search_entry_tokens AS SELECT id, {_TOKENS} AS tokens FROM search_entry",
        # No places of words within an entry are kept: nothing asks for them. What begins with two or three letters,
        # behind the four characters of language, kind and part, has an index of its own.
        """
        CREATE VIRTUAL TABLE search_entry_fts USING fts5(
            tokens, content='search_entry_tokens', content_rowid='id', tokenize='ascii', detail=none, columnsize=0,
            prefix='6 7'
        )
        """,
        *(
            f"""
            CREATE TRIGGER search_entry_{name} {when} ON search_entry BEGIN
                {"".join(statements)}
            END
            """
            for name, when, statements in [
                ("added", "AFTER INSERT", ["{add}"]),
                ("removed", "BEFORE DELETE", ["{remove}"]),
                ("changes", "BEFORE UPDATE", ["{remove}"]),
                ("changed", "AFTER UPDATE", ["{add}"]),
            ]
        ),
    ],
}
# The view has the row as it is when the trigger runs: before it goes, or after it came.
_REMOVE = """INSERT INTO search_entry_fts (search_entry_fts, rowid, tokens)
    SELECT 'delete', id, tokens FROM search_entry_tokens WHERE id = old.id;"""
_ADD = "INSERT INTO search_entry_fts (rowid, tokens) SELECT id, tokens FROM search_entry_tokens WHERE id = new.id;"

_BACKWARDS = {
    "postgresql": ["DROP INDEX search_entry_vector", "ALTER TABLE search_entry DROP COLUMN vector"],
    "sqlite": [
        *(f"DROP TRIGGER search_entry_{name}" for name in ("added", "removed", "changes", "changed")),
        "DROP TABLE search_entry_fts",
        "DROP VIEW search_entry_tokens",
    ],
}


def new_index(apps, schema_editor):
    for statement in _FORWARDS[schema_editor.connection.vendor]:
        schema_editor.execute(statement.replace("{add}", _ADD).replace("{remove}", _REMOVE))


def no_new_index(apps, schema_editor):
    for statement in _BACKWARDS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def _of_entries(statements):
    return [statement for statement in statements if "search_entry" in statement]


def old_index(apps, schema_editor):
    before = import_module("search.migrations.0002_full_text")
    for statement in _of_entries(before._FORWARDS[schema_editor.connection.vendor]):
        schema_editor.execute(statement)


def no_old_index(apps, schema_editor):
    before = import_module("search.migrations.0002_full_text")
    backwards = before._BACKWARDS[schema_editor.connection.vendor]
    for statement in _of_entries(backwards):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0002_full_text"),
    ]

    operations = [
        migrations.RunPython(no_old_index, old_index),
        migrations.DeleteModel("Entry"),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=20, verbose_name="kind of record")),
                ("object_id", models.CharField(max_length=30, verbose_name="key of the record")),
                ("language", models.CharField(max_length=10, verbose_name="language of the readers")),
                ("scope", models.CharField(max_length=12, verbose_name="beginning of its tokens")),
                ("title", models.TextField(verbose_name="title")),
                (
                    "title_language",
                    models.CharField(
                        blank=True,
                        help_text="Empty for names of people.",
                        max_length=10,
                        verbose_name="language of the title",
                    ),
                ),
                ("marks", models.TextField(blank=True, verbose_name="tokens of the whole title and of countries")),
                ("names", models.TextField(blank=True, verbose_name="tokens of the title")),
                ("keywords", models.TextField(blank=True, verbose_name="tokens of key facts")),
                ("words", models.TextField(blank=True, verbose_name="tokens of the texts")),
                (
                    "vocabulary",
                    models.TextField(blank=True, verbose_name="words of the title, for typing errors"),
                ),
                (
                    "passages",
                    models.JSONField(
                        default=list, help_text="Pairs of text and language.", verbose_name="texts"
                    ),
                ),
            ],
            options={"verbose_name": "search entry", "verbose_name_plural": "search entries"},
        ),
        migrations.CreateModel(
            name="Waiting",
            fields=[
                (
                    "place",
                    models.BigIntegerField(primary_key=True, serialize=False, verbose_name="place of the record"),
                ),
                ("hides", models.BooleanField(verbose_name="names something hidden")),
            ],
            options={
                "verbose_name": "record to be indexed anew",
                "verbose_name_plural": "records to be indexed anew",
                "indexes": [models.Index(fields=["hides"], name="search_waiting_hides")],
            },
        ),
        migrations.RunPython(new_index, no_new_index),
    ]
