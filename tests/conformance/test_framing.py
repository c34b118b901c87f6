"""Where a request ends: what two servers could see differently is refused (threats 2.1)."""

import pytest

from claimgate_testing.raw import Client
from claimgate_testing.site import request

HIDDEN = b"GET /treasure HTTP/1.1\r\nHost: g\r\n\r\n"
CHUNKED = b"5\r\nhello\r\n0\r\n\r\n"


def post(fields, body=b"", version="1.1"):
    return request("/pub/x", fields="".join(f"{field}\r\n" for field in fields), method="POST", body=body,
                   version=version)


AMBIGUOUS = {
    "H1-CL.TE": post(["Content-Length: 6", "Transfer-Encoding: chunked"], b"0\r\n\r\nG"),
    "H2-TE.CL": post(["Transfer-Encoding: chunked", "Content-Length: 6"], b"0\r\n\r\nG"),
    "H3-gzip-CL": post(["Transfer-Encoding: gzip", "Content-Length: 5"], b"hello" + HIDDEN),
    "H3-identity-CL": post(["Transfer-Encoding: identity", "Content-Length: 5"], b"hello" + HIDDEN),
    "H3-xchunked-CL": post(["Transfer-Encoding: xchunked", "Content-Length: 5"], b"hello" + HIDDEN),
    "H3-empty-CL": post(["Transfer-Encoding:", "Content-Length: 5"], b"hello" + HIDDEN),
    "H3-quoted-CL": post(['Transfer-Encoding: "chunked"', "Content-Length: 5"], b"hello" + HIDDEN),
    "H3-nbsp-CL": post(["Transfer-Encoding: \xa0chunked", "Content-Length: 5"], b"hello" + HIDDEN),
    "H4-gzip": post(["Transfer-Encoding: gzip"], CHUNKED + HIDDEN),
    "H4-chunked-gzip": post(["Transfer-Encoding: chunked, gzip"], CHUNKED + HIDDEN),
    "H4-chunked-twice": post(["Transfer-Encoding: chunked, chunked"], CHUNKED + HIDDEN),
    "H4-xchunked": post(["Transfer-Encoding: xchunked"], CHUNKED + HIDDEN),
    "H5-two-fields": post(["Transfer-Encoding: identity", "Transfer-Encoding: chunked"], CHUNKED),
    "H5-two-equal-fields": post(["Transfer-Encoding: chunked", "transfer-encoding: chunked"], CHUNKED),
    "H5-gzip-chunked": post(["Transfer-Encoding: gzip, chunked"], CHUNKED),
    "H6-parameter": post(["Transfer-Encoding: chunked;q=1"], CHUNKED),
    "H6-two-words": post(["Transfer-Encoding: chunked foo"], CHUNKED),
    "H6-comma-before": post(["Transfer-Encoding: ,chunked"], CHUNKED),
    "H6-comma-after": post(["Transfer-Encoding: chunked,"], CHUNKED),
    "H6-nbsp-after": post(["Transfer-Encoding: chunked\xa0"], CHUNKED),
    "H7-vertical-tab": post(["Transfer-Encoding: \x0bchunked"], CHUNKED),
    "H7-nul": post(["Transfer-Encoding: chunked\x00"], CHUNKED),
    "H7-space-before-colon": post(["Transfer-Encoding : chunked"], CHUNKED),
    "H7-folded-name": post(["Transfer-", " Encoding: chunked"], CHUNKED),
    "H8-chunked-in-1.0": post(["Transfer-Encoding: chunked"], CHUNKED, "1.0"),
    "H9-twice-equal": post(["Content-Length: 5", "Content-Length: 5"], b"hello"),
    "H9-list-equal": post(["Content-Length: 5, 5"], b"hello"),
    "H9-folded": post(["Content-Length: 5", " 5"], b"hello"),
    "H9-twice-different": post(["Content-Length: 5", "Content-Length: 6"], b"hello!"),
    "H9-list-different": post(["Content-Length: 5, 6"], b"hello!"),
    "H15-leading-space": post([" Content-Length: 44"], HIDDEN),
    "H15-tab-before-colon": post(["Content-Length\t: 44"], HIDDEN),
    "H15-folded": post(["X: y", "\tContent-Length: 44"], HIDDEN),
}

BAD_LENGTHS = ["+5", "-5", "0x5", "5_0", "5 0", "", "005", "\xd9\xa1", "9223372036854775808", "18446744073709551616",
               "9" * 20, "5,", "5;", "5.0"]


@pytest.mark.parametrize("data", AMBIGUOUS.values(), ids=AMBIGUOUS.keys())
def test_ambiguous_framing_is_refused(site, data):
    assert site.reason(site.expect_refused(data)) == "bad_request"


@pytest.mark.parametrize("length", BAD_LENGTHS, ids=[f"H10-{text!r}" for text in BAD_LENGTHS])
def test_length_that_is_not_one_plain_number_is_refused(site, length):
    site.expect_refused(post([f"Content-Length: {length}"], b"hello"))


