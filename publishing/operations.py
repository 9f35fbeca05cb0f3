"""Migration operations for tables that are in use and may be large: nobody waits while indexes are made.

PostgreSQL makes and drops indexes CONCURRENTLY, which it does outside transactions only; SQLite, which lets nobody
write beside a migration anyway, does it plainly. A migration with these operations is `atomic = False` and has no
others.
"""

from django.db.migrations.operations import AddIndex, AlterField, RemoveIndex
from django.db.transaction import TransactionManagementError


class _InUse:
    """Makes and drops indexes of tables that are in use."""

    atomic = False

    def _make(self, schema_editor, model, index) -> None:
        """Make the `index`, unless a run that broke off made it; what that left behind half made is made anew."""
        is_there = _has_index(schema_editor, model, index.name)
        if is_there and _is_postgresql(schema_editor):
            with schema_editor.connection.cursor() as cursor:
                name = schema_editor.quote_name(index.name)
                cursor.execute("SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass(%s)", [name])
                [is_whole] = cursor.fetchone()
            if not is_whole:
                self._drop(schema_editor, model, index)
                is_there = False
        if not is_there:
            schema_editor.add_index(model, index, **_concurrently(schema_editor))
            _keep_statistics(schema_editor, model)

    def _drop(self, schema_editor, model, index) -> None:
        """Drop the `index`, unless a run that broke off did."""
        if _has_index(schema_editor, model, index.name):
            schema_editor.remove_index(model, index, **_concurrently(schema_editor))


class AddIndexInUse(_InUse, AddIndex):
    """`AddIndex` on a table that is in use."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        model = to_state.apps.get_model(app_label, self.model_name)
        if self.allow_migrate_model(schema_editor.connection.alias, model):
            self._make(schema_editor, model, self.index)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        model = from_state.apps.get_model(app_label, self.model_name)
        if self.allow_migrate_model(schema_editor.connection.alias, model):
            self._drop(schema_editor, model, self.index)


class RemoveIndexInUse(_InUse, RemoveIndex):
    """`RemoveIndex` on a table that is in use."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        model = from_state.apps.get_model(app_label, self.model_name)
        if self.allow_migrate_model(schema_editor.connection.alias, model):
            index = from_state.models[app_label, self.model_name_lower].get_index_by_name(self.name)
            self._drop(schema_editor, model, index)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        model = to_state.apps.get_model(app_label, self.model_name)
        if self.allow_migrate_model(schema_editor.connection.alias, model):
            self._make(
                schema_editor, model, to_state.models[app_label, self.model_name_lower].get_index_by_name(self.name)
            )


class RemoveFieldIndex(AlterField):
    """`AlterField` to `db_index=False` and nothing else: the index goes, for which SQLite would copy the table.

    The way back makes it while nobody can write.
    """

    atomic = False

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        model = from_state.apps.get_model(app_label, self.model_name)
        if not self.allow_migrate_model(schema_editor.connection.alias, model):
            return
        column = model._meta.get_field(self.name).column
        names = schema_editor._constraint_names(model, [column], index=True, unique=False, primary_key=False)
        concurrently = " CONCURRENTLY" if _concurrently(schema_editor) else ""
        for name in names:
            schema_editor.execute(f"DROP INDEX{concurrently} {schema_editor.quote_name(name)}")

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        model = to_state.apps.get_model(app_label, self.model_name)
        if self.allow_migrate_model(schema_editor.connection.alias, model):
            for statement in schema_editor._field_indexes_sql(model, model._meta.get_field(self.name)):
                if not _has_index(schema_editor, model, str(statement.parts["name"]).strip('"')):
                    schema_editor.execute(statement)


def _is_postgresql(schema_editor) -> bool:
    return schema_editor.connection.vendor == "postgresql"


def _concurrently(schema_editor) -> dict[str, bool]:
    """How the editor is asked not to lock the table. Raises TransactionManagementError where that cannot be."""
    if not _is_postgresql(schema_editor):
        return {}
    if schema_editor.connection.in_atomic_block:
        raise TransactionManagementError("The migration needs atomic = False.")
    return {"concurrently": True}


def _has_index(schema_editor, model, name: str) -> bool:
    with schema_editor.connection.cursor() as cursor:
        return name in schema_editor.connection.introspection.get_constraints(cursor, model._meta.db_table)


def _keep_statistics(schema_editor, model) -> None:
    """Have SQLite look at the new index if somebody had it look at others (ANALYZE): it would not take it otherwise."""
    connection = schema_editor.connection
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat1'")
            if cursor.fetchone():
                cursor.execute(f"ANALYZE {schema_editor.quote_name(model._meta.db_table)}")
