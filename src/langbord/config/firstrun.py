"""What happens before Langbord can be served: databases, keys, and at the very first run the example."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

MAKING, MADE = "making\n", "example data only: never put real names here\n"
DATABASES = ("langbord.sqlite3", "vault.sqlite3")


def prepare(*, example: bool, say: Callable[[str], None]) -> None:
    """Bring both databases up to date, check the keys, and make the example in a new data folder if asked.

    Ends the process with code 3 if the key files do not belong to the data, with 4 if the example failed, with 5
    if a system check refuses, as when an address does not declare who may come.
    """
    import django

    django.setup()

    from django.conf import settings

    from langbord.operate import serving
    from langbord.operate.errors import Refused
    from langbord.vault import startup

    _check()
    try:
        for line in serving.take_folder():
            say(line)
    except Refused as error:
        sys.stderr.write(f"\n{error}\n\n")
        raise SystemExit(3) from error
    marker = Path(settings.EXAMPLE_MARKER)
    if marker.is_file() and marker.read_text() == MAKING:
        say("Eksempelet ble ikke ferdig sist. Vi begynner på nytt med det ...")
        _sweep_half_made(Path(settings.DATA_DIR))
    new = _is_new()
    if new:
        say("Gjør klar databasene ...")
    _migrate()
    startup.verify()
    for line in serving.erase_again():
        say(line)
    if new and example:
        marker.write_text(MAKING)
        settings.EXAMPLE_DATA = True
        say("Lager et eksempel å se på. Det tar litt tid første gang ...")
        made = subprocess.run([sys.executable, "-m", "langbord", "example", "create"], check=False)
        if made.returncode:
            sys.stderr.write(
                "\nEksempelet ble ikke ferdig; grunnen står over. Neste start prøver på nytt.\n"
                "Uten eksempel: EXAMPLE=0 make start (med en ny datamappe: LANGBORD_DATA=...)\n\n"
            )
            raise SystemExit(4)
        marker.write_text(MADE)


def greeting(address: str) -> str:
    """The address, and how to come in."""
    from django.conf import settings

    lines = ["", f"Langbord er klar på {address}", ""]
    if Path(settings.EXAMPLE_MARKER).is_file():
        people = _personas()
        if people:
            lines.append("Her er det bare eksempler. Velg hvem du vil være:")
            width = max(len(p["name"]) for p in people)
            roles = max(len(p["role"]) for p in people)
            lines += [f"  {p['name']:<{width}}  {p['role']:<{roles}}  {p['url']}" for p in people]
            lines.append("Lenkene virker én gang. Nye får du med: bin/langbord personas")
        else:
            lines.append("Her er det bare eksempler. Slik kommer du inn: bin/langbord personas")
    else:
        lines += [f"Slik kommer du inn: {address}/inn/", *_first_run_words(address), *_mail_words()]
    lines += ["", "Stopp med Ctrl-C.", ""]
    return "\n".join(lines)


def _first_run_words(address: str) -> list[str]:
    """An empty installation: whoever can read this terminal may begin, and nobody else."""
    from langbord.web.firstrun import first_run_code, is_empty

    return [f"Kom i gang på {address}/kom-i-gang/ med koden {first_run_code()}"] if is_empty() else []


def _mail_words() -> list[str]:
    """Without a mail server the codes lie in files. Whoever waits for one must know where, or never comes in again."""
    from django.conf import settings

    if settings.EMAIL_BACKEND != "langbord.people.mail_to_files.EmailBackend":
        return []
    return [f"E-post er ikke satt opp. Kodene for å logge inn blir lagt i {settings.EMAIL_FILE_PATH}"]


def _personas() -> list[dict[str, str]]:
    told = subprocess.run(
        [sys.executable, "-m", "langbord", "personas", "--json"], capture_output=True, text=True, check=False
    )
    if told.returncode:
        return []
    try:
        people = json.loads(told.stdout)
    except ValueError:
        return []
    return [{part: str(p.get(part, "")) for part in ("name", "role", "url")} for p in people]


def _check() -> None:
    from django.core.checks import run_checks

    serious = [message for message in run_checks() if message.is_serious()]
    if serious:
        sys.stderr.write("\n" + "\n".join(str(message) for message in serious) + "\n\n")
        raise SystemExit(5)


def _is_new() -> bool:
    from django.contrib.auth import get_user_model
    from django.db import connection

    return get_user_model()._meta.db_table not in connection.introspection.table_names()


def _migrate() -> None:
    """The keys' database first: nothing can be sealed before it is there."""
    from django.core.management import call_command
    from django.db import connections

    for alias in ("vault", "default"):
        call_command("migrate", database=alias, interactive=False, verbosity=0)
    connections.close_all()


def _sweep_half_made(folder: Path) -> None:
    """Only ever called on a folder whose marker says that nobody has used it yet. PostgreSQL is left alone."""
    for name in DATABASES:
        for tail in ("", "-journal", "-wal", "-shm"):
            (folder / f"{name}{tail}").unlink(missing_ok=True)
    for name in ("master.key", "lookup.key", "EXAMPLE"):
        (folder / name).unlink(missing_ok=True)
