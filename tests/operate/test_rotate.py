"""The master key exchanged: killed between any two steps, under a running server, and with the backup that comes first."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from .conftest import World
from .running import PREPARE, answer, environment, everything, langbord_, python, told

DRIVER = """
import json, os, pathlib, signal, sys, uuid
from django.conf import settings
from django.db import connections
from langbord.operate import rotating
from langbord.operate.errors import Refused
from langbord.vault import census, keyfiles, keys, rotation, startup

def apart(what):
    read, write = os.pipe()
    connections.close_all()
    keyfiles.forget()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(read)
            os.write(write, json.dumps(what()).encode())
            os._exit(0)
        finally:
            os._exit(1)
    os.close(write)
    said = b""
    while chunk := os.read(read, 65536):
        said += chunk
    os.close(read)
    _, status = os.waitpid(pid, 0)
    return "killed" if os.WIFSIGNALED(status) else json.loads(said)

def state():
    fresh = uuid.uuid4()
    keys.ensure(fresh)
    return {
        "problem": startup.problem(),
        "stage": rotation.stage().value,
        "texts": census.openings(),
        "bad": keys.count()[1],
        "fresh": keys.opens(fresh),
        "files": sorted(p.name for p in pathlib.Path(settings.DATA_DIR).glob("master*")),
        "master": keyfiles.in_force().id,
    }

def killed(step):
    def passed(reached):
        if reached == step:
            os.kill(os.getpid(), signal.SIGKILL)
    rotation.passed = passed
    rotating.rotate()
    return "ended"

def rotate():
    done = rotating.rotate()
    return {"resumed": done.rotated.resumed.value, "old": done.rotated.old, "new": done.rotated.new}
"""

STEPS = {
    "written": "begun",
    "inside": "begun",
    "rewrapped": "rewrapped",
    "secured": "rewrapped",
    "linked": "rewrapped",
    "promoted": "promoted",
    "overwritten": "promoted",
}
"""Where the process is killed, and what `keycheck` calls the state after it."""

KILLS = (
    DRIVER
    + """
found = {"start": apart(state)}
for step in sys.argv[1:]:
    found[step] = {
        "key": pathlib.Path(settings.DATA_DIR, "master.key").read_text(),
        "killed": apart(lambda: killed(step)),
        "then": apart(state),
        "again": apart(rotate),
        "after": apart(state),
    }
print(json.dumps(found))
"""
)


def test_killed_between_any_two_steps_every_text_opens_and_the_next_call_finishes(world: World) -> None:
    found = answer(world.folder, KILLS, *STEPS)
    opened = found["start"]["texts"]["opened"]
    assert opened > 4
    master = found["start"]["master"]
    for step, stage in STEPS.items():
        one = found[step]
        assert one["killed"] == "killed", step
        then, after = one["then"], one["after"]
        assert then["stage"] == stage, step
        assert one["again"]["resumed"] == stage
        for now in (then, after):
            assert now["problem"] is None
            assert (now["texts"]["opened"], now["texts"]["missing"], now["texts"]["damaged"]) == (
                opened,
                0,
                0,
            ), step
            assert now["bad"] == 0
            assert now["fresh"], "a key made meanwhile"
        assert after["stage"] == "steady"
        assert after["files"] == ["master.key"]
        assert after["master"] not in {master, json.loads(one["key"])["id"]}
        master = after["master"]
        # Of each old key not a byte is left, in no file of the folder.
        old = json.loads(one["key"])["key"]
        for name, content in everything(world.folder).items():
            assert old.encode() not in content, name
            assert base64.b64decode(old) not in content, name
    assert told(world.folder, "drill")["ok"], "the newest backup is one that opens"


REFUSING = (
    DRIVER
    + """
def no(path, key):
    raise Refused("unsound", "nei", "no")
def fails():
    rotating.verify = no
    try:
        rotating.rotate()
    except Refused:
        return state()
print(json.dumps([apart(state), apart(fails), apart(rotate), apart(state)]))
"""
)


def test_the_old_key_stays_until_a_fresh_backup_has_been_opened(world: World) -> None:
    before, failed, again, after = answer(world.folder, REFUSING)
    assert failed["stage"] == "rewrapped"
    assert failed["files"] == ["master.key", "master.key.next"]
    assert failed["problem"] is None
    assert failed["texts"] == before["texts"] == after["texts"]
    assert again["old"] == before["master"]
    assert after["files"] == ["master.key"]


def test_an_older_backup_of_the_keys_opens_no_more(world: World, tmp_path: Path) -> None:
    """Also for one who has a copy of every file but the old master key, and no ledger."""
    told(world.folder, "rotate-key")
    given = ["--data", world.first["data"], "--vault", world.first["vault"], "--into", str(tmp_path / "new")]
    refused = langbord_(world.folder, "restore", *given, "--accept-mismatch")
    assert refused.returncode == 1
    assert "slik skal det være" in refused.stderr
    newest = sorted((world.folder / "backups" / "vault").glob("*.tar"))[-1]
    given[3] = str(newest)
    done = told(world.folder, "restore", *given, "--accept-mismatch")
    assert (done["texts"]["opened"], done["texts"]["destroyed"], done["texts"]["missing"]) == (5, 4, 0)


def test_only_after_a_destruction_when_asked_so(world: World) -> None:
    before = told(world.folder, "keycheck")
    assert before["waiting"] == 1
    assert before["due"]
    assert told(world.folder, "rotate-key", "--if-shredded")["rotated"]
    assert told(world.folder, "keycheck")["waiting"] == 0
    unchanged = everything(world.folder)
    assert told(world.folder, "rotate-key", "--if-shredded") == {"rotated": False}
    assert everything(world.folder) == unchanged


TIMER = (
    DRIVER
    + """
