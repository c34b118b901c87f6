"""A server in a process of its own, whose lines of output can be waited for."""

import json
import os
import signal
import socket
import subprocess
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]
PATIENCE = 20  # seconds; generous, since sanitizers and a busy machine are slow


def claimgate():
    """Path of the binary under test."""
    return os.environ.get("CLAIMGATE_BINARY", str(ROOT / "build/release/gateway/claimgate"))


def free_port():
    """A port that was free a moment ago, for servers that cannot say which one they took."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(condition, what, patience=PATIENCE):
    """Polls until `condition()` is true and answers it."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(0.02)
    raise AssertionError(f"waited {patience} s in vain: {what}")


def attend_to_ctrl_c():
    """A shell that was started in the background ignores SIGINT, and so would all that it starts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Process:
    """Runs `command`; keeps its output as lines. Standard error and output may be told apart."""

    def __init__(self, command, cwd=None, env=None):
        self.out, self.err = [], []
        self._popen = subprocess.Popen(command, cwd=cwd, env={**os.environ, **(env or {})}, stdin=subprocess.DEVNULL, preexec_fn=attend_to_ctrl_c,
                                       stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, errors="replace")
        self._readers = [threading.Thread(target=self._read, args=pair, daemon=True)
                         for pair in ((self._popen.stdout, self.out), (self._popen.stderr, self.err))]
        for reader in self._readers:
            reader.start()

    @staticmethod
    def _read(stream, lines):
        for line in stream:
            lines.append(line.rstrip("\n"))

    @property
    def pid(self):
        return self._popen.pid

    def is_running(self):
        return self._popen.poll() is None

    def send(self, number):
        self._popen.send_signal(number)

    def wait(self, patience=PATIENCE):
        """The exit code; negative for a signal."""
        code = self._popen.wait(patience)
        for reader in self._readers:
            reader.join(patience)
        return code

    def stop(self):
        if self.is_running():
            self.send(signal.SIGTERM)
            try:
                self.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self._popen.kill()
        return self.wait()

    def events(self, name=None):
        """What it logged as JSON on standard error, oldest first."""
        found = []
        for line in list(self.err):
            try:
                event = json.loads(line)
            except ValueError:
                continue
            if isinstance(event, dict) and (name is None or event.get("event") == name):
                found.append(event)
        return found

    def wait_for_event(self, name, count=1):
        """Waits until an event of that name was logged `count` times; answers the last of them."""
        def arrived():
            events = self.events(name)
            if len(events) >= count:
                return events
            if not self.is_running():
                raise AssertionError(f"ended before it logged {name}:\n" + "\n".join(self.err[-30:]))
            return None
        return wait_until(arrived, f"event {name}; logged:\n" + "\n".join(self.err[-30:]))[count - 1]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()
