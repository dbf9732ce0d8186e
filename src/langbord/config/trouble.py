"""What stands in the way outside the program, in words for the operator: a database that does not answer, a folder that
is not there, a disk that is full, a setting that cannot be meant. What is a fault of ours keeps its traceback.
"""

from __future__ import annotations

import os
from urllib.parse import urlsplit

EMPTY = """\
Databasen er tom, eller eldre enn programmet. Datamappa er {folder}. Er den riktig (LANGBORD_DATA)?
Start Langbord én gang med bin/langbord serve, så blir databasen gjort klar.
The database is empty, or older than the program. The data folder is {folder}. Is it the right one (LANGBORD_DATA)?
Start Langbord once with bin/langbord serve, and the database is made ready."""

NO_DATABASE = """\
Databasen kan ikke brukes: {why}
Se om den går, om disken er full, om du har rett til å lese og skrive der, og om LANGBORD_DATA, LANGBORD_DATABASE_URL
og LANGBORD_VAULT_URL stemmer.
The database cannot be used: {why}
See whether it runs, whether the disk is full, whether you may read and write there, and whether the settings are right."""

DAMAGED = """\
Databasefila er skadet: {why}
Stopp Langbord, og legg tilbake den nyeste sikkerhetskopien: se «After a disaster» i docs/operate.md. Ta vare på fila til da.
The database file is damaged: {why}
Stop Langbord and restore the newest backup: see "After a disaster" in docs/operate.md. Keep the file until then."""

NO_FILE = """\
Får ikke lest eller skrevet: {why}
Se om fila eller mappa finnes, om du har rett til den, og om disken er full. Datamappa er {folder} (LANGBORD_DATA).
Cannot read or write: {why}
See whether it is there, whether you may use it, and whether the disk is full. The data folder is {folder}."""

MORE = "Hele feilmeldingen: legg til --traceback / The whole message: add --traceback"


class WrongSetting(ValueError):
    """A setting that cannot be meant. Says which and what is expected, never what stood there: it may be a password."""

    def __init__(self, name: str, nb: str, en: str) -> None:
        super().__init__(
            f"LANGBORD_{name} er ikke riktig: {nb}\nLANGBORD_{name} is not right: it must be {en}"
        )


def whole_number(name: str, text: str) -> int:
    if not text.isdecimal():
        raise WrongSetting(name, "det skal være et helt tall, som 30", "a whole number, like 30")
    return int(text)


def address(name: str, text: str, *kinds: str) -> str:
    """An address with a host, of one of these kinds. Anything else would be taken for none, and nobody told."""
    try:
        parts = urlsplit(text)
        right = parts.scheme in kinds and bool(parts.hostname) and parts.port != 0
    except ValueError:
        right = False
    if not right:
        ways = [f"{kind}://" for kind in kinds]
        raise WrongSetting(
            name,
            f"adressen skal begynne med {' eller '.join(ways)} og ha et navn etter",
            f"an address that begins with {' or '.join(ways)} and a name",
        )
    return text


def words(error: BaseException) -> str | None:
    """For the operator; None where only a programmer can tell."""
    from django.db import DatabaseError, OperationalError, ProgrammingError

    from langbord.vault.errors import KeyFileError

    if isinstance(error, WrongSetting):
        return str(error)
    if isinstance(error, KeyFileError):
        from langbord.vault import startup

        return startup.words(error)
    why = str(error).strip()
    if isinstance(error, OperationalError | ProgrammingError) and _no_such(error):
        return f"{EMPTY.format(folder=_folder())}\n{MORE}"
    if isinstance(error, DatabaseError) and any(sign in why for sign in ("not a database", "is malformed")):
        return f"{DAMAGED.format(why=why)}\n{MORE}"
    if isinstance(error, OperationalError):
        return f"{NO_DATABASE.format(why=why)}\n{MORE}"
    if isinstance(error, OSError) and error.strerror:
        named = f"{error.strerror} ({error.filename})" if error.filename else error.strerror
        return f"{NO_FILE.format(why=named, folder=_folder())}\n{MORE}"
    return None


def _no_such(error: BaseException) -> bool:
    """A table or a column is missing. PostgreSQL says so in the server's language, but with the same code."""
    return str(error).startswith(("no such table", "no such column")) or getattr(
        error.__cause__, "sqlstate", ""
    ) in {"42P01", "42703"}


def _folder() -> str:
    """As it was given: the settings themselves may be what cannot be read."""
    return os.environ.get("LANGBORD_DATA", "").strip() or "var/"
