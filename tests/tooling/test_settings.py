"""The settings an operator meets, each asked in a process of its own."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from langbord.config import databases, secret


def settings_with(folder: Path, wanted: str, **environment: str) -> Any:
    code = f"import json; from langbord.config import settings as s; print(json.dumps({wanted}, default=str))"
    clean = {k: v for k, v in os.environ.items() if not k.startswith("LANGBORD_") and k != "PORT"}
    told = subprocess.run(
        [sys.executable, "-c", code], env={**clean, "LANGBORD_DATA": str(folder), **environment},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return json.loads(told.stdout)


def test_plain_http_on_this_machine(tmp_path: Path) -> None:
    wanted = "[s.LANGBORD_PUBLIC_URL, s.SESSION_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.SECURE_SSL_REDIRECT, s.DEBUG]"
    assert settings_with(tmp_path, wanted, PORT="8123") == [
        "http://localhost:8123",
        "langbord",
        False,
        False,
        False,
    ]


def test_https_makes_every_cookie_the_hosts_own(tmp_path: Path) -> None:
    wanted = "[[s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.LANGUAGE_COOKIE_NAME], s.SESSION_COOKIE_SECURE, s.ALLOWED_HOSTS]"
    names, secure, hosts = settings_with(tmp_path, wanted, LANGBORD_PUBLIC_URL="https://bord.example.no/")
    assert [name for name in names if not name.startswith("__Host-")] == []
    assert secure
    assert hosts == ["bord.example.no", "localhost", "127.0.0.1", "[::1]"]


def test_the_port_is_remembered_for_links_made_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "port").write_text("8456\n")
    assert settings_with(tmp_path, "s.LANGBORD_PUBLIC_URL") == "http://localhost:8456"


def test_only_a_marked_folder_is_example_data(tmp_path: Path) -> None:
    assert settings_with(tmp_path, "s.EXAMPLE_DATA") is False
    (tmp_path / "EXAMPLE").write_text("")
    assert settings_with(tmp_path, "s.EXAMPLE_DATA") is True


def test_the_secret_is_made_once_and_is_private(tmp_path: Path) -> None:
    path = tmp_path / "new" / "secret.key"
    made = secret.secret_key(path)
    assert len(made) > 60
    assert secret.secret_key(path) == made
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o077 == 0
    assert [p.name for p in path.parent.iterdir()] == ["secret.key"]


def test_an_empty_secret_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "secret.key"
    path.write_text("\n")
    assert len(secret.secret_key(path)) > 60


def test_a_postgresql_address() -> None:
    read = databases.postgres("postgresql://kari:p%40ss@db.example:5433/bord%20en?sslmode=require")
    assert (read["USER"], read["PASSWORD"], read["HOST"], read["PORT"]) == (
        "kari",
        "p@ss",
        "db.example",
        "5433",
    )
    assert (read["NAME"], read["OPTIONS"]) == ("bord en", {"sslmode": "require"})
    assert databases.postgres("postgres:///bord?host=/run/pg")["HOST"] == "/run/pg"


def test_another_kind_of_address_is_refused_without_repeating_it() -> None:
    with pytest.raises(ValueError, match="postgresql://") as refused:
        databases.postgres("mysql://kari:hemmelig@db/bord")
    assert "hemmelig" not in str(refused.value)


@pytest.mark.parametrize(
    ("version", "journal", "synchronous"),
    [((3, 40, 1), "delete", 2), ((3, 51, 2), "delete", 2), ((3, 51, 3), "wal", 1), ((3, 52, 0), "wal", 1)],
)
def test_wal_only_where_it_is_safe(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    version: tuple[int, int, int],
    journal: str,
    synchronous: int,
) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", version)
    with sqlite3.connect(tmp_path / "x.sqlite3") as connection:
        connection.executescript(databases.sqlite_pragmas())
        told = [
            connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "secure_delete")
        ]
    connection.close()
    assert told == [journal, synchronous, 1]


def test_writes_begin_with_a_lock_and_wait_their_turn() -> None:
    options = databases.sqlite(Path("x.sqlite3"))["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert options["timeout"] >= 5


def test_headers_of_every_page(client: Client) -> None:
    headers = client.get("/healthz").headers
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy == {
        "default-src": "'self'",
        "img-src": "'self' data:",
        "object-src": "'none'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
        "form-action": "'self' " + settings.NEUTRAL_SITE.rstrip("/"),
    }
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"


def test_the_keys_lie_outside_all_that_reads_words() -> None:
    order = settings.MIDDLEWARE
    ring = order.index("langbord.vault.middleware.KeyRingMiddleware")
    actor = order.index("langbord.access.middleware.ActorMiddleware")
    signed_in = order.index("django.contrib.auth.middleware.AuthenticationMiddleware")
    assert ring < signed_in < actor
