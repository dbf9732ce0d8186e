"""A backup put back: whole, and with what was destroyed since destroyed again. What is there is never overwritten."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import uuid
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from langbord.base import clock
from langbord.operate import hooks, swap
from langbord.operate.restoring import Request, ledgers, restore
from langbord.vault import ledger

from .conftest import World
from .running import NAMES, PERSON, TEXTS, answer, everything, langbord_, python, told
from .test_drill import CONSENT

HIDDEN = "Denne teksten kan ikke åpnes"


def halves(taken: dict[str, Any]) -> list[str]:
    return ["--data", taken["data"], "--vault", taken["vault"]]


def test_a_backup_comes_back_whole_in_an_empty_folder(history: World, tmp_path: Path) -> None:
    into = tmp_path / "new"
    done = told(history.folder, "restore", *halves(history.third), "--into", str(into))
    assert done["aside"] is None
    assert done["rows"] == {}
    assert done["canary"]
    assert done["texts"]["missing"] == done["texts"]["damaged"] == 0
    assert answer(into, NAMES) == [HIDDEN, "Kari", "Nils"]
    assert (into / "files" / "0b5e").read_bytes() == b"sealed elsewhere" * 100
    assert (into / "content" / "staff" / "ours.yaml").read_text("utf-8") == "key: ours\n"
    assert {p.name for p in into.rglob("*") if p.stat().st_mode & 0o077} == set()
    assert not list(into.glob(f"{swap.STAGE}*"))
    assert answer(into, TEXTS)["problem"] is None
    python(into, PERSON, "Siri")
    assert "Siri" in answer(into, NAMES)


def test_over_an_installation_only_when_told_and_then_the_old_one_is_moved_aside(world: World) -> None:
    python(world.folder, PERSON, "Later")
    before = everything(world.folder)
    refused = langbord_(world.folder, "restore", *halves(world.third))
    assert refused.returncode == 1
    assert "--set-aside" in refused.stderr
    assert everything(world.folder) == before
    done = told(world.folder, "restore", *halves(world.third), "--set-aside")
    assert answer(world.folder, NAMES) == [HIDDEN, "Kari", "Nils"]
    aside = Path(done["aside"])
    after = everything(aside)
    for name in (
        "langbord.sqlite3",
        "vault.sqlite3",
        "files/0b5e",
        "content/staff/ours.yaml",
        "shredded.ledger",
    ):
        assert after[name] == before[name]
    assert not list(aside.glob("*.key")), "beside the old vault it would keep that readable for ever"
    for name in ("master.key", "lookup.key", "secret.key"):
        assert (world.folder / name).read_bytes() == before[name]
    assert told(world.folder, "drill", *halves(world.third))["ok"]


def test_a_master_key_that_lies_elsewhere_is_left_there(world: World, tmp_path: Path) -> None:
    elsewhere = tmp_path / "safe" / "master.key"
    elsewhere.parent.mkdir()
    (world.folder / "master.key").rename(elsewhere)
    named = {"LANGBORD_MASTER_KEY_FILE": str(elsewhere)}
    told(world.folder, "restore", *halves(world.third), "--into", str(tmp_path / "new"), **named)
    assert not list((tmp_path / "new").glob("master*"))
    assert answer(tmp_path / "new", NAMES, **named) == [HIDDEN, "Kari", "Nils"]


def test_an_old_backup_of_the_vault_brings_no_destroyed_key_back(history: World, tmp_path: Path) -> None:
    """The backup is from before the destruction, its keys open, and the master key is the same."""
    assert history.first["destroyed"] == 0
    done = langbord_(history.folder, "restore", *halves(history.first), "--into", str(tmp_path / "new"))
    assert done.returncode == 0, done.stderr
    assert "1 nøkler var ødelagt etter at denne kopien ble tatt. De er ødelagt på nytt." in done.stdout
    assert answer(tmp_path / "new", NAMES) == [HIDDEN, "Kari"]
    assert set(ledger.read(tmp_path / "new" / ledger.NAME).ids("key")) == {history.shredded}


LEDGERS = ["beside the words", "beside the keys", "named", "in the folder"]


@pytest.mark.parametrize("place", LEDGERS)
def test_any_one_ledger_is_enough(history: World, tmp_path: Path, place: str, settings: Any) -> None:
    """On a new machine, with nothing but the two files, the key files and one ledger from anywhere."""
    settings.DATA_DIR, settings.LEDGER_COPIES, settings.LANGBORD_MASTER_KEY_FILE = tmp_path / "none", [], None
    away, into = tmp_path / "away", tmp_path / "into"
    for name in ("data", "vault", "other"):
        (away / name).mkdir(parents=True)
    into.mkdir()
    for name in ("master.key", "lookup.key"):
        shutil.copy(history.folder / name, into / name)
    files = {kind: shutil.copy(history.first[kind], away / kind) for kind in ("data", "vault")}
    target = dict(zip(LEDGERS, (away / "data", away / "vault", away / "other", into), strict=True))[place]
    shutil.copy(history.folder / ledger.NAME, target / ledger.NAME)
    request = Request(
        Path(files["data"]), Path(files["vault"]), into, into / "master.key", into / "lookup.key",
        ledgers=(target / ledger.NAME,) if place == "named" else (),
    )  # fmt: skip
    known = ledgers(request)
    assert set(known.ids("key")) == {history.shredded}
    if place == "named":
        done = restore(request)
        assert (done.findings.replayed, done.findings.texts["destroyed"]) == (1, 4)


def test_words_from_before_a_destruction_with_the_keys_of_today(history: World, tmp_path: Path) -> None:
    into = tmp_path / "new"
    given = ["--data", history.first["data"], "--vault", history.third["vault"], "--into", str(into)]
    refused = langbord_(history.folder, "restore", *given)
    assert refused.returncode == 1
    assert "ikke tatt samtidig" in refused.stderr
    assert "nøklene er nyest" in refused.stderr
    assert "0 mangler nøkkel, 4 er ødelagt" in refused.stderr, "all four texts of the one who is gone"
    assert not everything(into)
    told(history.folder, "restore", *given, "--accept-mismatch")
    assert answer(into, NAMES) == [HIDDEN, "Kari"]


def test_words_from_after_the_keys_are_counted_and_shown_as_closed(history: World, tmp_path: Path) -> None:
    into = tmp_path / "new"
    given = ["--data", history.second["data"], "--vault", history.first["vault"], "--into", str(into)]
    refused = langbord_(history.folder, "restore", *given)
    assert refused.returncode == 1
    assert "ordene er nyest" in refused.stderr
    assert "4 mangler nøkkel" in refused.stderr, "all four texts of the one who came in between"
    assert not everything(into)
    done = told(history.folder, "restore", *given, "--accept-mismatch")
    assert done["texts"]["missing"] == 4
    assert answer(into, NAMES) == [HIDDEN, HIDDEN, "Kari"]


def test_one_damaged_text_does_not_stand_between_everybody_and_their_words(
    world: World, tmp_path: Path
) -> None:
    """Every backup from the day of the damage on has it: whoever must restore one is told, and may."""
    with closing(sqlite3.connect(world.folder / "langbord.sqlite3")) as data:
        (row, raw) = data.execute(
            "SELECT id, name FROM people_person WHERE id != ? ORDER BY created_at", (world.shredded.hex,)
        ).fetchone()
        data.execute("UPDATE people_person SET name = ? WHERE id = ?", (raw[:-1] + bytes([raw[-1] ^ 1]), row))
        data.commit()
    made = halves(told(world.folder, "backup"))
    into = tmp_path / "new"
    refused = langbord_(world.folder, "restore", *made, "--into", str(into))
    assert refused.returncode == 1
    assert "1 er skadd" in refused.stderr
    assert "--accept-mismatch" in refused.stderr
    assert not everything(into)
    done = langbord_(world.folder, "restore", *made, "--into", str(into), "--accept-mismatch")
    assert done.returncode == 0, done.stderr
    assert "1 er skadd" in done.stdout
    assert answer(into, NAMES) == [HIDDEN, HIDDEN, "Nils"]


TAKE_BACK = """
import sys
from langbord.access.actor import actor_of
from langbord.consent import actions
from langbord.consent.models import ConsentRecord
from langbord.people.models import Person
head = ConsentRecord.objects.unrestricted("a test looks behind the wall").get(pk=sys.argv[1])
person = Person.objects.unrestricted("a test looks behind the wall").get(pk=head.person_id)
actions.withdraw(actor=actor_of(person), process_id=head.process_id, purpose="taking-part")
"""

STANDING = """
import json, sys
from langbord.consent import asking, ledger
from langbord.consent.models import ConsentRecord
head = ConsentRecord.objects.unrestricted("a test looks behind the wall").get(pk=sys.argv[1])
print(json.dumps([asking.state(head.person_id, "taking-part", head.process_id).standing, ledger.broken_links()]))
"""


def test_a_yes_that_was_taken_back_since_does_not_come_back(world: World, tmp_path: Path) -> None:
    record = python(world.folder, CONSENT).stdout.strip()
    made = told(world.folder, "backup")
    assert answer(world.folder, STANDING, record) == ["yes", [1, []]]
    python(world.folder, TAKE_BACK, record)
    done = langbord_(world.folder, "restore", *halves(made), "--into", str(tmp_path / "new"))
    assert done.returncode == 0, done.stderr
    assert "1 samtykker var tatt tilbake etter at kopien ble tatt. De gjelder ikke." in done.stdout
    assert "Si det til koordinatorene" in done.stdout
    assert answer(tmp_path / "new", STANDING, record) == ["ask_again", [1, []]]


def test_every_hook_hears_what_the_ledgers_say(monkeypatch: pytest.MonkeyPatch) -> None:
    known, left, seen = ledger.Ledger(), uuid.uuid4(), []
    known.add(ledger.Entry("left", left, clock.now()))

    def erase(said: ledger.Ledger) -> str:
        seen.append(set(said.ids("left")))
        return "1 er slettet på nytt."

    monkeypatch.setattr(hooks, "after_restore", [erase, lambda said: ""])
    assert hooks.run(known) == ["1 er slettet på nytt."]
    assert seen == [{left}]


def test_somebody_who_left_after_the_backup_leaves_again(world: World) -> None:
    """Their rows are in the old words, and only the ledger remembers that they asked to be gone."""
    with closing(sqlite3.connect(world.folder / "langbord.sqlite3")) as data:
        kari = data.execute("SELECT id FROM people_person ORDER BY created_at LIMIT 1 OFFSET 1").fetchone()[0]
    gone = [
        ledger.Entry("left", uuid.UUID(kari), clock.now()),
        ledger.Entry("key", uuid.UUID(kari), clock.now()),
    ]
    ledger.complete(world.folder / ledger.NAME, gone)
    done = langbord_(world.folder, "restore", *halves(world.first), "--set-aside")
    assert done.returncode == 0, done.stderr
    assert "2 nøkler var ødelagt etter" in done.stdout
    with closing(sqlite3.connect(world.folder / "langbord.sqlite3")) as data:
        assert data.execute("SELECT count(*) FROM people_person WHERE id = ?", (kari,)).fetchone() == (0,)
        assert data.execute(
            "SELECT count(*) FROM people_contact WHERE person_id = ?", (kari,)
        ).fetchone() == (0,)
    assert answer(world.folder, NAMES) == [HIDDEN], (
        "the other one's key was destroyed, and nobody said they left"
    )
    assert kari not in done.stdout


def test_a_vault_copied_back_by_hand_is_found_at_the_next_start(world: World, tmp_path: Path) -> None:
    """Somebody who knows no command: the old vault file over the new one."""
    told(world.folder, "restore", *halves(world.first), "--into", str(tmp_path / "other"))
    archive_of_old = tmp_path / "old"
    python(
        world.folder,
        "import sys, pathlib; from langbord.operate import archive;"
        "archive.unpack(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))",
        world.first["vault"],
        str(archive_of_old),
    )
    shutil.copy(archive_of_old / "vault.sqlite3", world.folder / "vault.sqlite3")
    started = python(
        world.folder,
        "from langbord.vault import startup; startup.verify()\n"
        "import sys, uuid; from langbord.vault import keys; print(keys.opens(uuid.UUID(sys.argv[1])))",
        str(world.shredded),
    )
    assert "1 nøkler skulle vært ødelagt" in started.stderr
    assert started.stdout.split() == ["False"]
    again = python(world.folder, "from langbord.vault import startup; startup.verify()")
    assert again.stderr == ""


STEPS = [
    "noted",
    *(f"aside {name}" for name in ("langbord.sqlite3", "vault.sqlite3", "files", "shredded.ledger")),
    *(f"in {name}" for name in ("langbord.sqlite3", "vault.sqlite3", "files", "shredded.ledger")),
    "put in place",
]


def killed_in(step: str, what: Callable[[], object]) -> None:
    """Do it in a process of its own that is killed outright when it reaches the step. Files only, no database."""
    child = os.fork()
    if child == 0:

        def passed(reached: str) -> None:
            if reached == step:
                os.kill(os.getpid(), signal.SIGKILL)

        swap.passed = passed
        what()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), f"it never came to {step}"


@pytest.mark.parametrize("step", STEPS)
def test_killed_at_any_step_of_the_exchange_the_next_carries_on_and_nothing_is_lost(
    tmp_path: Path, step: str
) -> None:
    folder, stage, aside = (
        tmp_path / "data",
        tmp_path / "data" / ".restoring-x",
        tmp_path / "data" / "aside-x",
    )
    for where, what in ((folder, "old"), (stage, "new")):
        (where / "files").mkdir(parents=True)
        for name in ("langbord.sqlite3", "vault.sqlite3", "files/a", "shredded.ledger", "lookup.key"):
            (where / name).write_text(f"{what} {name}")
    (stage / "lookup.key").write_text("old lookup.key")
    (folder / "secret.key").write_text("stays")
    old, new = everything(folder), everything(stage)
    killed_in(step, lambda: swap.begin(folder, stage, aside))
    if step != "put in place":
        assert (folder / swap.NOTE).exists(), "whoever comes next must see it"
        swap.sweep(folder)
        assert swap.finish(folder)
    assert not swap.finish(folder)
    kept = everything(aside)
    for name in new:
        assert (folder / name).read_bytes() == new[name]
        if name != "lookup.key":
            assert kept[name] == old[name]
    assert (folder / "secret.key").read_text() == "stays"
    assert not (aside / "lookup.key").exists()


KILLED = """
import os, pathlib, signal, sys
from langbord.base import clock
from langbord.operate import hooks, swap
from langbord.operate.restoring import Request, ledgers, restore
def passed(step):
    if step == sys.argv[1]:
        os.kill(os.getpid(), signal.SIGKILL)
