"""What SQLite leaves behind in its files when something is deleted, and seeing to it that nothing stays.

`secure_delete` overwrites deleted bytes in the database file. In WAL mode the older pages also lie in the log beside
it until the log is emptied; in the rollback mode that most installations run in there is no such log.
"""

from __future__ import annotations

from pathlib import Path

from django.db import connections

from langbord.vault.router import VAULT

ALIASES = ("default", VAULT)


def settle(*aliases: str) -> bool:
    """Empty the write-ahead logs of these databases (both, when none is named). Call it after deleting, outside a
    transaction. False if somebody was reading just then and some of it stays: call it again. Others than SQLite: True.
    """
    done = True
    for alias in aliases or ALIASES:
        connection = connections[alias]
        if connection.vendor != "sqlite":
            continue
        with connection.cursor() as cursor:
            if cursor.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
                done = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0 and done
    return done


def files(alias: str) -> list[Path]:
    """Every file that this SQLite database has on the disk now; none for other databases and those in memory."""
    connection = connections[alias]
    name = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or ":memory:" in name or name.startswith("file:"):
        return []
    return [file for tail in ("", "-wal", "-shm", "-journal") if (file := Path(name + tail)).exists()]
