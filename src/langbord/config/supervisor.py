"""Keeps a few processes running, and stops them all together."""

from __future__ import annotations

import ctypes
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from types import FrameType

STOP_SECONDS = 15
PR_SET_PDEATHSIG = 1


@dataclass
class Child:
    """One process. `vital`: when it ends, everything ends; others are started again, a little later each time."""

    name: str
    command: list[str]
    vital: bool = True
    process: subprocess.Popen[bytes] | None = None
    starts: int = 0
    next_start: float = 0.0

    def start(self) -> None:
        # In a session of its own, so that Ctrl-C reaches only the supervisor, which stops the rest in order.
        self.process = subprocess.Popen(
            self.command, stdin=subprocess.DEVNULL, start_new_session=True, preexec_fn=_end_with_parent
        )
        self.starts += 1

    @property
    def ended(self) -> int | None:
        return None if self.process is None else self.process.poll()


def _end_with_parent() -> None:
    """Linux: should the supervisor be killed outright, its processes are told to stop too."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Supervisor:
    children: list[Child]
    stopping: bool = False
    code: int = field(default=0)

    def start(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._asked_to_stop)
        for child in self.children:
            child.start()

    def _asked_to_stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    def look(self) -> None:
        """One round: start again what may be started again; end when something vital has ended."""
        for child in self.children:
            ended = child.ended
            if ended is None:
                continue
            if child.vital:
                sys.stderr.write(f"{child.name} ended by itself (code {ended}). Langbord stops.\n")
                self.code, self.stopping = ended or 1, True
            elif not child.next_start:
                wait = min(60, 2**child.starts)
                sys.stderr.write(f"{child.name} ended (code {ended}); starts again in {wait} seconds.\n")
                child.next_start = time.monotonic() + wait
            elif time.monotonic() >= child.next_start:
                child.next_start = 0.0
                child.start()

    def run(self) -> int:
        """Until asked to stop, or something vital ends. Returns the exit code."""
        while not self.stopping:
            self.look()
            time.sleep(0.2)
        self.stop()
        return self.code

    def stop(self) -> None:
        running = [c.process for c in self.children if c.process is not None and c.process.poll() is None]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for process in running:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