swap.passed = passed
from django.core.management import call_command
call_command("restore", data=pathlib.Path(sys.argv[2]), vault=pathlib.Path(sys.argv[3]), set_aside=True)
"""


@pytest.mark.slow
def test_a_restore_that_is_killed_leaves_the_old_or_is_finished_by_the_server(world: World) -> None:
    given = (world.third["data"], world.third["vault"])
    before = everything(world.folder)
    assert python(world.folder, KILLED, "tested", *given, check=False).returncode == -9
    after = everything(world.folder)
    assert {name: after[name] for name in before} == before, "nothing of the old was touched"
    assert python(world.folder, KILLED, "aside vault.sqlite3", *given, check=False).returncode == -9
    assert not (world.folder / "vault.sqlite3").exists()
    started = python(
        world.folder,
        "from langbord.operate import serving; print(*serving.take_folder())\n"
        "from langbord.vault import startup; startup.verify()",
    )
    assert "gjort ferdig" in started.stdout
    assert answer(world.folder, NAMES) == [HIDDEN, "Kari", "Nils"]
    assert not list(world.folder.glob(f"{swap.STAGE}*"))


def test_the_example_stays_an_example_and_nothing_else_becomes_one(world: World, tmp_path: Path) -> None:
    told(world.folder, "restore", *halves(world.third), "--into", str(tmp_path / "real"))
    assert not (tmp_path / "real" / "EXAMPLE").exists()
    (world.folder / "EXAMPLE").write_text("example data only\n")
    made = told(world.folder, "backup")
    told(world.folder, "restore", *halves(made), "--into", str(tmp_path / "example"))
    assert (tmp_path / "example" / "EXAMPLE").read_text() == "example data only\n"
