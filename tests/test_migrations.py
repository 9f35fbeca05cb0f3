"""Migrations: complete, and passable in both directions."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from codelists.models import Country

OUR_APPS = [
    "codelists",
    "accounts",
    "publishing",
    "organisations",
    "profiles",
    "programmes",
    "engagements",
    "sample",
    "search",
    "privacy",
    "intake",
    "desk",
]


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db(transaction=True)
def test_every_migration_goes_back_and_forth_again():
    def migrate(number: str | None) -> None:
        executor = MigrationExecutor(connection)
        leaves = [node for node in executor.loader.graph.leaf_nodes() if node[0] in OUR_APPS]
        executor.migrate([(app, None) for app in OUR_APPS] if number is None else leaves)

    migrate(None)
    assert "profiles_profile" not in connection.introspection.table_names()
    migrate("latest")
    assert "profiles_profile" in connection.introspection.table_names()
    assert Country.objects.count() == 249
