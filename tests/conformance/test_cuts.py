"""Requests that come in two pieces, cut at every position: the answer is the same as for the whole (threats 2.0)."""

import pytest

from claimgate_testing.raw import Client
from claimgate_testing.site import FENCE, request

HIDDEN = b"GET /treasure HTTP/1.1\r\n\r\n"
CHUNKED = "Transfer-Encoding: chunked\r\n"

REFUSED = {
    "H1": request("/pub/x", fields="Content-Length: 6\r\n" + CHUNKED, method="POST", body=b"0\r\n\r\nG"),
    "H4": request("/pub/x", fields="Transfer-Encoding: gzip\r\n", method="POST", body=HIDDEN),
    "H9": request("/pub/x", fields="Content-Length: 0\r\nContent-Length: 0\r\n", method="POST"),
    "H20": request("/pub/x", fields=CHUNKED, method="POST", body=b"5 \r\nhello\r\n0\r\n\r\n"),
    "H22": request("/pub/x", fields=CHUNKED, method="POST", body=b'5;a="\n"\r\nhello\r\n0\r\n\r\n'),
    "H30": request("/pub/x", fields="X: a\r\n b\r\n"),
    "H31": b"GET /pub/x HTTP/1.1\r\nHost: g\nX: y\r\n\r\n",
    "H70": b"GET /pub/x HTTP/1.1\r\nHost: g\r\nHost: g\r\n\r\n",
}

FORWARDED = {
    "plain": request("/pub/x", fields="X: y\r\n"),
    "length": request("/pub/x", fields="Content-Length: 10\r\n", method="POST", body=b"0\r\n\r\nhello"),
    "chunked": request("/pub/x", fields=CHUNKED, method="POST", body=b'5;a="b"\r\n0\r\n\r\n\r\n5\r\nhello\r\n0\r\nX: y\r\n\r\n'),
    "empty-line-before": b"\r\n" + request("/pub/x"),
}


def in_two(client, data, cut):
    """The second piece goes out when the gateway has taken the first."""
    client.send(data[:cut])
    client.wait_until_read()
    client.send(data[cut:])


@pytest.mark.parametrize("data", REFUSED.values(), ids=REFUSED.keys())
def test_refused_however_cut(site, data):
    for cut in range(1, len(data)):
        with Client(site.port, request("/pub/before")) as client:
            assert client.final_response().status == 200
            in_two(client, data, cut)
            response = client.final_response()
            assert response.status == 400 and response.one("connection") == "close", cut
            client.expect_end()
    assert set(site.fence()) == {"/pub/before"}
    assert b"treasure" not in site.origin.bytes


@pytest.mark.parametrize("data", FORWARDED.values(), ids=FORWARDED.keys())
def test_forwarded_however_cut(site, data):
    with Client(site.port) as client:
        for cut in range(1, len(data)):
            in_two(client, data, cut)
            assert client.final_response().status == 200, cut
    site.fence()
    bodies = {request.body for request in site.origin.requests[:-1]}
    assert len(site.origin.requests) == len(data) and len(bodies) == 1
    assert bodies <= {b"", b"0\r\n\r\nhello"}


def test_pipelined_requests_are_answered_in_order(site):
    site.origin.answer = lambda message: (
        lambda text: b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(text), text))(message.start.encode())
    data = b"".join(request(f"/pub/{number}") for number in range(50)) + request("/own/x") + FENCE
    for piece in (len(data), 1000, 7):
        with Client(site.port) as client:
            for begin in range(0, len(data), piece):
                client.send(data[begin:begin + piece])
            for number in range(50):
                assert client.final_response().body == f"GET /pub/{number} HTTP/1.1".encode()
            assert client.final_response().status == 401
            assert client.final_response().body == b"GET /pub/fence HTTP/1.1"
