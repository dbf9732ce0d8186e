"""An installation without a mail server writes mail to files, with addresses in clear. None of them stays."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.mail import EmailMessage

from langbord.base import clock
from langbord.base.personal_data import Way
from langbord.inviting import actions as inviting
from langbord.inviting import forgetting
from langbord.inviting.models import Invitee
from langbord.people import mailed
from langbord.people.jobs import tidy, waiting
from langbord.people.models import Contact
from tests.cast import TEST, Table
from tests.leaving.helpers import leave


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.EMAIL_BACKEND = "langbord.people.mail_to_files.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    return tmp_path / "mail"


def _write(address: str) -> None:
    EmailMessage(subject="Du har en kode", body="Kode: 123456", to=[address]).send()


def test_old_ones_go_with_what_signing_in_leaves_behind(table: Table, folder: Path) -> None:
    assert tidy() == 0, "no folder is no fault"
    _write("amina@fjordvik.example")
    assert (waiting(), tidy()) == (0, 0)
    day_before = (clock.now() - mailed.KEPT - timedelta(minutes=1)).timestamp()
    for path in folder.iterdir():
        os.utime(path, (day_before, day_before))
    _write("per@fjordvik.example")
    assert (waiting(), tidy()) == (1, 1)
    assert [b"per@" in path.read_bytes() for path in folder.iterdir()] == [True]


def test_each_has_a_file_of_its_own(folder: Path) -> None:
    """Many within one second, also in one sending: nobody's mail goes with somebody else's."""
    for number in range(20):
        _write(f"nr{number}@fjordvik.example")
    assert len(list(folder.iterdir())) == 20
    mailed.forget("nr7@fjordvik.example")
    assert len(list(folder.iterdir())) == 19


@pytest.mark.parametrize("way", [Way.KEEP, Way.TAKE])
def test_whoever_leaves_has_no_address_left_in_a_file(table: Table, folder: Path, way: str) -> None:
    person = table.people["citizen"]
    Contact.objects.unrestricted(TEST).update_or_create(
        person=person, defaults={"sealed_by": person.sealed_by, "email": "Amina@fjordvik.example"}
    )
    _write("amina@fjordvik.example")
    _write("per@fjordvik.example")
    leave(table, "citizen", way)
    assert [b"per@" in path.read_bytes() for path in folder.iterdir()] == [True]


def test_whoever_is_taken_off_the_list_has_none_either(table: Table, folder: Path) -> None:
    actor = table.actor("coordinator")
    (invitee,) = inviting.note(
        actor=actor,
        process_id=table.process.pk,
        households=[[inviting.Name("Kari", False)]],
        side="citizen",
        once=uuid4(),
    )
    inviting.describe(
        actor=actor,
        invitee=invitee,
        name="Kari",
        contact="kari@fjordvik.example",
        language="nb",
        young=False,
        guardian_yes_on=None,
    )
    inviting.send_mail(actor=actor, invitee=invitee)
    assert len(list(folder.iterdir())) == 1
    rows = Invitee.objects.unrestricted(TEST).filter(pk=invitee.pk)
    forgetting.forget(actor=None, invitees=rows)
    assert list(folder.iterdir()) == []