import datetime as dt
from langbord.base import clock
def at(days):
    with clock.frozen(clock.now() + dt.timedelta(days=days)):
        return rotating.if_due() is not None
first = pathlib.Path(settings.DATA_DIR, "master.key").read_text()
done = [at(0)]
place = settings.LANGBORD_MASTER_KEY_COPY
kept = [p.read_text() == first for p in pathlib.Path(place).glob("master-*.key")] if place else []
print(json.dumps([kept.count(True), *done, at(27), at(28.5), at(29)]))
"""
)


def test_the_timer_keeps_the_published_time_and_never_leaves_the_only_key_on_one_disk(
    world: World, tmp_path: Path
) -> None:
    assert answer(world.folder, TIMER) == [0, False, False, False, False], (
        "no other place for the key was named"
    )
    assert told(world.folder, "keycheck")["waiting"] == 1
    copies = tmp_path / "stick"
    copies.mkdir()
    (copies / "master-an-older-one.key").write_text("x" * 100)
    named = {"LANGBORD_MASTER_KEY_COPY": str(copies)}
    assert answer(world.folder, TIMER, **named) == [1, False, False, True, False]
    (kept,) = copies.iterdir()
    assert kept.read_bytes() == (world.folder / "master.key").read_bytes()
    assert kept.stat().st_mode & 0o077 == 0
    assert told(world.folder, "keycheck", **named)["waiting"] == 0


def test_overdue_is_told_with_an_exit_code_of_its_own(world: World) -> None:
    late = langbord_(world.folder, "keycheck", LANGBORD_SHRED_DAYS="0")
    assert late.returncode == 4
    assert "FRISTEN ER UTE" in late.stdout


def test_a_copy_that_cannot_be_written_keeps_the_old_key(world: World, tmp_path: Path) -> None:
    before = (world.folder / "master.key").read_bytes()
    done = langbord_(world.folder, "rotate-key", LANGBORD_MASTER_KEY_COPY=str(tmp_path / "not-there"))
    assert done.returncode == 1
    assert "Den gamle hovednøkkelen er ikke ødelagt" in done.stderr
    assert "Traceback" not in done.stderr
    assert (world.folder / "master.key").read_bytes() == before
    assert told(world.folder, "keycheck")["exchange"] == "rewrapped"
    assert told(world.folder, "rotate-key")["resumed"] == "rewrapped"


SERVER = """
import itertools, pathlib, random, sys, uuid
from langbord.vault import keys
stop, known = pathlib.Path(sys.argv[1]), {}
for number in itertools.count():
    with keys.ring():
        subject = uuid.uuid4()
        known[subject] = keys.ensure(subject).encrypt(bytes(12), b"x", None)
    for subject in random.sample(sorted(known), min(5, len(known))):
        assert keys.for_subject(subject).encrypt(bytes(12), b"x", None) == known[subject]
    if number == 3: print("going", flush=True)
    if number > 10 and stop.exists(): break
for subject, seen in known.items():
    assert keys.for_subject(subject).encrypt(bytes(12), b"x", None) == seen
print(len(known))
"""


def test_a_running_server_goes_on_through_three_exchanges(world: World, tmp_path: Path) -> None:
    """It makes and opens keys all the while, and not one is lost or refused."""
    server = subprocess.Popen(
        [sys.executable, "-c", PREPARE + SERVER, str(tmp_path / "stop")],
        env=environment(world.folder), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert server.stdout is not None
    try:
        assert server.stdout.readline() == "going\n"
        done: Any = answer(world.folder, DRIVER + "print(json.dumps([apart(rotate) for _ in range(3)]))")
    finally:
        (tmp_path / "stop").touch()
    said, complaints = server.communicate(timeout=600)
    assert server.returncode == 0, complaints
    assert int(said) > 10
    assert len({one["new"] for one in done}) == 3
    state = answer(world.folder, DRIVER + "print(json.dumps(apart(state)))")
    assert state["bad"] == 0


def test_rotation_writes_an_event_without_content(world: World) -> None:
    told(world.folder, "rotate-key")
    verbs = python(
        world.folder,
        "from langbord.base.models import Event; print(*Event.objects.values_list('verb', flat=True))",
    ).stdout.split()
    assert verbs.count("vault.master-exchanged") == 1


@pytest.mark.parametrize("arguments", [["rotate-key"], ["rotate_key"]])
def test_the_command_may_be_written_either_way(tmp_path: Path, arguments: list[str]) -> None:
    assert langbord_(tmp_path, *arguments, "--help").returncode == 0
