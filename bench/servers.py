"""Starting a server, and asking the system how much processor time it has used."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FLAGS = ["--interface", "wsgi", "--host", "127.0.0.1", "--workers", "1", "--blocking-threads", "1", "--no-ws"]


@dataclass
class Server:
    process: subprocess.Popen[bytes]
    port: int

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    def cpu_seconds(self) -> float:
        """User and system time of the server and all its children so far (Linux)."""
        ticks = os.sysconf("SC_CLK_TCK")
        return sum(_times(pid) for pid in _family(self.process.pid)) / ticks


def _family(pid: int) -> list[int]:
    found = [pid]
    for parent in found:
        children = Path(f"/proc/{parent}/task/{parent}/children")
        if children.exists():
            found.extend(int(child) for child in children.read_text().split())
    return found


def _times(pid: int) -> int:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0
    return int(fields[11]) + int(fields[12])


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running(application: str, path: str, environment: dict[str, str] | None = None) -> Iterator[Server]:
    """A server with one worker, ready when `path` answers."""
    port = free_port()
    env = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "PORT": str(port), **(environment or {})}
    env.setdefault("DJANGO_SETTINGS_MODULE", "langbord.config.settings")
    if application.startswith("bench."):
        env.pop("DJANGO_SETTINGS_MODULE")
    process = subprocess.Popen(
        [sys.executable, "-m", "granian", *FLAGS, "--port", str(port), "--log-level", "error", application],
        env=env,
        cwd=ROOT,
    )
    try:
        for _try in range(720):
            if process.poll() is not None:
                raise RuntimeError(f"{application} did not start")
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=2):
                    break
            except OSError:
                time.sleep(0.25)
        else:
            raise RuntimeError(f"{application} did not answer")
        yield Server(process, port)
    finally:
        process.terminate()
        process.wait(timeout=60)
