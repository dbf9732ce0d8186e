from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from langbord.vault import keyfiles


@pytest.fixture
def keys(settings: Any, tmp_path: Path) -> Any:
    settings.DATA_DIR = tmp_path
    settings.LANGBORD_MASTER_KEY_FILE = None
    keyfiles.forget()
    yield tmp_path
    keyfiles.forget()


def test_alive_asks_nothing(client: Client) -> None:
    """No database mark: a query would fail this test."""
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


@pytest.mark.django_db(databases=["default", "vault"])
def test_ready(client: Client, keys: Path) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (200, b"ready\n")


@pytest.mark.django_db(databases=["default", "vault"])
@pytest.mark.parametrize("alias", ["default", "vault"])
def test_not_ready_without_a_database(
    client: Client, keys: Path, monkeypatch: pytest.MonkeyPatch, alias: str
) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise OSError("the secret address of the database")

    monkeypatch.setattr(connections[alias], "cursor", broken)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"not ready\n")


@pytest.mark.django_db(databases=["default", "vault"])
def test_not_ready_with_somebody_elses_key(client: Client, keys: Path) -> None:
    assert client.get("/readyz").status_code == 200
    (keys / "master.key").unlink()
    keyfiles.forget()
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"not ready\n")


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_only_get(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405
