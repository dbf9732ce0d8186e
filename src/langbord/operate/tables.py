"""The tables of a database, as they are: all of them or none. A table that no model answers for is told, never skipped."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import connections, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from langbord.operate.errors import Refused

MIGRATIONS = MigrationRecorder.Migration._meta.db_table


LEFT_OUT = frozenset({"django_session"})
"""Copied without rows. A session's key is a way in while the session lasts, and whoever gets hold of a backup must not
come in with it. After a restore everybody signs in anew."""


def of_models(alias: str) -> list[str]:
    """Those of our models and Django's that belong in this database, many-to-many included."""
    return sorted(
        {
            str(model._meta.db_table)
            for model in apps.get_models(include_auto_created=True)
            if model._meta.managed and not model._meta.proxy and router.allow_migrate_model(alias, model)
        }
    )


def names(connection: BaseDatabaseWrapper) -> set[str]:
    with connection.cursor() as cursor:
        return {table.name for table in connection.introspection.get_table_list(cursor) if table.type == "t"}


def present(connection: BaseDatabaseWrapper) -> list[str]:
    """Those in the database. Refused (uncovered) if one is there that nobody answers for."""
    found = names(connection)
    strange = found - set(of_models(connection.alias)) - {MIGRATIONS}
    if strange:
        named = ", ".join(sorted(strange))
        raise Refused(
            "uncovered",
            f"Databasen har tabeller Langbord ikke kjenner: {named}. Ingenting er kopiert.",
            f"The database has tables that Langbord does not know: {named}. Nothing was copied.",
        )
    return sorted(found)


def counts(connection: BaseDatabaseWrapper, tables: list[str]) -> dict[str, int]:
    quote = connection.ops.quote_name
    found = {}
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT count(*) FROM {quote(table)}")
            found[table] = int(cursor.fetchone()[0])
    return found


def migrations(connection: BaseDatabaseWrapper) -> dict[str, list[str]]:
    """Applied migrations per app."""
    found: dict[str, list[str]] = {}
    for app, name in sorted(MigrationRecorder(connection).applied_migrations()):
        found.setdefault(app, []).append(name)
    return found


def unapplied(connection: BaseDatabaseWrapper) -> bool:
    """Whether this database lacks a migration of this version of Langbord."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def migrate_to(alias: str, applied: dict[str, list[str]]) -> None:
    """Make the tables of an empty database as they were when these migrations were the last."""
    executor = MigrationExecutor(connections[alias])
    wanted = {(app, name) for app, names in applied.items() for name in names}
    nodes = executor.loader.graph.node_map
    last = [
        key
        for key in wanted & nodes.keys()
        if not any(child.key in wanted and child.key[0] == key[0] for child in nodes[key].children)
    ]
    executor.migrate(last)


def unknown_migrations(applied: dict[str, list[str]]) -> list[str]:
    """Those that this version of Langbord does not have: a newer version made them."""
    loader = MigrationLoader(None)
    known = set(loader.disk_migrations or {}) | set(loader.graph.nodes)
    replaced = {node for migration in (loader.disk_migrations or {}).values() for node in migration.replaces}
    return sorted(
        f"{app}.{name}"
        for app, names in applied.items()
        for name in names
        if (app, name) not in known and (app, name) not in replaced
    )


def apart(alias: str) -> Any:
    """A connection of its own to this database, outside of what the process has open. Close it."""
    return connections.create_connection(alias)
