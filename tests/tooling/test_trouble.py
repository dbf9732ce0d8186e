"""What stands in the way outside the program is told in plain words, with what to look at: no traceback, and no secret."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, OperationalError, ProgrammingError

from langbord.config import trouble
from langbord.operate.errors import of_system
from langbord.processes.keeping import job
from langbord.vault.errors import KeyFileMissing

from .test_serve import environment


def ran(folder: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "langbord", *arguments],
        env=environment(folder, **more), capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.once
def test_a_folder_where_nothing_is_yet(tmp_path: Path) -> None:
    told = ran(tmp_path / "feil", "keycheck")
    assert told.returncode == 1
    assert "Databasen er tom" in told.stderr
    assert str(tmp_path / "feil") in told.stderr
    assert "Traceback" not in told.stderr


@pytest.mark.once
def test_postgresql_that_does_not_answer(tmp_path: Path) -> None:
    address = "postgresql://kari:hemmelig@127.0.0.1:9/"
    told = ran(
        tmp_path, "serve", LANGBORD_DATABASE_URL=f"{address}bord", LANGBORD_VAULT_URL=f"{address}nokler"
    )
    assert told.returncode == 1
    assert "Databasen kan ikke brukes" in told.stderr
    assert "Traceback" not in told.stderr
    assert "hemmelig" not in told.stderr


@pytest.mark.once
def test_a_data_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("")
    told = ran(tmp_path / "fil", "serve")
    assert told.returncode == 1
    assert "Får ikke lest eller skrevet" in told.stderr
    assert "Traceback" not in told.stderr


@pytest.mark.once
def test_a_setting_that_cannot_be_meant_stops_it(tmp_path: Path) -> None:
    """An address of mail without smtp:// was taken for none: codes went to files, and nobody was told."""
    told = ran(tmp_path, "keycheck", LANGBORD_MAIL_URL="mail.hemmelig.example")
    assert told.returncode == 1
    assert "LANGBORD_MAIL_URL" in told.stderr
    assert "Traceback" not in told.stderr
    assert "hemmelig" not in told.stderr


@pytest.mark.parametrize(
    "wrong", ["hemmelig.example", "ftp://hemmelig.example", "https://", "https://hemmelig:x"]
)
def test_an_address_that_is_none_is_named_and_never_repeated(wrong: str) -> None:
    with pytest.raises(trouble.WrongSetting) as refused:
        trouble.address("PUBLIC_URL", wrong, "https", "http")
    assert "LANGBORD_PUBLIC_URL" in str(refused.value)
    assert "hemmelig" not in str(refused.value)
    assert trouble.words(refused.value) == str(refused.value)


def test_days_are_a_number() -> None:
    assert trouble.whole_number("SHRED_DAYS", "30") == 30
    for wrong in ("tretti", "-1", "1.5"):
        with pytest.raises(trouble.WrongSetting, match="LANGBORD_SHRED_DAYS"):
            trouble.whole_number("SHRED_DAYS", wrong)


def test_postgresql_says_it_in_any_language() -> None:
    class Undefined(Exception):
        sqlstate = "42P01"

    error = ProgrammingError("relasjonen «vault_keycheck» finnes ikke")
    error.__cause__ = Undefined()
    assert "Databasen er tom" in str(trouble.words(error))
    assert "disken er full" in str(trouble.words(OperationalError("database or disk is full")))
    assert trouble.words(ProgrammingError("syntax error")) is None
    assert "er skadet" in str(trouble.words(DatabaseError("database disk image is malformed")))
    assert "Nøkkelfila mangler: /a" in str(trouble.words(KeyFileMissing(Path("/a"))))
    assert trouble.words(KeyError("x")) is None


def test_a_full_disk_names_no_file_called_none() -> None:
    assert of_system(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))) == os.strerror(errno.ENOSPC)
    assert of_system(OSError(errno.EACCES, "no", "/a")) == "no (/a)"


@pytest.mark.django_db(databases=["default", "vault"])
def test_a_tick_by_itself_that_could_not_do_all_does_not_end_well(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever lets a timer run it must hear of it."""
    failed = job.Result(failed=["draft"])
    monkeypatch.setattr(job, "run", lambda *_told: failed)
    with pytest.raises(CommandError):
        call_command("tick")
    with pytest.raises(SystemExit):
        call_command("retention", "--run")
