"""What an origin may say, and what the client sees of it (threats 2.10)."""

import pytest

from claimgate_testing.raw import Client, Closed
from claimgate_testing.recording import OK, Answer
from claimgate_testing.site import request


def answering(site, data, close=False):
    site.origin.answer = lambda message: OK if "/fence" in message.start else Answer(data, close)


def plain(fields, body=b"hello", line="HTTP/1.1 200 OK"):
    return f"{line}\r\n{fields}\r\n".encode("latin-1") + body


INVALID = {
    "H120-CL-and-TE": plain("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", b"0\r\n\r\n"),
    "H120-TE-and-CL": plain("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", b"0\r\n\r\n"),
    "H120-TE-gzip-and-CL": plain("Transfer-Encoding: gzip\r\nContent-Length: 5\r\n"),
    "H120-TE-gzip": plain("Transfer-Encoding: gzip\r\n"),
    "H120-two-lengths": plain("Content-Length: 5\r\nContent-Length: 6\r\n"),
    "H120-two-equal-lengths": plain("Content-Length: 5\r\nContent-Length: 5\r\n"),
    "H120-length-list": plain("Content-Length: 5, 5\r\n"),
    "H120-octal-length": plain("Content-Length: 005\r\n"),
    "H120-status-000": plain("Content-Length: 5\r\n", line="HTTP/1.1 000 OK"),
    "H120-status-099": plain("Content-Length: 5\r\n", line="HTTP/1.1 099 OK"),
    "H120-status-600": plain("Content-Length: 5\r\n", line="HTTP/1.1 600 OK"),
    "H120-status-99999": plain("Content-Length: 5\r\n", line="HTTP/1.1 99999 OK"),
    "H120-bare-LF": b"HTTP/1.1 200 OK\nContent-Length: 5\n\nhello",
    "H120-folded": plain("X: a\r\n b\r\nContent-Length: 5\r\n"),
    "H120-100KB-head": plain("X: " + "a" * 100000 + "\r\nContent-Length: 5\r\n"),
    "H120-space-before-colon": plain("Content-Length : 5\r\n"),
    "H120-NUL": plain("X: a\0b\r\nContent-Length: 5\r\n"),
    "H120-chunked-1.0": plain("Transfer-Encoding: chunked\r\n", b"0\r\n\r\n", "HTTP/1.0 200 OK"),
    "H120-no-HTTP": b"hello\r\n\r\n",
    "H120-HTTP-2.0": plain("Content-Length: 5\r\n", line="HTTP/2.0 200 OK"),
    "H112-101-unasked": plain("Upgrade: x\r\nConnection: Upgrade\r\n", b"", "HTTP/1.1 101 Switching Protocols"),
}


@pytest.mark.parametrize("data", INVALID.values(), ids=INVALID.keys())
def test_invalid_answer_becomes_502_and_ends_its_connection(site, data):
    answering(site, data)
    response = site.get("/pub/x")
    assert response.status == 502
    assert site.reason(response) in ("upstream_invalid", "upstream_failed")
    assert b"hello" not in response.body
    assert site.get("/pub/fence").status == 200
    assert len(site.origin.received) == 2, "the connection of an invalid answer was used again"


@pytest.mark.parametrize("data, method", [
    (plain("Content-Length: 5\r\n", line="HTTP/1.1 204 No Content"), "GET"),
    (plain("Content-Length: 5\r\n", line="HTTP/1.1 304 Not Modified"), "GET"),
    (plain("Content-Length: 5\r\n"), "HEAD"),
    (plain("Content-Length: 5\r\n") + OK, "GET"),
    (plain("Content-Length: 3\r\n"), "GET"),
    (plain("Transfer-Encoding: chunked\r\n", b"0\r\n\r\nhello"), "GET"),
], ids=["H121-204", "H121-304", "H121-HEAD", "H123-two-answers", "H123-too-long", "H123-after-chunks"])
def test_bytes_after_an_answer_are_never_the_next_answer(site, data, method):
    answering(site, data)
    with Client(site.port, request("/pub/x", method=method)) as client:
        first = client.final_response(method)
        assert first.status in (200, 204, 304)
        client.send(request("/pub/fence"))
        second = client.final_response()
        assert second.status == 200 and second.body == b"ok" and b"hello" not in second.raw


@pytest.mark.parametrize("count", [1, 3, 1000], ids=lambda count: f"H122-{count}")
@pytest.mark.parametrize("line", ["103 Early Hints", "100 Continue", "102 Processing"])
def test_interim_answers_are_bounded(site, count, line):
    answering(site, f"HTTP/1.1 {line}\r\nX: y\r\n\r\n".encode() * count + OK)
    response = site.get("/pub/x")
    assert (response.status, response.body) == (200, b"ok") or (count == 1000 and response.status == 502)
    assert site.get("/pub/fence").status == 200


