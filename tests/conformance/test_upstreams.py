"""Connections to upstreams: kept, found dead, given up, and what the client is told (threats 2.10, 2.12)."""

import socket

import pytest

from claimgate_testing.raw import Client
from claimgate_testing.process import free_port, wait_until
from claimgate_testing.recording import OK, Answer, RecordingUpstream
from claimgate_testing.site import Site, request

MORE = """
  dead: {{ targets: ["http://127.0.0.1:{dead}"] }}
  half-dead: {{ targets: ["http://127.0.0.1:{dead}", "http://127.0.0.1:{alive}"] }}
  slow: {{ targets: ["http://127.0.0.1:{alive}"], timeouts: {{ connect: 300ms, first_byte: 300ms, idle: 300ms }} }}
"""
ROUTES = """
  - { name: dead, path: /dead/**, upstream: dead, access: public }
  - { name: half-dead, path: /half-dead/**, upstream: half-dead, access: public }
  - { name: slow, path: /slow/**, upstream: slow, access: public }
  - { name: own-host, path: /own-host/**, upstream: slow, access: public, forward: { host: target } }
"""


class Upstreams(Site):
    """A site with more upstreams: one that nobody listens for, one that is half there, one with short timeouts."""

    def __init__(self, directory, keys):
        self.alive = RecordingUpstream()
        super().__init__(directory, more=ROUTES, keys=keys, upstreams=MORE.format(dead=free_port(), alive=self.alive.port))


@pytest.fixture(scope="module")
def upstreams(tmp_path_factory, keys):
    site = Upstreams(tmp_path_factory.mktemp("upstreams"), keys)
    yield site
    site.stop()


@pytest.fixture(autouse=True)
def alive(request):
    if "upstreams" in request.fixturenames:
        site = request.getfixturevalue("upstreams")
        site.origin.reset()
        site.alive.reset()


def test_a_connection_is_kept_for_the_next_request(upstreams):
    for _ in range(3):
        assert upstreams.get("/slow/x").status == 200
    assert len(upstreams.alive.requests) == 3
    assert len(upstreams.alive.received) == 1, "one connection carried them all"


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_kept_connection_that_the_origin_closed_costs_no_request(upstreams, method):
    upstreams.alive.answer = lambda _: Answer(OK, close=True)  # without saying so
    for number in range(1, 6):
        assert upstreams.get("/slow/x", fields="Content-Length: 0\r\n" if method == "POST" else "", method=method).status == 200
        wait_until(lambda: upstreams.alive.closed == number, "the origin closes its connection")  # a POST that crosses the end is a 502
    assert len(upstreams.alive.requests) == 5


def test_an_upstream_that_nobody_listens_for_is_a_502(upstreams):
    response = upstreams.get("/dead/x")
    assert response.status == 502
    assert upstreams.reason(response) == "upstream_unreachable"
    assert b"127.0.0.1" not in response.body, "the client learns nothing of what is inside"


def test_a_dead_target_is_passed_over(upstreams):
    for _ in range(4):
        assert upstreams.get("/half-dead/x").status == 200
    assert len(upstreams.alive.requests) == 4


def test_an_origin_that_does_not_answer_is_a_504(upstreams):
    upstreams.alive.answer = lambda _: b""
    response = upstreams.get("/slow/x")
    assert response.status == 504
    assert upstreams.reason(response) == "upstream_timeout"


def test_an_origin_that_stops_in_its_body_is_cut(upstreams):
    upstreams.alive.answer = lambda _: b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"
    with Client(upstreams.port, request("/slow/x")) as client:
        assert client.to_end().endswith(b"half"), "and then the end, not a complete answer"


def test_an_origin_that_closes_before_its_head_is_a_502_and_asked_once(upstreams):
    upstreams.alive.answer = lambda _: Answer(b"HTTP/1.1 200", close=True)
    response = upstreams.get("/slow/x", method="POST", fields="Content-Length: 0\r\n")
    assert response.status == 502
    assert len(upstreams.alive.requests) == 1


def test_host_is_the_clients_or_the_targets_as_configured(upstreams):
    upstreams.get("/slow/x")
    upstreams.get("/own-host/x")
    hosts = [got.one("host") for got in upstreams.alive.requests]
    assert hosts == ["g", f"127.0.0.1:{upstreams.alive.port}"]


def test_an_answer_that_ends_with_the_connection_is_seen_to_end_at_once(upstreams):
    """The end comes in the same moment as the last bytes: it must not be waited for."""
    upstreams.alive.answer = lambda _: Answer(b"HTTP/1.1 200 OK\r\n\r\n" + b"a" * 3000, close=True)
    for _ in range(20):
        assert upstreams.get("/slow/x").body == b"a" * 3000


def test_a_client_that_leaves_takes_its_upstream_connection_with_it(upstreams):
    upstreams.alive.answer = lambda _: b"HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n" + b"a" * 1000000
    with Client(upstreams.port, request("/slow/x")) as client:
        client.take(1000)
        client.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    upstreams.alive.answer = lambda _: OK
    assert upstreams.get("/slow/y").body == b"ok", "not the rest of another's answer"
