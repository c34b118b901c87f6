"""Lines, names, values and first lines (threats 2.3)."""

import pytest

from claimgate_testing.raw import Client
from claimgate_testing.site import request


def with_field(text):
    return request("/pub/x", fields=text + "\r\n")


def with_line(text):
    return f"{text}\r\nHost: g\r\n\r\n".encode("latin-1")


CONTROLS = [c for c in [*range(0x20), 0x7f] if c not in (0x09, 0x0a, 0x0d)]

BAD = {
    "H30-folded": with_field("X: a\r\n b"),
    "H30-folded-with-tab": with_field("X: a\r\n\tb"),
    "H30-folded-empty": with_field("X:\r\n b"),
    "H30-folded-coding": with_field("Transfer-Encoding:\r\n chunked"),
    "H30-first-field": b"GET /pub/x HTTP/1.1\r\n Host: g\r\n\r\n",
    "H31-bare-LF-after-line": b"GET /pub/x HTTP/1.1\nHost: g\r\n\r\n",
    "H31-bare-LF-after-field": b"GET /pub/x HTTP/1.1\r\nHost: g\n\r\n",
    "H31-bare-LF-at-end": b"GET /pub/x HTTP/1.1\r\nHost: g\r\n\n",
    "H31-only-LF": b"GET /pub/x HTTP/1.1\nHost: g\n\n",
    "H31-bare-CR-in-value": with_field("X: a\rb"),
    "H31-CR-CR-LF": b"GET /pub/x HTTP/1.1\r\nHost: g\r\r\n\r\n",
    "H31-CR-CR-LF-at-end": b"GET /pub/x HTTP/1.1\r\nHost: g\r\n\r\r\n",
    "H32-high-byte-in-name": with_field("X\x80: y"),
    "H33-high-byte-in-Authorization": with_field("Authorization: Bearer \xe9"),
    "H33-high-byte-in-Content-Type": with_field("Content-Type: text\xa0"),
    "H33-high-byte-in-Content-Length": with_field("Content-Length: 0\x85"),
    "H34-space-before-colon": b"GET /pub/x HTTP/1.1\r\nHost : g\r\n\r\n",
    "H34-no-name": with_field(": v"),
    "H34-no-colon": with_field("Foo"),
    "H34-tab-in-name": with_field("Foo\tBar: x"),
    "H34-bracket-in-name": with_field("Foo(x): y"),
    "H38-two-spaces": with_line("GET  /pub/x HTTP/1.1"),
    "H38-space-at-end": with_line("GET /pub/x HTTP/1.1 "),
    "H38-tab": with_line("GET\t/pub/x HTTP/1.1"),
    "H38-lower-case-version": with_line("GET /pub/x http/1.1"),
    "H38-two-digit-version": with_line("GET /pub/x HTTP/1.10"),
    "H38-no-version": with_line("GET /pub/x"),
    "H38-two-empty-lines": b"\r\n\r\n" + request("/pub/x"),
    "H38-1000-empty-lines": b"\r\n" * 1000 + request("/pub/x"),
}


@pytest.mark.parametrize("data", BAD.values(), ids=BAD.keys())
def test_line_with_two_readings_is_refused(site, data):
    with Client(site.port, data) as client:
        response = client.final_response()
        assert response.status == 400 and response.one("connection") == "close"
        client.expect_end()
    assert site.fence() == []


@pytest.mark.parametrize("byte", CONTROLS, ids=lambda byte: f"H32-{byte:02x}")
def test_control_byte_is_refused(site, byte):
    site.expect_refused(with_field(f"X: a{chr(byte)}b"))
    site.expect_refused(with_field(f"X{chr(byte)}: b"))
    site.expect_refused(with_line(f"GET /pub/{chr(byte)} HTTP/1.1"))


@pytest.mark.parametrize("version", ["0.9", "1.2", "2.0", "9.9"], ids=lambda text: f"H38-{text}")
def test_other_versions_are_not_spoken(site, version):
    assert site.reason(site.expect_refused(with_line(f"GET /pub/x HTTP/{version}"), 505)) == "version_not_supported"


def test_H144_preface_of_http2_is_not_http1(site):
    site.expect_refused(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400, 505)


def test_H38_one_empty_line_before_a_request_is_skipped(site):
    site.expect_forwarded(b"\r\n" + request("/pub/x"))


def test_H33_high_bytes_in_other_fields_pass_as_they_are(site):
    got = site.expect_forwarded(with_field("X-Other: \xc3\xa4\x85\xa0"))
    assert got.one("x-other") == "\xc3\xa4\x85\xa0"


DOUBLED = ["Content-Type: a/b", "Content-Encoding: gzip", "Upgrade: x", "Expect: 100-continue", "Host: g",
           "Sec-WebSocket-Key: x", "Content-Length: 0"]


@pytest.mark.parametrize("field", DOUBLED, ids=[f"H39-{text.split(':')[0]}" for text in DOUBLED])
def test_doubled_singleton_is_refused(site, field):
    site.expect_refused(with_field(f"{field}\r\n{field}"))


@pytest.mark.parametrize("count", [101, 500], ids=lambda count: f"H35-{count}")
def test_too_many_fields_are_refused(site, count):
    data = request("/pub/x", fields="X: y\r\n" * (count - 1))
    assert site.reason(site.expect_refused(data, 431)) == "head_too_large"


def test_H35_a_hundred_fields_pass(site):
    got = site.expect_forwarded(request("/pub/x", fields="X: y\r\n" * 99))
    assert len(got.all("x")) == 99


@pytest.mark.parametrize("size", [9000, 16384, 65536, 100000, 1000000], ids=lambda size: f"H35-{size}")
def test_large_field_is_refused(site, size):
    with Client(site.port, with_field("X: " + "a" * size)) as client:
        response = client.final_response()
        assert response.status == 431 and response.one("connection") == "close"
    assert site.fence() == []


def test_H35_head_of_exactly_the_limit_passes_and_one_byte_more_does_not(site):
    def head(size):
        fields = ["X: " + "a" * 8000, "Z: " + "c" * 8000, "Y: "]
        text = request("/pub/x", fields="\r\n".join(fields) + "\r\n")
        return text.replace(b"Y: ", b"Y: " + b"b" * (size - len(text)))
    assert len(head(16384)) == 16384
    site.expect_forwarded(head(16384))
    site.expect_refused(head(16385), 431)
