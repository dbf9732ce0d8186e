"""Where the two databases are: PostgreSQL when an address is given, else SQLite files in the data folder."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from langbord.config.trouble import WrongSetting

SAFE_WAL = (3, 51, 3)
"""From this version on. Earlier ones have a bug that can damage a database in WAL mode when two connections write and
checkpoint at once; many distributions still ship an earlier one."""

BUSY_SECONDS = 20


def sqlite_pragmas() -> str:
    """Run on every new connection. Deleted bytes are overwritten, since erasure must mean erasure."""
    if sqlite3.sqlite_version_info >= SAFE_WAL:
        journal = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
    else:
        journal = "PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL;"
    return f"{journal} PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16000;"


def sqlite(path: Path, pragmas: str | None = None) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": BUSY_SECONDS,
            "init_command": sqlite_pragmas() if pragmas is None else pragmas,
        },
    }


def postgres(address: str) -> dict[str, Any]:
    """From postgresql://name:password@host:port/database?sslmode=require. A socket folder goes in ?host=/folder.

    ValueError, without the address (it may hold a password), if it is of another kind.
    """
    parts = urlsplit(address)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise WrongSetting(
            "DATABASE_URL / LANGBORD_VAULT_URL",
            "adressen skal begynne med postgresql://",
            "an address that begins with postgresql://",
        )
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    host = options.pop("host", None) or unquote(parts.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def database(address: str | None, path: Path) -> dict[str, Any]:
    return postgres(address) if address else sqlite(path)
