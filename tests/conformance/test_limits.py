"""What is slow or too much ends by itself (threats 2.3, 2.12)."""

import socket
import time

import pytest

from claimgate_testing.process import PATIENCE
from claimgate_testing.raw import Client
from claimgate_testing.site import request


def seconds_until_end(client):
    """Reads to the end of the connection and answers (seconds, what came)."""
    began = time.monotonic()
    data = client.to_end()
    return time.monotonic() - began, data


@pytest.mark.parametrize("start", [b"G", b"GET /pub/x HTTP/1.1\r\n", b"GET /pub/x HTTP/1.1\r\nHost: g\r\n", b"\r\n",
                                   b"GET /pub/x HTTP/1.1\r\nHost: g\r\nX: " + b"a" * 1000], ids=lambda start: f"H37-{start[:30]}")
def test_unfinished_head_ends_at_its_deadline(impatient, start):
    with Client(impatient.port, start) as client:
        seconds, data = seconds_until_end(client)
    assert seconds < PATIENCE / 2
    assert data.startswith(b"HTTP/1.1 408 ") and b"connection: close" in data.lower()
    assert impatient.fence() == []


def test_H37_head_that_drips_ends_at_the_same_deadline(impatient):
    data = b"GET /pub/x HTTP/1.1\r\nHost: g\r\n" + b"X: y\r\n" * 1000
    began = time.monotonic()
    with Client(impatient.port) as client:
        client.sock.settimeout(0.02)
        got = b""
        for byte in data:
            client.send(bytes([byte]))
            try:
                got = client.sock.recv(1000)
                break
            except TimeoutError:
                assert time.monotonic() - began < PATIENCE
    assert got.startswith(b"HTTP/1.1 408 "), got
    assert time.monotonic() - began < 5


def test_idle_connection_ends_without_an_answer(impatient):
    with Client(impatient.port, request("/pub/x")) as client:
        assert client.final_response().status == 200
        seconds, data = seconds_until_end(client)
    assert data == b"" and seconds < PATIENCE / 2


def test_connection_without_a_byte_ends(impatient):
    with Client(impatient.port) as client:
        seconds, data = seconds_until_end(client)
    assert data == b"" and seconds < PATIENCE / 2


@pytest.mark.parametrize("body", [b"", b"he"])
@pytest.mark.parametrize("fields", ["Content-Length: 5\r\n", "Transfer-Encoding: chunked\r\n"])
def test_body_that_stops_ends_at_its_deadline(impatient, fields, body):
    if body and "chunked" in fields:
        body = b"5\r\nhe"
    with Client(impatient.port, request("/pub/x", fields=fields, method="POST", body=body)) as client:
        response = client.final_response()
        assert response.status == 408 and response.one("connection") == "close"
        client.expect_end()
    assert impatient.fence() == []


def test_H36_limit_holds_when_each_read_ends_inside_the_next_line(impatient):
    with Client(impatient.port, b"GET /pub/x HTTP/1.1\r\nHost: g\r\nH") as client:
        for number in range(200):
            client.wait_until_read()
            try:
                client.sock.sendall(b"dr: " + b"a" * 90 + b"\r\nH")
            except (BrokenPipeError, ConnectionResetError):
                break
            if _has_answer(client.sock):
                break
        response = client.final_response()
        assert response.status == 431
    assert number < 60
    assert impatient.fence() == []


def _has_answer(sock):
    sock.setblocking(False)
    try:
        return bool(sock.recv(1, socket.MSG_PEEK))
    except BlockingIOError:
        return False
    finally:
        sock.settimeout(PATIENCE)


def test_H35_configured_limits_are_kept(impatient):
    impatient.expect_refused(request("/pub/x", fields="X: y\r\n" * 20), 431)
    impatient.expect_refused(request("/pub/x", fields="X: " + "a" * 4096 + "\r\n"), 431)
    impatient.expect_forwarded(request("/pub/x", fields="X: y\r\n" * 19))


def test_H173_many_connections_are_served_side_by_side(site):
    clients = [Client(site.port, request("/pub/x")[:-2]) for _ in range(200)]
    try:
        assert site.get("/pub/fence").status == 200
        for client in clients:
            client.send(b"\r\n")
        for client in clients:
            assert client.final_response().status == 200
    finally:
        for client in clients:
            client.close()
