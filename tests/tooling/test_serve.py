"""The command line and the supervisor, as an operator meets them: processes of their own, in a data folder of their own."""

from __future__ import annotations

import contextlib
import http.client
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from langbord.config import firstrun
from langbord.config.supervisor import Child, Supervisor


def environment(folder: Path, **more: str) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("LANGBORD_", "DJANGO_")) and k != "PORT"}
    return {**kept, "LANGBORD_DATA": str(folder), "NO_BROWSER": "1", "EXAMPLE": "0", **more}


def langbord(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "langbord", *arguments],
        env=environment(folder),
        capture_output=True,
        text=True,
        check=False,
    )


def a_free_port() -> int:
    """Below those that the machine gives to whoever calls out: else a browser of another part could take it meanwhile."""
    for port in random.sample(range(20_000, 32_000), 50):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("fifty ports were tried, and all are taken")


def asked(port: int, path: str) -> tuple[int, str, dict[str, str]]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", path, headers={"Host": f"localhost:{port}", "Accept-Encoding": "br"})
        answer = connection.getresponse()
        return answer.status, answer.read().decode("utf-8", "replace"), dict(answer.getheaders())
    finally:
        connection.close()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], int, Path]]:
    """An empty installation, served; in a session of its own so that nothing can be left behind."""
    port = a_free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "langbord", "serve", "--first-run", "--port", str(port), "--workers", "1"],
        env=environment(tmp_path), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
    )  # fmt: skip
    assert process.stdout is not None
    said = ""
    while "Ctrl-C" not in said:
        line = process.stdout.readline()
        assert line, f"it ended before it was ready:\n{said}"
        said += line
    assert f"http://localhost:{port}" in said
    assert "/kom-i-gang/" in said
    try:
        yield process, port, tmp_path
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(120)


@pytest.mark.slow
def test_serve_answers_and_stops_when_asked(served: tuple[subprocess.Popen[str], int, Path]) -> None:
    process, port, folder = served
    assert asked(port, "/readyz")[:2] == (200, "ready\n")
    status, page, headers = asked(port, "/kom-i-gang/")
    assert status == 200
    assert headers["content-language"] == "nb"
    style = page.split('rel="stylesheet" href="')[1].split('"')[0]
    status, _, headers = asked(port, style)
    assert (status, headers["content-encoding"]) == (200, "br")
    assert "immutable" in headers["cache-control"]
    assert {p.name for p in folder.iterdir() if p.stat().st_mode & 0o077} == set()
    process.send_signal(signal.SIGTERM)
    assert process.wait(120) == 0
    with pytest.raises(ConnectionRefusedError):
        asked(port, "/healthz")


def test_a_taken_port_is_told_in_plain_words(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        told = langbord(tmp_path, "serve", "--port", str(port))
    assert told.returncode == 2
    assert f"Port {port} er opptatt" in told.stderr
    assert "Traceback" not in told.stderr
    assert not (tmp_path / "langbord.sqlite3").exists()


def test_the_overview_names_every_command_and_each_has_help(tmp_path: Path) -> None:
    told = langbord(tmp_path)
    assert told.returncode == 0
    lines = [line.split(None, 1) for line in told.stdout.splitlines() if line.startswith("  ")]
    assert "serve" in [line[0] for line in lines]
    assert [line[0] for line in lines if len(line) < 2] == [], "these commands do not say what they are for"
    assert "--first-run" in langbord(tmp_path, "serve", "--help").stdout


def sleeper(seconds: float, code: int = 0) -> list[str]:
    return [sys.executable, "-c", f"import time, sys; time.sleep({seconds}); sys.exit({code})"]


def test_when_something_vital_ends_everything_ends() -> None:
    vital, other = Child("vital", sleeper(0, 7)), Child("other", sleeper(60))
    supervisor = Supervisor([vital, other])
    for child in supervisor.children:
        child.start()
    assert supervisor.run() == 7
    assert other.ended == -signal.SIGTERM


def test_the_rest_is_started_again(monkeypatch: pytest.MonkeyPatch) -> None:
    worker = Child("worker", sleeper(0, 1), vital=False)
    supervisor = Supervisor([worker])
    worker.start()
    assert worker.process is not None
    worker.process.wait()
    supervisor.look()
    assert worker.starts == 1
    worker.next_start = time.monotonic() - 1
    supervisor.look()
    assert worker.starts == 2
    assert not supervisor.stopping
    supervisor.stop()


def test_a_half_made_example_is_swept_and_nothing_else(tmp_path: Path) -> None:
    for name in (
        "langbord.sqlite3",
        "vault.sqlite3",
        "master.key",
        "lookup.key",
        "EXAMPLE",
        "secret.key",
        "notes.txt",
    ):
        (tmp_path / name).write_text("x")
    firstrun._sweep_half_made(tmp_path)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["notes.txt", "secret.key"]
