"""An installation of the test's own, met as an operator meets it: processes, files and exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import langbord

SOURCE = str(Path(langbord.__file__).parent.parent)
PREPARE = "import os, django; os.umask(0o077); django.setup()\n"


def environment(folder: Path, **more: str) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("LANGBORD_", "DJANGO_")) and k != "PORT"}
    return kept | {
        "DJANGO_SETTINGS_MODULE": "langbord.config.settings",
        "PYTHONPATH": os.pathsep.join([SOURCE, *filter(None, [kept.get("PYTHONPATH")])]),
        "LANGBORD_DATA": str(folder),
        **more,
    }


def langbord_(folder: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """A command, as in a terminal. Its exit code is the test's business."""
    return subprocess.run(
        [sys.executable, "-m", "langbord", *arguments],
        env=environment(folder, **more),
        capture_output=True,
        text=True,
        check=False,
    )


def told(folder: Path, *arguments: str, **more: str) -> dict[str, Any]:
    """What a command that must succeed answers with --json."""
    done = langbord_(folder, *arguments, "--json", **more)
    assert done.returncode == 0, done.stderr + done.stdout
    return dict(json.loads(done.stdout.splitlines()[-1]))


def python(
    folder: Path, code: str, *arguments: str, check: bool = True, **more: str
) -> subprocess.CompletedProcess[str]:
    """Some lines with Langbord's settings of this folder."""
    done = subprocess.run(
        [sys.executable, "-c", PREPARE + code, *arguments],
        env=environment(folder, **more),
        capture_output=True,
        text=True,
        check=False,
    )
    assert not check or done.returncode == 0, done.stderr
    return done


def answer(folder: Path, code: str, *arguments: str, **more: str) -> Any:
    return json.loads(python(folder, code, *arguments, **more).stdout.splitlines()[-1])


MAKE = """
from django.core.management import call_command
for alias in ("vault", "default"):
    call_command("migrate", database=alias, verbosity=0, interactive=False)
from langbord.vault import startup
startup.verify()
"""

PERSON = """
import sys
from langbord.people.actions import register_person
for name in sys.argv[1:]:
    print(register_person(name=name, actor=None, email=f"{name.lower()}@example.no").pk)
"""

TEXTS = """
import json
from langbord.vault import census, keys, rotation, startup
problem = startup.problem()
print(json.dumps({"problem": problem, "stage": rotation.stage().value, "texts": census.openings(), "keys": keys.count()}))
"""

NAMES = """
import json
from langbord.people.models import Person
people = Person.objects.unrestricted("a test looks behind the wall")
print(json.dumps(sorted(str(person.name) for person in people)))
"""


def everything(folder: Path) -> dict[str, bytes]:
    """Every file under a folder, but for what only says that somebody is looking."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".lock"
    }
