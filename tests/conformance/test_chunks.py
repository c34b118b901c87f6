"""The chunked coding of requests (threats 2.2)."""

import pytest

from claimgate_testing.raw import Client
from claimgate_testing.site import request

HIDDEN = b"GET /treasure HTTP/1.1\r\nHost: g\r\n\r\n"


def chunked(body, target="/pub/x"):
    return request(target, fields="Transfer-Encoding: chunked\r\n", method="POST", body=body)


def sized(size):
    return chunked(size + b"hello\r\n0\r\n\r\n")


BAD = {
    "H20-bare-LF": sized(b"5\n"),
    "H20-bare-CR": sized(b"5\r"),
    "H20-space-after": sized(b"5 \r\n"),
    "H20-space-before": sized(b" 5\r\n"),
    "H20-plus": sized(b"+5\r\n"),
    "H20-minus": sized(b"-5\r\n"),
    "H20-0x": sized(b"0x5\r\n"),
    "H20-underscore": sized(b"5_0\r\n"),
    "H20-extension-bare-LF": sized(b"5;\n"),
    "H20-empty": sized(b"\r\n"),
    "H20-no-digit": sized(b"G\r\n"),
    "H20-bare-semicolon": sized(b"5;\r\n"),
    "H21-4000-zeros": sized(b"0" * 4000 + b"5\r\n"),
    "H21-17-digits": sized(b"10000000000000005\r\n"),
    "H22-quoted-LF": sized(b'5;a="\n"\r\n'),
    "H22-quoted-CRLF": sized(b'5;a="\r\n"\r\n'),
    "H22-quoted-NUL": sized(b'5;a="\0"\r\n'),
    "H22-open-quote": sized(b'5;a="\r\n'),
    "H22-64KB": sized(b"5;" + b"a" * 65536 + b"\r\n"),
    "H23-longer-than-its-size": chunked(b"5\r\nhello!!\r\n0\r\n\r\n"),
    "H23-no-CRLF": chunked(b"5\r\nhello0\r\n\r\n"),
    "H23-junk-for-a-trailer": chunked(b"5\r\nhello\r\n0\r\nXX\r\n\r\n"),
    "H23-bare-LF-after-data": chunked(b"5\r\nhello\n0\r\n\r\n"),
    "H26-1000-trailers": chunked(b"0\r\n" + b"X: y\r\n" * 1000 + b"\r\n"),
    "H26-large-trailer": chunked(b"0\r\nX: " + b"y" * 100000 + b"\r\n\r\n"),
    "H26-folded-trailer": chunked(b"0\r\nX: y\r\n z\r\n\r\n"),
}


@pytest.mark.parametrize("data", BAD.values(), ids=BAD.keys())
def test_bad_chunk_ends_the_connection(site, data):
    """The head was good, so an upstream may have seen it; it never sees a complete request."""
    with Client(site.port, data + HIDDEN) as client:
        response = client.final_response()
        assert response.status == 400
        assert response.one("connection") == "close"
        client.expect_end()
    assert site.fence() == []
    assert b"treasure" not in site.origin.bytes
    assert site.reason(response) == "bad_request"


def test_H21_largest_size_is_over_the_limit(site):
    with Client(site.port, sized(b"ffffffffffffffff\r\n" + b"x" * 100)) as client:
        client.end()
        client.to_end()
    assert site.fence() == []


GOOD = {
    "H20-upper-and-lower-case": (b"A\r\n0123456789\r\na\r\n0123456789\r\n0\r\n\r\n", b"01234567890123456789"),
    "H21-leading-zeros": (b"0000000000000005\r\nhello\r\n0\r\n\r\n", b"hello"),
    "H22-extensions": (b'5;a=b;c="d\\"e"\r\nhello\r\n0;last\r\n\r\n', b"hello"),
    "empty": (b"0\r\n\r\n", b""),
    "looks-like-framing": (b"5\r\n0\r\n\r\n\r\n" b"23\r\n" + HIDDEN + b"\r\n0\r\n\r\n", b"0\r\n\r\n" + HIDDEN),
}


@pytest.mark.parametrize("body, decoded", GOOD.values(), ids=GOOD.keys())
def test_good_chunks_are_passed_on_without_their_extensions(site, body, decoded):
    got = site.expect_forwarded(chunked(body))
    assert got.body == decoded
    assert b";" not in got.raw.split(b"\r\n\r\n", 1)[1]


TRAILERS = ["Authorization: Bearer x", "X-Customer: evil", "X_Customer: evil", "Host: other", "Content-Length: 3333333333",
            "Transfer-Encoding: identity", "Connection: upgrade", "Cookie: a=b", "X-Forwarded-For: 1.2.3.4"]


@pytest.mark.parametrize("trailer", TRAILERS, ids=[f"H25-{text.split(':')[0]}" for text in TRAILERS])
def test_trailer_is_dropped_and_changes_nothing(site, trailer):
    body = b"5\r\nhello\r\n0\r\n" + trailer.encode() + b"\r\n\r\n"
    got = site.expect_forwarded(chunked(body))
    assert got.body == b"hello"
    assert got.one("host") == "g"
    value = trailer.split(": ")[1].encode()
    assert value not in got.raw


def test_J165_token_in_a_trailer_is_no_token(site):
    token = site.a.token(site.keys.rs, "RS256")
    body = b"5\r\nhello\r\n0\r\nAuthorization: Bearer " + token.encode() + b"\r\n\r\n"
    response = site.expect_answered(chunked(body, "/own/x"), 401)
    assert site.reason(response) == "token_missing"


def test_H24_many_small_chunks_arrive_whole(site):
    got = site.expect_forwarded(chunked(b"1\r\nx\r\n" * 20000 + b"0\r\n\r\n"))
    assert got.body == b"x" * 20000


def test_H27_trailer_announcements_are_not_forwarded(site):
    got = site.expect_forwarded(request("/pub/x", fields="TE: trailers, deflate\r\nTrailer: X\r\n"))
    assert got.all("te") == [] and got.all("trailer") == []
