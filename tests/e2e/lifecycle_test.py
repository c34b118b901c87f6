"""Starting, reloading and stopping, as an operator does it."""

import signal
import socket
import threading

from claimgate_testing.client import curl
from claimgate_testing.gateway import Gateway
from claimgate_testing.process import Process, claimgate, free_port, wait_until

CONFIGURATION = """
listeners: [{{ bind: 127.0.0.1:0 }}]
upstreams: {{ orders: {{ targets: ["http://127.0.0.1:{port}"] }} }}
routes:
  - {{ path: /{name}, upstream: orders, access: public }}
admin: {{ bind: "127.0.0.1:0" }}
workers: 2
drain: {{ timeout: 10s }}
"""


def test_a_good_reload_takes_effect_and_a_bad_one_changes_nothing(tmp_path, nginx):
    with Gateway(tmp_path, CONFIGURATION.format(port=nginx.port, name="one")) as gateway:
        base = f"http://127.0.0.1:{gateway.port}"
        assert (curl(base + "/one").status, curl(base + "/two").status) == (200, 404)
        gateway.rewrite(CONFIGURATION.format(port=nginx.port, name="two"))
        gateway.wait_for_event("reloaded")
        wait_until(lambda: curl(base + "/two").status == 200, "the new route on every worker")
        assert curl(base + "/one").status == 404
        gateway.rewrite(CONFIGURATION.format(port=nginx.port, name="three") + "roots: []\n")
        gateway.wait_for_event("reload_failed")
        assert any("roots" in event["message"] for event in gateway.events("config_error"))
        assert (curl(base + "/two").status, curl(base + "/three").status) == (200, 404)
        admin = gateway.events("admin_listening")[-1]["port"]
        assert "claimgate_config_last_reload_successful 0" in curl(f"http://127.0.0.1:{admin}/metrics").body


class SlowUpstream(threading.Thread):
    """Accepts one request, and answers it when told to."""

    def __init__(self):
        super().__init__(daemon=True)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.arrived, self.answer = threading.Event(), threading.Event()
        self.start()

    def run(self):
        connection, _ = self._listener.accept()
        with connection:
            connection.recv(65536)
            self.arrived.set()
            self.answer.wait(20)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nlate")


def test_sigterm_lets_the_open_exchange_end(tmp_path):
    upstream = SlowUpstream()
    with Gateway(tmp_path, CONFIGURATION.format(port=upstream.port, name="slow")) as gateway:
        answers = []
        asking = threading.Thread(target=lambda: answers.append(curl(f"http://127.0.0.1:{gateway.port}/slow")))
        asking.start()
        assert upstream.arrived.wait(20)
        admin = gateway.events("admin_listening")[-1]["port"]
        gateway.send(signal.SIGTERM)
        gateway.wait_for_event("draining")
        wait_until(lambda: curl(f"http://127.0.0.1:{admin}/readyz").status == 503, "readyz says no")
        upstream.answer.set()
        asking.join(20)
        assert [(answer.status, answer.body) for answer in answers] == [(200, "late")]
        assert answers[0].headers.get("connection") == "close"
        assert gateway.wait() == 0


def test_a_configuration_with_errors_does_not_start(tmp_path):
    bad = tmp_path / "bad.yaml"
    bad.write_text(CONFIGURATION.format(port=1, name="x").replace("upstream: orders", "upstream: order"))
    with Process([claimgate(), "run", "--config", str(bad)]) as process:
        assert process.wait() == 78
    assert any("bad.yaml:5" in line for line in process.err)


def test_a_taken_port_is_said_plainly(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        configuration = tmp_path / "taken.yaml"
        configuration.write_text(CONFIGURATION.format(port=free_port(), name="x").replace(":0 }]", f":{port} }}]", 1))
        with Process([claimgate(), "run", "--config", str(configuration)]) as process:
            assert process.wait() not in (0, 78)
        assert any(str(port) in line for line in process.err)
