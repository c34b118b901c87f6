"""The README's first command, run as it stands; twice, since nobody runs it once."""

import os
import signal

import pytest

from claimgate_testing.client import curl
from claimgate_testing.process import ROOT, Process, claimgate, wait_until

pytestmark = pytest.mark.skipif("build/release/" not in claimgate(), reason="the quickstart builds and runs the release")


@pytest.mark.parametrize("time", [1, 2])
def test_the_quickstart_shows_the_four_answers_and_keeps_serving(tmp_path, time):
    with Process([str(ROOT / "deploy/quickstart")], cwd=tmp_path, env={"NO_COLOR": "1"}) as quickstart:
        wait_until(lambda: "Serving until Ctrl-C" in quickstart.out or not quickstart.is_running(),
                   "the quickstart's last heading", patience=900)
        shown = "\n".join(quickstart.out)
        assert quickstart.is_running(), shown + "\n".join(quickstart.err)
        for expected in ("HTTP/1.1 200", "HTTP/1.1 401", "HTTP/1.1 403", "www-authenticate", '"x-customer", "ada"'):
            assert expected.lower() in shown.lower(), shown
        lines = [line for line in quickstart.out if line.startswith("curl ")]
        token = next(line for line in quickstart.out if line.startswith("TOKEN=")).removeprefix("TOKEN=")
        words = lines[0].split()
        assert curl(words[-1], token=token, authority=words[2]).status == 200
        os.kill(quickstart.pid, signal.SIGINT)
        assert quickstart.wait() == 0
    assert "Stopped." in quickstart.out