def test_H123_answer_before_any_request_is_not_used(site):
    """A pooled connection with bytes in it is dropped, not read."""
    assert site.get("/pub/x").status == 200
    stray = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nstray"
    site.origin.answer = lambda message: OK if "/fence" in message.start else OK + stray
    assert site.get("/pub/x").body == b"ok"
    for _ in range(3):
        assert site.get("/pub/fence").body == b"ok"


@pytest.mark.parametrize("data", [plain("Content-Length: 50\r\n"), plain("Transfer-Encoding: chunked\r\n", b"5\r\nhel"),
                                  plain("Transfer-Encoding: chunked\r\n", b"5\r\nhello\r\n")],
                         ids=["H124-length", "H124-in-chunk", "H124-no-last-chunk"])
def test_answer_that_breaks_off_is_seen_to_break_off(site, data):
    answering(site, data, close=True)
    with Client(site.port, request("/pub/x")) as client:
        with pytest.raises((Closed, ConnectionResetError)):
            response = client.final_response()
            assert response.status == 502, "complete, though it was cut"
            raise Closed("answered 502")


@pytest.mark.parametrize("chunks", [b"5 \r\nhello\r\n0\r\n\r\n", b"5\nhello\r\n0\r\n\r\n", b"5\r\nhello!!\r\n0\r\n\r\n",
                                    b"G\r\n", b"5;a=\"\n\"\r\nhello\r\n0\r\n\r\n"], ids=lambda chunks: repr(chunks[:8]))
def test_bad_chunks_of_an_origin_are_not_passed_on_as_complete(site, chunks):
    answering(site, plain("Transfer-Encoding: chunked\r\n", chunks))
    with Client(site.port, request("/pub/x")) as client:
        with pytest.raises((Closed, ConnectionResetError)):
            response = client.final_response()
            assert response.status == 502, "complete, though it was invalid"
            raise Closed("answered 502")
    assert site.get("/pub/fence").status == 200


def test_H125_hop_by_hop_fields_of_an_answer_are_removed(site):
    answering(site, plain("Connection: X-Hop, keep-alive\r\nX-Hop: 1\r\nKeep-Alive: timeout=5\r\nUpgrade: x\r\nTrailer: y\r\n"
                          "Proxy-Authenticate: Basic\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nContent-Length: 5\r\n"))
    response = site.get("/pub/x")
    for name in ("x-hop", "keep-alive", "upgrade", "trailer", "proxy-authenticate", "connection"):
        assert response.all(name) == [], name
    assert response.all("set-cookie") == ["a=1", "b=2"]


@pytest.mark.parametrize("body", [b"", b"hello", b"x" * 100000])
def test_chunked_answer_arrives_whole(site, body):
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(body[i:i + 7000]), body[i:i + 7000]) for i in range(0, len(body), 7000))
    answering(site, plain("Transfer-Encoding: chunked\r\n", chunks + b"0\r\nX-Trailer: y\r\n\r\n"))
    response = site.get("/pub/x")
    assert response.body == body and b"X-Trailer" not in response.raw


def test_answer_until_the_end_arrives_whole(site):
    answering(site, plain(""), close=True)
    assert site.get("/pub/x").body == b"hello"


@pytest.mark.parametrize("head", ["Transfer-Encoding: chunked\r\n", "", "Content-Length: 5\r\n"],
                         ids=["chunked", "until-close", "length"])
def test_client_of_http10_gets_no_chunks(site, head):
    body = b"5\r\nhello\r\n0\r\n\r\n" if "chunked" in head else b"hello"
    answering(site, plain(head, body), close=not head)
    response = site.ask(request("/pub/x", version="1.0"))
    assert response.status == 200 and response.body == b"hello" and response.all("transfer-encoding") == []


def test_answer_to_head_announces_the_length_only(site):
    answering(site, plain("Content-Length: 12345\r\n", b""))
    with Client(site.port, request("/pub/x", method="HEAD") + request("/pub/fence")) as client:
        first = client.final_response("HEAD")
        assert first.one("content-length") == "12345"
        assert client.final_response().body == b"ok"


def test_H14_answer_before_the_body_is_done_ends_the_upstream_connection(site):
    """An origin that answers early and keeps its connection: the rest of the body must not become a request on it."""
    early = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"
    site.origin.answer_early = lambda head: early if b"/early" in head else None
    fields = "Content-Length: 100000\r\n"
    with Client(site.port, request("/pub/early", fields=fields, method="POST", body=b"x" * 100)) as client:
        assert client.final_response().status == 403
        client.send(b"GET /treasure HTTP/1.1\r\nHost: g\r\n\r\n")
        assert site.fence() == []
    assert len(site.origin.received) == 2, "the connection with half a request was used again"
