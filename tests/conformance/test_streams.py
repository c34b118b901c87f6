"""Bodies of any size, both ways, at the pace of the slower side and in bounded memory (threats H24, H127, H174)."""

import socket
import threading
from pathlib import Path

import pytest

from claimgate_testing.raw import Client
from claimgate_testing.recording import Answer
from claimgate_testing.site import Site, request

MIB = 1024 * 1024


@pytest.fixture(scope="module")
def roomy(tmp_path_factory, keys):
    site = Site(tmp_path_factory.mktemp("roomy"), more="limits: { body: 1GiB }", keys=keys)
    yield site
    site.stop()


@pytest.fixture(autouse=True)
def plain(roomy):
    roomy.origin.reset()


def same(got, wanted):
    """Equal, without the help of an assertion that would print megabytes of difference."""
    return len(got) == len(wanted) and got == wanted


def memory(site):
    """Resident bytes of the gateway."""
    for line in Path(f"/proc/{site.gateway.pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    raise AssertionError("no VmRSS")


def test_a_long_answer_to_a_client_that_does_not_read_is_not_taken_in(roomy):
    size = 256 * MIB
    sent = []

    def answer(_):
        return Answer(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % size + bytes(size))

    roomy.origin.answer = answer
    before = memory(roomy)
    with Client(roomy.port) as client:
        client.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
        client.send(request("/pub/large"))
        client.head()
        during = memory(roomy)
        while len(sent) < size // MIB:
            sent.append(len(client.take(MIB)))
            if len(sent) % 64 == 0:
                during = max(during, memory(roomy))
    assert sum(sent) == size
    assert during - before < 32 * MIB, f"{(during - before) / MIB:.1f} MiB more"


@pytest.mark.parametrize("coding", ["length", "chunked"])
def test_a_long_request_body_arrives_whole(roomy, coding):
    piece, count = b"0123456789abcdef" * 4096, 64  # 4 MiB
    before = memory(roomy)
    framing = "Transfer-Encoding: chunked\r\n" if coding == "chunked" else f"Content-Length: {len(piece) * count}\r\n"
    with Client(roomy.port, request("/pub/up", fields=framing, method="POST")) as client:
        for _ in range(count):
            client.send(b"%x\r\n%b\r\n" % (len(piece), piece) if coding == "chunked" else piece)
        if coding == "chunked":
            client.send(b"0\r\n\r\n")
        assert client.final_response().status == 200
    body = roomy.origin.wait_for_requests(1)[0].body
    assert same(body, piece * count), len(body)
    assert memory(roomy) - before < 32 * MIB


def test_one_byte_chunks_are_carried(roomy):
    count = 20000
    with Client(roomy.port, request("/pub/up", fields="Transfer-Encoding: chunked\r\n", method="POST")) as client:
        client.send(b"1\r\nx\r\n" * count + b"0\r\n\r\n")
        assert client.final_response().status == 200
    body = roomy.origin.wait_for_requests(1)[0].body
    assert same(body, b"x" * count), len(body)


def test_a_hundred_pipelined_requests_are_answered_in_their_order(roomy):
    roomy.origin.answer = lambda got: b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (
        len(got.start), got.start.encode())
    with Client(roomy.port, b"".join(request(f"/pub/{i}") for i in range(100))) as client:
        for i in range(100):
            assert client.final_response().body == f"GET /pub/{i} HTTP/1.1".encode()


def test_pipelined_bodies_stay_with_their_requests(roomy):
    roomy.origin.answer = lambda got: b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(got.body), got.body)
    bodies = [str(i).encode() * (i * 37 % 3000) for i in range(1, 40)]
    sent = b"".join(request("/pub/x", fields=f"Content-Length: {len(body)}\r\n", method="POST", body=body) for body in bodies)
    with Client(roomy.port) as client:
        writer = threading.Thread(target=client.send, args=(sent,))
        writer.start()
        for body in bodies:
            assert client.final_response().body == body
        writer.join()


def test_an_answer_may_begin_while_the_body_still_goes_up(roomy):
    """Both directions at once, as streaming APIs do."""
    roomy.origin.answer_early = lambda _: b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nearly\r\n"
    roomy.origin.answer = lambda _: b"4\r\nlate\r\n0\r\n\r\n"
    with Client(roomy.port, request("/pub/x", fields="Content-Length: 6\r\n", method="POST", body=b"fir")) as client:
        head = client.head()
        assert head.startswith(b"HTTP/1.1 200 ")
        assert client.line() == b"5\r\n" and client.take(7) == b"early\r\n", "before the body was complete"
        client.send(b"end")
        assert client.chunked()[0] == b"late"
    assert roomy.origin.wait_for_requests(1)[0].body == b"firend"


def test_a_half_closed_client_still_gets_its_answer(roomy):
    with Client(roomy.port, request("/pub/x")) as client:
        client.end()
        assert client.final_response().body == b"ok"
        client.expect_end()


def test_a_small_slow_upload_does_not_hold_up_others(roomy):
    with Client(roomy.port, request("/pub/slow", fields="Content-Length: 100\r\n", method="POST", body=b"x")) as slow:
        for _ in range(10):
            assert roomy.get("/pub/quick").status == 200
        slow.send(b"y" * 99)
        assert slow.final_response().status == 200
