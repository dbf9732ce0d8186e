"""What is in a backup, what is not, and that it is one moment of an installation in use."""

from __future__ import annotations

import base64
import json
import sqlite3
import stat
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from langbord import __version__
from langbord.operate import archive, manifest
from langbord.vault import ledger

from .conftest import World
from .running import PERSON, answer, environment, langbord_, python, told

ROOT = Path(__file__).resolve().parents[2]


def forms(raw: bytes) -> list[bytes]:
    return [raw, raw.hex().encode(), raw.hex().upper().encode(), base64.b64encode(raw).rstrip(b"=")[:-1]]


def test_the_halves_are_apart_whole_and_private(history: World) -> None:
    data, vault = Path(history.first["data"]), Path(history.first["vault"])
    assert data.parent != vault.parent
    for path in (data, vault):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    one, other = archive.unpack(data), archive.unpack(vault)
    assert (one.kind, other.kind) == ("data", "vault")
    assert one.pair == other.pair == history.first["pair"]
    assert [history.first["counter"], history.second["counter"], history.third["counter"]] == [1, 2, 3]
    assert one.product == __version__
    assert one.rows["people_person"] == 2
    assert archive.unpack(Path(history.second["data"])).rows["people_person"] == 3
    assert set(one.files) == {
        "langbord.sqlite3",
        "shredded.ledger",
        "files/0b5e",
        "content/staff/ours.yaml",
    }
    assert set(other.files) == {"vault.sqlite3", "shredded.ledger"}
    assert other.rows["vault_datakey"] == other.keys + other.destroyed
    assert one.migrations["people"]
    assert not list(history.folder.glob(".scratch-*"))


def test_the_words_half_has_no_key_and_the_keys_half_has_no_word(history: World) -> None:
    master = json.loads((history.folder / "master.key").read_text())["key"]
    lookup = json.loads((history.folder / "lookup.key").read_text())["key"]
    with closing(sqlite3.connect(history.folder / "vault.sqlite3")) as vault:
        wrapped = [bytes(row[0]) for row in vault.execute("SELECT wrapped FROM vault_datakey") if row[0]]
    with closing(sqlite3.connect(history.folder / "langbord.sqlite3")) as data:
        sealed = [bytes(row[0]) for row in data.execute("SELECT name FROM people_person")]
    assert wrapped
    assert len(sealed) == 3
    words, keys = Path(history.third["data"]).read_bytes(), Path(history.third["vault"]).read_bytes()
    for half in (words, keys):
        for key in (base64.b64decode(master), base64.b64decode(lookup)):
            assert not any(form in half for form in forms(key))
    assert not any(form in words for key in wrapped for form in forms(key))
    assert not any(form in keys for text in sealed for form in forms(text))
    assert set(archive.glance(Path(history.third["vault"])).rows) == {"vault_datakey", "vault_keycheck"}
    assert not any(table.startswith("vault_") for table in archive.glance(Path(history.third["data"])).rows)
    assert all(any(form in keys for form in forms(key)) for key in wrapped), "the search would find it"
    assert all(any(form in words for form in forms(text)) for text in sealed), "the search would find it"
    for name in ("Kari", "Nils", "per@example.no", "kari@example.no"):
        assert name.encode() not in words + keys


def test_it_says_where_the_keys_lie_and_that_they_are_kept_apart(world: World) -> None:
    done = langbord_(world.folder, "backup")
    assert done.returncode == 0
    assert str(world.folder / "master.key") in done.stdout
    assert str(world.folder / "lookup.key") in done.stdout
    assert "hver for seg" in done.stdout


def test_out_names_another_place_for_both(world: World, tmp_path: Path) -> None:
    made = told(world.folder, "backup", "--out", str(tmp_path / "stick"))
    assert Path(made["data"]).parent == tmp_path / "stick" / "data"
    assert Path(made["vault"]).parent == tmp_path / "stick" / "vault"
    for kind in ("data", "vault"):
        known = ledger.read(tmp_path / "stick" / kind / ledger.NAME)
        assert world.shredded in known.ids(ledger.KEY)


def test_what_was_destroyed_is_noted_in_the_folder_beside_the_backups_and_in_them(history: World) -> None:
    places = [history.folder, *(history.folder / "backups" / kind for kind in ("data", "vault"))]
    for place in places:
        assert set(ledger.read(place / ledger.NAME).ids(ledger.KEY)) == {history.shredded}
    for kind in ("data", "vault"):
        assert set(ledger.parse(archive.one(Path(history.third[kind]), ledger.NAME)).ids(ledger.KEY)) == {
            history.shredded
        }
        assert archive.one(Path(history.first[kind]), ledger.NAME) == b""


def test_an_installation_that_is_not_up_to_date_is_not_copied(tmp_path: Path) -> None:
    done = langbord_(tmp_path / "empty", "backup")
    assert done.returncode == 1
    assert "ikke oppdatert" in done.stderr
    assert "Traceback" not in done.stderr
    assert not list((tmp_path / "empty").rglob("*.tar"))