@pytest.mark.parametrize("coding", ["chunked", "Chunked", "\tchunked ", "CHUNKED"], ids=lambda text: f"H6-{text!r}")
def test_chunked_is_one_word_in_any_case(site, coding):
    got = site.expect_forwarded(post([f"Transfer-Encoding:{coding}"], CHUNKED))
    assert got.body == b"hello"
    assert got.one("transfer-encoding") == "chunked"


def test_H7_name_with_underscore_frames_nothing(site):
    got = site.expect_forwarded(post(["Transfer_Encoding: chunked", "Content-Length: 5"], b"hello"))
    assert got.body == b"hello" and got.all("transfer_encoding") == []


@pytest.mark.parametrize("method", ["GET", "HEAD", "DELETE", "OPTIONS", "POST", "PUT", "PATCH"])
def test_H11_body_goes_with_its_request_whatever_the_method(site, method):
    body = b"GET /treasure HTTP/1.1\r\n\r\n"
    fields = f"Content-Length: {len(body)}\r\n"
    got = site.expect_forwarded(request("/pub/x", fields=fields, method=method, body=body), method)
    assert got.body == body


def test_H11_bytes_after_a_length_of_zero_are_the_next_request(site):
    after = request("/own/x")
    with Client(site.port, post(["Content-Length: 0"], after)) as client:
        assert client.final_response().status == 200
        assert client.final_response().status == 401
    assert site.fence() == ["/pub/x"]


def test_H12_body_that_ends_too_early_is_never_a_complete_request(site):
    with Client(site.port, post(["Content-Length: 10"], b"hello")) as client:
        client.end()
        client.to_end()
    site.fence()
    assert site.origin.targets == ["/pub/fence"]


def test_H12_chunked_body_that_ends_too_early_is_never_a_complete_request(site):
    with Client(site.port, post(["Transfer-Encoding: chunked"], b"5\r\nhello\r\n")) as client:
        client.end()
        client.to_end()
    site.fence()
    assert site.origin.targets == ["/pub/fence"]


def test_H12_bytes_beyond_the_length_are_the_next_request(site):
    with Client(site.port, post(["Content-Length: 5"], b"hello" + request("/pub/second"))) as client:
        assert client.final_response().status == 200
        assert client.final_response().status == 200
    assert site.fence() == ["/pub/x", "/pub/second"]
    assert site.origin.requests[0].body == b"hello"


@pytest.mark.parametrize("target, status", [("/own/x", 401), ("/nowhere", 404)])
def test_H13_body_of_a_refused_request_is_no_request(site, target, status):
    """Answered before the body was read: the body is dropped whole, or the connection ends."""
    data = request(target, fields=f"Content-Length: {len(HIDDEN)}\r\n", method="POST")
    with Client(site.port, data) as client:
        response = client.final_response()
        assert response.status == status
        client.send(HIDDEN + request("/pub/after"))
        if response.one("connection") == "close":
            client.expect_end()
            expected = []
        else:
            assert client.final_response().status == 200
            expected = ["/pub/after"]
    assert site.fence() == expected
    assert b"treasure" not in site.origin.bytes


def test_H13_chunked_body_of_a_refused_request_is_no_request(site):
    data = request("/own/x", fields="Transfer-Encoding: chunked\r\n", method="POST")
    with Client(site.port, data) as client:
        response = client.final_response()
        assert response.status == 401
        client.send(b"0\r\n\r\n" + HIDDEN)
        if response.one("connection") == "close":
            client.expect_end()
    assert b"treasure" not in site.origin.bytes
    assert site.fence() == []


def test_H13_large_announced_body_does_not_keep_a_refused_request_waiting(site):
    data = request("/own/x", fields="Content-Length: 1000000000\r\n", method="POST")
    with Client(site.port, data) as client:
        response = client.final_response()
        assert response.status == 401 and response.one("connection") == "close"
        client.expect_end()
    assert site.fence() == []


def test_body_over_the_limit_is_refused_before_it_is_read(impatient):
    data = request("/pub/x", fields="Content-Length: 65537\r\n", method="POST")
    with Client(impatient.port, data) as client:
        response = client.final_response()
        assert response.status == 413 and response.one("connection") == "close"
        client.expect_end()
    impatient.fence()
    assert impatient.origin.targets == ["/pub/fence"]


def test_H21_chunked_body_over_the_limit_is_cut(impatient):
    body = b"".join(b"1000\r\n" + b"x" * 4096 + b"\r\n" for _ in range(17)) + b"0\r\n\r\n"
    with Client(impatient.port, request("/pub/x", fields="Transfer-Encoding: chunked\r\n", method="POST",
                                        body=body)) as client:
        response = client.final_response()
        assert response.status == 413 and response.one("connection") == "close"
    impatient.fence()
    assert impatient.origin.targets == ["/pub/fence"]
