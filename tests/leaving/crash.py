"""Run as a program: somebody leaves, and the process is killed at each step; then the sweeper finishes.

    python -m tests.leaving.crash FOLDER        prints one JSON object a line, a case each

One installation is built in FOLDER with the product's own settings; each case gets a copy of it and children of its own
(forked: a killed child leaves what a killed server would leave).
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

os.environ["LANGBORD_DATA"] = sys.argv[1] + "/installation"
os.environ["DJANGO_SETTINGS_MODULE"] = "langbord.config.settings"

import django

django.setup()

from datetime import timedelta  # noqa: E402

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402

from langbord.base import clock  # noqa: E402
from langbord.base.personal_data import Way  # noqa: E402
from langbord.leaving import again, doing  # noqa: E402
from langbord.leaving.models import Parting, Receipt  # noqa: E402
from langbord.people.models import Person  # noqa: E402
from langbord.rooms.models import Piece  # noqa: E402
from langbord.vault import keys, ledger  # noqa: E402
from langbord.vault.fields import Unopenable  # noqa: E402
from tests.cast import TEST, Table, lay_table  # noqa: E402
from tests.leaving.helpers import CANARY, gather, live  # noqa: E402

BUILT = Path(os.environ["LANGBORD_DATA"])
PARTING = UUID("5f0c1f0e-4f6b-4a3f-9d57-0a6a2f9f1b11")
POINTS = ("asked", "inside keep", "keep", "inside destroy", "destroy", "inside erase", "erase", "settle")


def build() -> tuple[Table, dict[str, list[str]], list[str]]:
    """The table, whose pieces are whose, and the ciphertexts of the one who leaves."""
    BUILT.mkdir(parents=True, exist_ok=True)
    for alias in ("default", "vault"):
        call_command("migrate", database=alias, verbosity=0)
    with keys.ring():
        table = lay_table()
        life = live(table)
        gather(life)
        other = live(table, "citizen-2")
    shared = [name for name, p in life.pieces.items() if name != "draft"]
    ids = {
        "draft": [str(life.pieces["draft"].pk)],
        "shared": [str(life.pieces[name].pk) for name in shared],
        "other": [str(p.pk) for p in other.pieces.values()],
        "person": [str(life.person.pk)],
    }
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT body FROM rooms_piece WHERE author_id = %s", [life.person.pk.hex])
        sealed = [bytes(row[0]).hex() for row in cursor.fetchall()]
    connections.close_all()
    return table, ids, sealed


def in_child(folder: Path, work: Callable[[], Any]) -> Any:
    """What `work` gives, run in a child that has its databases in `folder`. None if it was killed."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        settings.DATA_DIR = folder
        for alias, name in (("default", "langbord.sqlite3"), ("vault", "vault.sqlite3")):
            connections[alias].settings_dict["NAME"] = str(folder / name)
        with keys.ring():
            answer = work()
        connections.close_all()
        os.write(write, json.dumps(answer).encode())
        os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        said = pipe.read()
    _pid, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
        return None
    if status != 0:
        raise SystemExit(f"a child failed: {status}")
    return json.loads(said)


def die(*_args: Any, **_more: Any) -> Any:
    os.kill(os.getpid(), signal.SIGKILL)


def leave_until(table: Table, way: str, point: str) -> None:
    calls = [0]
    really = doing.stored

    def at_call(number: int) -> Callable[..., Any]:
        def wrapped(*args: Any) -> Any:
            calls[0] += 1
            return die() if calls[0] == number else really(*args)

        return wrapped

    if point == "inside keep":
        doing.stored = at_call(1)  # type: ignore[assignment]
    if point == "inside erase":
        doing.stored = at_call(2)  # type: ignore[assignment]
    if point == "inside destroy":
        keys._empty = die  # type: ignore[assignment]
    doing.ask(actor=table.actor("citizen"), way=way, process_id=None, parting_id=PARTING)
    if point == "asked":
        die()
    for step in doing.STEPS:
        step(PARTING)
        if step.__name__ == point:
            die()


def finish() -> int:
    with clock.frozen(clock.now() + timedelta(minutes=5)):
        return doing.sweep()


def look(ids: dict[str, list[str]]) -> dict[str, Any]:
    """How many of each kind can be read, as anybody with the database and today's keys could."""

    def opens(kind: str) -> int:
        rows = Piece.objects.unrestricted(TEST).filter(pk__in=ids[kind])
        return sum(not isinstance(p.body, Unopenable) and CANARY in str(p.body) for p in rows)

    person = Person.objects.unrestricted(TEST).filter(pk=ids["person"][0]).first()
    return {
        "draft": opens("draft"),
        "shared": opens("shared"),
        "other": opens("other"),
        "name": person is not None and str(person.name) == "Amina",
        "person": person is not None,
        "partings": Parting.objects.unrestricted(TEST).count(),
        "receipts": Receipt.objects.unrestricted(TEST).count(),
    }


def residue(folder: Path, sealed: list[str]) -> int:
    """How many of the old ciphertexts still lie in any file of the installation."""
    whole = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    return sum(bytes.fromhex(text)[1:25] in whole for text in sealed)


def main() -> None:
    table, ids, sealed = build()
    print(json.dumps({"shared": len(ids["shared"]), "other": len(ids["other"]), "sealed": len(sealed),
                      "residue": residue(BUILT, sealed)}))  # fmt: skip
    for way in Way.values:
        for point in POINTS:
            folder = Path(sys.argv[1]) / f"{way}-{point}"
            shutil.copytree(BUILT, folder)
            killed = in_child(folder, lambda way=way, point=point: leave_until(table, way, point)) is None
            after = in_child(folder, lambda: look(ids))
            swept = in_child(folder, finish)
            end = in_child(folder, lambda: look(ids))
            again = in_child(folder, finish)
            print(
                json.dumps(
                    {
                        "way": way,
                        "point": point,
                        "killed": killed,
                        "after": after,
                        "swept": swept,
                        "end": end,
                        "again": again,
                        "residue": residue(folder, sealed),
                    }
                ),
                flush=True,
            )
            shutil.rmtree(folder)
    print(json.dumps(restored(table, ids)), flush=True)


def restored(table: Table, ids: dict[str, list[str]]) -> dict[str, Any]:
    """Somebody leaves, and then the words come back from an older backup, with today's keys and ledger."""
    folder = Path(sys.argv[1]) / "restored"
    shutil.copytree(BUILT, folder)

    def whole_way() -> None:
        doing.ask(actor=table.actor("citizen"), way=Way.TAKE, process_id=None, parting_id=PARTING)
        doing.carry_out(PARTING)

    in_child(folder, whole_way)
    shutil.copy(BUILT / "langbord.sqlite3", folder / "langbord.sqlite3")
    back = in_child(folder, lambda: look(ids))
    said = [in_child(folder, lambda: again.erase_again(ledger.read(ledger.path()))) for _time in range(2)]
    return {"back": back, "said": said, "end": in_child(folder, lambda: look(ids))}


if __name__ == "__main__":
    main()
