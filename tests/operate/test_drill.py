"""The drill: it finds what is wrong with a backup, and leaves nothing behind."""

from __future__ import annotations

import json
import signal
import sqlite3
import stat
import tempfile
from contextlib import closing
from pathlib import Path

from langbord.operate import scratch

from .conftest import World
from .running import everything, langbord_, python, told


def test_a_good_backup_passes_and_nothing_is_left_or_changed(world: World, tmp_path: Path) -> None:
    before = everything(world.folder)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    done = langbord_(world.folder, "drill", TMPDIR=str(elsewhere))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Sikkerhetskopien duger" in done.stdout
    assert "FEIL" not in done.stdout
    assert everything(world.folder) == before
    assert not list(elsewhere.iterdir())
    assert not list(world.folder.glob(".scratch-*"))
    assert tempfile.gettempdir()


def test_the_figures(history: World) -> None:
    figures = told(history.folder, "drill")["figures"]
    assert figures["texts"]["value"] == "9", "two persons with four texts each, and the canary"
    assert figures["destroyed"]["value"] == "4"
    assert figures["missing"]["value"] == figures["damaged"]["value"] == "0"
    assert figures["still_open"]["value"] == "1, 0"
    assert figures["canary"]["value"] == "ja"
    assert all(figure["ok"] for figure in figures.values())


def test_damage_that_was_there_before_the_backup_is_found(world: World) -> None:
    """A wrong byte in one text, a key that was cut, a pointer to nothing: the backup is a faithful copy of all three."""
    with closing(sqlite3.connect(world.folder / "langbord.sqlite3")) as data:
        (row, raw) = data.execute(
            "SELECT id, name FROM people_person ORDER BY created_at LIMIT 1 OFFSET 1"
        ).fetchone()
        data.execute("UPDATE people_person SET name = ? WHERE id = ?", (raw[:-1] + bytes([raw[-1] ^ 1]), row))
        data.execute("UPDATE people_person SET unit_id = ? WHERE id = ?", ("0" * 32, row))
        data.commit()
    made = told(world.folder, "backup")
    done = langbord_(world.folder, "drill", "--json")
    assert done.returncode == 1
    figures = json.loads(done.stdout.splitlines()[-1])["figures"]
    assert {name for name, figure in figures.items() if not figure["ok"]} == {"damaged", "foreign_keys"}
    assert figures["damaged"]["value"] == "1"
    with closing(sqlite3.connect(world.folder / "vault.sqlite3")) as vault:
        vault.execute("UPDATE vault_datakey SET wrapped = x'00' WHERE length(wrapped) > 0")
        vault.commit()
    assert langbord_(world.folder, "drill", "--data", made["data"], "--vault", made["vault"]).returncode == 1


CONSENT = """
from langbord.access.actor import actor_of
from langbord.access.enums import Role
from langbord.base import clock
from langbord.consent import actions
from langbord.people.models import Organisation, Person
from langbord.processes.models import Membership, Process
why = "a test looks behind the wall"
person = Person.objects.unrestricted(why).order_by("pk").last()
organisation = Organisation.objects.create(name="Nabolaget")
process = Process.objects.create(name="Naboer", organisation=organisation, started_on=clock.today(), created_at=clock.now())
Membership.objects.create(person=person, process=process, role=Role.CITIZEN, started_at=clock.now())
for yes in (True, False, True):
    event = actions.answer(actor=actor_of(person), process_id=process.pk, purpose="taking-part", yes=yes)
print(event.record_id)
"""


def test_a_consent_that_somebody_changed_is_named_and_the_backup_can_be_restored_all_the_same(
    world: World, tmp_path: Path
) -> None:
    """Somebody with the database file has made a no into a yes."""
    record = python(world.folder, CONSENT).stdout.strip()
    assert told(world.folder, "backup")
    assert told(world.folder, "drill")["figures"]["consents"] == {"value": "1, 0", "ok": True}
    with closing(sqlite3.connect(world.folder / "langbord.sqlite3")) as data:
        data.execute("UPDATE consent_consentevent SET kind = 'given' WHERE number = 2")
        data.commit()
    made = told(world.folder, "backup")
    done = langbord_(world.folder, "drill")
    assert done.returncode == 1
    line = f"Samtykke {record}: svar nummer 2 er endret etterpå."
    assert line in done.stdout
    assert "Noe er galt" in done.stdout
    given = ["--data", made["data"], "--vault", made["vault"], "--into", str(tmp_path / "new")]
    restored = langbord_(world.folder, "restore", *given)
    assert restored.returncode == 0, restored.stderr
    assert line in restored.stdout