def test_tables_nobody_answers_for_are_told_and_not_skipped(world: World) -> None:
    with closing(sqlite3.connect(world.folder / "langbord.sqlite3")) as data:
        data.execute("CREATE TABLE somebody_elses (a)")
        data.commit()
    done = langbord_(world.folder, "backup")
    assert done.returncode == 1
    assert "somebody_elses" in done.stderr


def test_a_full_disk_is_told_and_leaves_nothing_half(world: World, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    done = langbord_(world.folder, "backup", "--out", str(tmp_path / "file"))
    assert done.returncode == 1
    assert "Kunne ikke skrive" in done.stderr
    assert "Traceback" not in done.stderr


WRITER = """
import itertools, pathlib
from langbord.people.actions import register_person
stop, so_far = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
for number in itertools.count():
    register_person(name=f"Person {number}", actor=None)
    so_far.write_text("|" * number)
    if number == 3: print("going", flush=True)
    if number > 8 and stop.exists(): break
print(number + 1)
"""


def test_a_backup_taken_while_people_write_has_the_key_of_every_row(world: World, tmp_path: Path) -> None:
    so_far = tmp_path / "so-far"
    writer = subprocess.Popen(
        [sys.executable, "-c", "import django, sys; django.setup()\n" + WRITER, str(tmp_path / "stop"), str(so_far)],
        env=environment(world.folder), stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert writer.stdout is not None
    try:
        assert writer.stdout.readline() == "going\n"
        made = [told(world.folder, "backup")]
        written = so_far.stat().st_size
        while so_far.stat().st_size < written + 2 and writer.poll() is None:
            time.sleep(0.05)  # at least one more is written whole between the two
        made.append(told(world.folder, "backup"))
    finally:
        (tmp_path / "stop").touch()
    rest, _ = writer.communicate(timeout=600)
    assert writer.returncode == 0
    assert int(rest) > 8
    counted = []
    for one in made:
        drilled = told(world.folder, "drill", "--data", one["data"], "--vault", one["vault"])
        assert drilled["findings"]["texts"]["missing"] == 0
        counted.append(drilled["findings"]["texts"]["opened"])
    assert counted[1] > counted[0]


def test_the_version_is_the_projects() -> None:
    assert f'version = "{__version__}"' in (ROOT / "pyproject.toml").read_text()


def test_a_list_of_contents_that_was_changed_is_found() -> None:
    made = manifest.Manifest("data", "sqlite", "a", 1, "2026-11-21T12:00:00+00:00", "0.1.0", "x")
    raw = made.to_bytes()
    assert manifest.from_bytes(raw) == made
    changed = json.loads(raw) | {"counter": 2}
    try:
        manifest.from_bytes(json.dumps(changed).encode())
    except ValueError:
        return
    raise AssertionError("it was taken")


def test_old_rows_that_were_deleted_are_not_in_a_backup(world: World) -> None:
    python(world.folder, PERSON, "Gone")
    with closing(sqlite3.connect(world.folder / "langbord.sqlite3")) as data:
        data.execute("PRAGMA secure_delete = OFF")
        (raw,) = data.execute("SELECT name FROM people_person ORDER BY created_at DESC LIMIT 1").fetchone()
        data.execute(
            "DELETE FROM people_contact WHERE person_id IN (SELECT id FROM people_person WHERE name = ?)",
            (raw,),
        )
        data.execute("DELETE FROM people_person WHERE name = ?", (raw,))
        data.commit()
    assert raw in (world.folder / "langbord.sqlite3").read_bytes(), "otherwise the test shows nothing"
    assert raw not in Path(told(world.folder, "backup")["data"]).read_bytes()


def test_no_session_goes_with_a_backup(world: World) -> None:
    """Its key is a way in while it lasts: whoever steals a backup must not come in with it."""
    key = "k" * 32
    with closing(sqlite3.connect(world.folder / "langbord.sqlite3")) as data:
        data.execute("INSERT INTO django_session VALUES (?, 'x', '2099-01-01 00:00:00')", (key,))
        data.commit()
    made = told(world.folder, "backup")
    assert key.encode() not in Path(made["data"]).read_bytes()
    assert archive.glance(Path(made["data"])).rows["django_session"] == 0
    with closing(sqlite3.connect(world.folder / "langbord.sqlite3")) as data:
        assert data.execute("SELECT count(*) FROM django_session").fetchone() == (1,), "nobody is signed out"


def test_backups_of_one_second_sort_as_they_were_taken(world: World) -> None:
    code = """
import datetime as dt, json, pathlib
from langbord.base import clock
from langbord.operate import taking
with clock.frozen(dt.datetime(2040, 1, 1, tzinfo=dt.UTC)):
    made = [taking.backup() for _ in range(5)]
    newest = [taking.halves()[0] == made[-1].data, taking.newest("vault") == made[-1].vault]
print(json.dumps([newest, sorted(str(m.data) for m in made) == [str(m.data) for m in made]]))
"""
    assert answer(world.folder, code) == [[True, True], True]
