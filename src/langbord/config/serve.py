"""`langbord serve`: the web server and the worker under one small supervisor."""

from __future__ import annotations

import argparse
import http.client
import os
import socket
import subprocess
import sys
import time
import webbrowser
from pathlib import Path

from langbord.config.supervisor import Child, Supervisor

START_SECONDS = 180
"""A server that cannot start ends by itself; an old machine with much to do may need long."""


def cores() -> int:
    """Those this process may use, which in a container may be fewer than the machine has."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="langbord serve",
        description="Bring the databases up to date, then run the web server and the worker until stopped.",
    )
    made.add_argument("--port", type=int, help="default: $PORT, else 8000")
    made.add_argument("--host", default="127.0.0.1", help="default: 127.0.0.1 (this machine only)")
    made.add_argument("--workers", type=int, default=cores(), help="default: one per core")
    made.add_argument("--first-run", action="store_true", help="make the example if the data folder is new")
    made.add_argument("--no-worker", action="store_true", help="only the web server")
    made.add_argument("--traceback", action="store_true", help="the whole message when it cannot start")
    return made


def main(arguments: list[str]) -> int:
    options = parser().parse_args(arguments)
    port = options.port or int(os.environ.get("PORT") or 8000)
    os.environ["PORT"] = str(port)
    if not _free(options.host, port):
        _complain(
            f"Port {port} er opptatt av noe annet. Velg en annen, for eksempel: PORT={port + 1} make start\n"
            f"Port {port} is taken. Choose another, for instance: PORT={port + 1} make start"
        )
        return 2

    from langbord.config import firstrun
    from langbord.web.management import catalogues

    catalogues.compile_all()
    _need_front_end()
    firstrun.prepare(example=options.first_run and os.environ.get("EXAMPLE") != "0", say=_say)

    from django.conf import settings
    from django.core.management import get_commands

    (Path(settings.DATA_DIR) / "port").write_text(f"{port}\n", "ascii")
    children = [Child("The web server", web_command(options.host, port, options.workers))]
    if not options.no_worker and "tick" in get_commands():
        children.append(
            Child("The worker", [sys.executable, "-m", "langbord", "tick", "--loop"], vital=False)
        )
    supervisor = Supervisor(children)
    supervisor.start()
    if not _wait_until_up(supervisor, options.host, port):
        supervisor.stop()
        return supervisor.code or 1
    _say(firstrun.greeting(settings.LANGBORD_PUBLIC_URL))
    if options.first_run and os.environ.get("NO_BROWSER") != "1" and _has_screen():
        webbrowser.open(f"http://localhost:{port}/")
    return supervisor.run()


def web_command(host: str, port: int, workers: int) -> list[str]:
    """One thread for each process: with more, the slowest answers became slower (measured on database pages)."""
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", str(workers), "--blocking-threads", "1", "--no-ws", "--log-level", "warning",
        "--workers-kill-timeout", "10", "langbord.config.wsgi:application",
    ]  # fmt: skip


def _need_front_end() -> None:
    from django.conf import settings

    if not settings.DEBUG and not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        subprocess.run([sys.executable, "-m", "langbord.config.collect"], check=True)


def _free(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _wait_until_up(supervisor: Supervisor, host: str, port: int) -> bool:
    deadline = time.monotonic() + START_SECONDS
    asked = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104  (compared, not bound)
    while time.monotonic() < deadline and not supervisor.stopping:
        supervisor.look()
        connection = http.client.HTTPConnection(asked, port, timeout=5)
        try:
            connection.request("GET", "/readyz", headers={"Host": "localhost"})
            if connection.getresponse().status == 200:
                return True
        except (OSError, http.client.HTTPException):
            pass  # not up yet
        finally:
            connection.close()
        time.sleep(0.1)
    if not supervisor.stopping:
        _complain(f"The web server did not answer within {START_SECONDS} seconds. Its messages stand above.")
    return False


def _has_screen() -> bool:
    return sys.platform == "darwin" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _say(text: str) -> None:
    print(text, flush=True)


def _complain(text: str) -> None:
    sys.stderr.write(f"\n{text}\n\n")