CONSENT_MORE = """
from langbord.access.actor import actor_of
from langbord.consent import actions
from langbord.consent.models import ConsentRecord
from langbord.people.models import Person
why = "a test looks behind the wall"
record = ConsentRecord.objects.unrestricted(why).get()
person = Person.objects.unrestricted(why).get(pk=record.person_id)
actions.answer(actor=actor_of(person), process_id=record.process_id, purpose="taking-part", yes=False)
"""


def test_a_break_that_is_known_fails_no_drill_and_a_new_one_does(world: World) -> None:
    """The operator has looked into it: the chain stays as it is, and what happens to it next is looked at as before."""

    def drilled() -> tuple[int, str]:
        assert told(world.folder, "backup")
        done = langbord_(world.folder, "drill")
        return done.returncode, done.stdout

    def meddled(sql: str) -> None:
        with closing(sqlite3.connect(world.folder / "langbord.sqlite3")) as data:
            data.execute(sql)
            data.commit()

    record = python(world.folder, CONSENT).stdout.strip()
    meddled("UPDATE consent_consentevent SET kind = 'given' WHERE number = 2")
    assert drilled()[0] == 1
    assert langbord_(world.folder, "known-break", record).returncode == 1, "a reason is asked for"
    done = langbord_(world.folder, "known-break", record, "--reason", "En prøve i feil base.")
    assert done.returncode == 0, done.stderr
    log = world.folder / "operator.log"
    assert "En pr" in json.loads(log.read_text())["reason"]
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    code, said = drilled()
    assert code == 0, said
    assert f"Samtykke {record}: svar nummer 2 er endret etterpå. Kjent siden" in said
    python(world.folder, CONSENT_MORE)
    assert drilled()[0] == 0, "an honest answer after it holds"
    meddled("UPDATE consent_consentevent SET kind = 'given' WHERE number = 4")
    code, said = drilled()
    assert code == 1
    assert f"Samtykke {record}: svar nummer 4 er endret etterpå.\n" in said


def test_without_a_backup_it_says_what_to_do(tmp_path: Path) -> None:
    done = langbord_(tmp_path, "drill")
    assert done.returncode == 1
    assert "bin/langbord backup" in done.stderr


DRILL = """
import os, signal, sys
from pathlib import Path
from langbord.operate import drilling, swap, taking
from langbord.vault import keyfiles

def die(step):
    if step == "unpacked":
        os.kill(os.getpid(), signal.SIGKILL)

swap.passed = die
data, vault = taking.halves()
drilling.drill(data, vault, keyfiles.master_path(), keyfiles.lookup_path())
"""

START = "from langbord.operate import serving; serving.take_folder()"


def test_a_drill_that_was_killed_leaves_no_copy_for_long(world: World, tmp_path: Path) -> None:
    """A copy that lay about would outlive the destruction of a key: the next drill, and the next start, take it away."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for next_one in ("drill", "start"):
        killed = python(world.folder, DRILL, check=False, TMPDIR=str(elsewhere))
        assert killed.returncode == -signal.SIGKILL, killed.stderr
        assert not list(elsewhere.iterdir()), (
            "the copy lies in the data folder, which is private, and nowhere else"
        )
        (left,) = world.folder.glob(".scratch-*")
        assert list(left.rglob("vault.sqlite3"))
        assert stat.S_IMODE(left.stat().st_mode) == 0o700
        if next_one == "drill":
            told(world.folder, "drill")
        else:
            python(world.folder, START)
        assert not list(world.folder.glob(".scratch-*"))


def test_a_folder_that_is_in_use_is_left_alone(here: World) -> None:
    with scratch.folder() as mine:
        (mine / "copy").write_bytes(b"sealed")
        scratch.sweep()
        assert (mine / "copy").exists()
        with scratch.folder() as another:
            assert another != mine
        assert (mine / "copy").exists()
    assert not list(here.folder.glob(".scratch-*"))
