from __future__ import annotations

import pytest
from django.db import connections

from langbord.base.models import Event
from langbord.vault.models import DataKey, KeyCheck
from langbord.vault.router import VaultRouter


@pytest.mark.django_db(databases=["default", "vault"])
def test_keys_are_in_a_database_of_their_own() -> None:
    vault = set(connections["vault"].introspection.table_names())
    rest = set(connections["default"].introspection.table_names())
    own = {DataKey._meta.db_table, KeyCheck._meta.db_table}
    assert vault - {"django_migrations"} == own
    assert not rest & own


def test_nothing_relates_across() -> None:
    router = VaultRouter()
    assert router.allow_relation(DataKey(), Event()) is False
    assert router.allow_relation(Event(), Event()) is None
    assert router.db_for_read(Event) is router.db_for_write(Event) is None
    assert not router.allow_migrate("vault", "base")
    assert not router.allow_migrate("default", "vault")
