"""The same with PostgreSQL: copied as rows, tried in a folder, put back in new databases. Runs where the suite has one."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from langbord.operate import archive

from .conftest import SHRED
from .running import MAKE, NAMES, PERSON, TEXTS, answer, langbord_, python, told

pytestmark = pytest.mark.on_each
POSTGRES = os.environ.get("LANGBORD_TEST_DB") == "postgres"
HIDDEN = "Denne teksten kan ikke åpnes"

VALUES = """
import datetime as dt, uuid
from langbord.base.models import Event
Event.objects.create(verb="test.time", at=dt.datetime(2026, 3, 29, 1, 30, 0, 123456, tzinfo=dt.UTC), object_id=uuid.UUID(int=7))
"""

READ = """
import json
from langbord.base.models import Event
from langbord.base import events
one = Event.objects.get(verb="test.time")
print(json.dumps([one.at.isoformat(), str(one.object_id), one.actor_id, events.record(None, "test.next").pk > one.pk]))
"""


@pytest.fixture
def servers() -> Iterator[list[dict[str, str]]]:
    """Two pairs of new, empty databases: to copy from and to fill."""
    if not POSTGRES:
        yield []
        return
    address = os.environ["LANGBORD_TEST_DATABASE_URL"]
    made = [f"op_{uuid.uuid4().hex[:12]}" for _ in range(4)]

    def at(name: str) -> str:
        return urlunsplit(urlsplit(address)._replace(path=f"/{name}"))

    with psycopg.connect(at("postgres"), autocommit=True) as server:
        for name in made:
            server.execute(f'CREATE DATABASE "{name}"'.encode())
        yield [{"LANGBORD_DATABASE_URL": at(made[n]), "LANGBORD_VAULT_URL": at(made[n + 1])} for n in (0, 2)]
        for name in made:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


@pytest.mark.slow
def test_postgres_is_copied_tried_and_put_back(tmp_path: Path, servers: list[dict[str, str]]) -> None:
    if not POSTGRES:
        return
    old, new = servers
    folder = tmp_path / "data"
    folder.mkdir()
    python(folder, MAKE, **old)
    shredded, _ = python(folder, PERSON, "Per", "Kari", **old).stdout.split()
    python(folder, VALUES, **old)
    first = told(folder, "backup", **old)
    python(folder, SHRED, shredded, **old)
    made = archive.glance(Path(first["data"]))
    assert made.engine == "rows"
    assert made.rows["people_person"] == 2
    drilled = told(folder, "drill", **old)
    assert drilled["figures"]["replayed"]["value"] == "1"
    assert drilled["figures"]["texts"]["value"] == "5"

    halves = ["--data", first["data"], "--vault", first["vault"]]
    occupied = langbord_(folder, "restore", *halves, "--set-aside", **old)
    assert occupied.returncode == 1
    assert "ikke tom" in occupied.stderr
    assert answer(folder, NAMES, **old) == [HIDDEN, "Kari"]

    done = told(folder, "restore", *halves, "--set-aside", **new)
    assert done["texts"]["missing"] == 0
    assert answer(folder, NAMES, **new) == [HIDDEN, "Kari"]
    assert answer(folder, TEXTS, **new)["problem"] is None
    expected = ["2026-03-29T01:30:00.123456+00:00", str(uuid.UUID(int=7)), None, True]
    assert answer(folder, READ, **new) == expected, (
        "times to the microsecond, and numbers go on where they were"
    )

    # And into a folder with SQLite: a way to look at it on any machine.
    told(folder, "restore", *halves, "--into", str(tmp_path / "sqlite"), **old)
    assert answer(tmp_path / "sqlite", NAMES) == [HIDDEN, "Kari"]
    assert answer(tmp_path / "sqlite", READ) == expected

    assert told(folder, "rotate-key", **new)["rotated"]
    assert told(folder, "drill", **new)["ok"]
    assert answer(folder, NAMES, **new) == [HIDDEN, "Kari"]


EVERYTHING = """
import hashlib, json
from django.apps import apps
from django.db import models, router
from langbord.operate import tables
from langbord.vault import keys
found = {}
with keys.ring():
    for model in apps.get_models(include_auto_created=True):
        if model._meta.proxy or model._meta.db_table in tables.LEFT_OUT:
            continue
        rows = models.QuerySet(model).using(router.db_for_read(model) or "default")
        names = [f.attname for f in model._meta.local_concrete_fields]
        # PostgreSQL keeps JSON without the order of its keys.
        texts = sorted(json.dumps([getattr(row, n) for n in names], default=repr, sort_keys=True) for row in rows)
        found[model._meta.label] = [len(texts), hashlib.sha256("".join(texts).encode()).hexdigest()]
print(json.dumps(found))
"""


@pytest.mark.slow
def test_what_began_on_sqlite_moves_to_postgres_with_every_value(
    tmp_path: Path, servers: list[dict[str, str]]
) -> None:
    if not POSTGRES:
        return
    _old, new = servers
    folder = tmp_path / "data"
    folder.mkdir()
    for alias in ("vault", "default"):
        assert langbord_(folder, "migrate", "--verbosity", "0", "--database", alias).returncode == 0
    assert langbord_(folder, "example", "create").returncode == 0
    python(folder, VALUES)
    first = told(folder, "backup")
    before = answer(folder, EVERYTHING)
    shredded = python(folder, PERSON, "Per").stdout.split()[0]
    python(folder, SHRED, shredded)
    assert archive.glance(Path(first["data"])).engine == "sqlite"
    halves = ["--data", first["data"], "--vault", first["vault"]]

    done = told(folder, "restore", *halves, "--set-aside", **new)
    assert done["texts"]["missing"] == 0
    assert done["replayed"] == 1, "what was destroyed after the backup is destroyed in the new place too"
    assert not list(folder.glob("*.sqlite3")), "nothing is left to be taken for the real thing"
    after = answer(folder, EVERYTHING, **new)
    told_apart = {"vault.DataKey"}  # has one more tombstone
    assert {k: v for k, v in after.items() if k not in told_apart} == {
        k: v for k, v in before.items() if k not in told_apart
    }
    assert after["vault.DataKey"][0] == before["vault.DataKey"][0] + 1
    assert answer(folder, READ, **new)[3] is True, "numbers go on where they were"
    # And what is written from now on is copied and tried as on any PostgreSQL.
    python(folder, PERSON, "Kari", **new)
    assert archive.glance(Path(told(folder, "backup", **new)["data"])).engine == "rows"
    assert told(folder, "drill", **new)["ok"]
