"""Methods, Expect and what overrides them (threats 2.7), and upgrades (2.9)."""

import pytest

from claimgate_testing.raw import Client
from claimgate_testing.site import request

OVERRIDES = ["X-HTTP-Method-Override", "X-Method-Override", "X-HTTP-Method"]


def asking(method, target="/posts"):
    return f"{method} {target} HTTP/1.1\r\nHost: g\r\n\r\n".encode("latin-1")


@pytest.mark.parametrize("method", ["post", "Post", "G!#$", "DEBUG", "A" * 32, "GET", "HEAD", "POSTS"],
                         ids=lambda method: f"H95-{method}")
def test_method_that_the_route_does_not_name_is_not_allowed(site, method):
    response = site.expect_answered(asking(method), 405, method=method)
    assert "POST" in response.one("allow")


@pytest.mark.parametrize("method", ["A" * 33, "A" * 100, "A" * 100000], ids=["H95-33", "H95-100", "H95-100000"])
def test_long_method_is_not_implemented(site, method):
    response = site.expect_answered(asking(method), 501)
    assert response.one("connection") == "close"


def test_H95_trace_is_off(site):
    site.expect_refused(asking("TRACE", "/pub/x"), 405, 501)


@pytest.mark.parametrize("method", ["TRACK", "PRI", "PROPFIND"], ids=lambda method: f"H95-{method}")
def test_unusual_methods_are_off_where_no_route_names_them(site, method):
    site.expect_answered(asking(method, "/pub/x"), 405, 501)


@pytest.mark.parametrize("method", ["GET\0", "GE(T", "G\xe4T", ""], ids=lambda method: f"H95-{method!r}")
def test_method_that_is_no_token_is_refused(site, method):
    site.expect_refused(asking(method, "/pub/x"))


@pytest.mark.parametrize("name", OVERRIDES, ids=[f"H96-{name}" for name in OVERRIDES])
def test_override_changes_nothing_and_is_removed(site, name):
    site.expect_answered(request("/posts", fields=f"{name}: POST\r\n"), 405)
    got = site.expect_forwarded(request("/posts", fields=f"{name}: DELETE\r\nContent-Length: 0\r\n", method="POST"))
    assert b"DELETE" not in got.raw


def expecting(value, target="/pub/x", token=None, version="1.1"):
    return request(target, token, f"Expect: {value}\r\nContent-Length: 5\r\n", "POST", version=version)


@pytest.mark.parametrize("value", ["100-continue", "100-Continue", "\t100-continue"], ids=lambda value: f"H97-{value!r}")
def test_continue_is_answered_by_the_gateway(site, value):
    with Client(site.port, expecting(value)) as client:
        assert client.response().status == 100
        client.send(b"hello")
        assert client.response().status == 200
    site.fence()
    got = site.origin.requests[0]
    assert got.body == b"hello" and got.all("expect") == []


def test_H97_no_continue_for_a_request_that_is_refused(site):
    with Client(site.port, expecting("100-continue", "/own/x")) as client:
        response = client.response()
        assert response.status == 401 and response.one("connection") == "close"
        client.expect_end()
    assert site.fence() == []


def test_H97_body_that_did_not_wait_is_taken(site):
    with Client(site.port, expecting("100-continue") + b"hello") as client:
        assert client.final_response().status == 200
    site.fence()
    assert site.origin.requests[0].body == b"hello"


def test_H97_continue_means_nothing_in_http10(site):
    with Client(site.port, expecting("100-continue", version="1.0") + b"hello") as client:
        assert client.response().status == 200
    site.fence()
    assert site.origin.requests[0].body == b"hello"


@pytest.mark.parametrize("value", ["200-ok", "y 100-continue", "100-continue, x", ""], ids=lambda value: f"H97-{value!r}")
def test_other_expectation_fails(site, value):
    assert site.reason(site.expect_refused(expecting(value) + b"hello", 417)) == "expectation_failed"


def test_H98_many_ranges_are_bounded(site):
    ranges = "bytes=" + ",".join(["0-"] * 1000)
    got = site.expect_forwarded(request("/pub/x", fields=f"Range: {ranges}\r\n"))
    assert got.one("range") in (None, ranges)


@pytest.mark.parametrize("fields", [
    "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n",
    "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n",
    "Connection: Upgrade\r\nUpgrade: foo\r\n",
], ids=["H110-h2c", "H111-websocket", "H112-foo"])
def test_upgrade_is_not_passed_on(site, fields):
    got = site.expect_forwarded(request("/pub/x", fields=fields))
    assert got.all("upgrade") == [] and got.all("connection") == [] and got.all("http2-settings") == []


def test_H111_request_behind_an_upgrade_is_a_request(site):
    data = request("/pub/x", fields="Connection: Upgrade\r\nUpgrade: websocket\r\n") + request("/own/x")
    with Client(site.port, data) as client:
        assert client.final_response().status == 200
        assert client.final_response().status == 401
    assert site.fence() == ["/pub/x"]


def test_H113_websocket_to_a_guarded_route_needs_a_token(site):
    site.expect_answered(request("/own/x", fields="Connection: Upgrade\r\nUpgrade: websocket\r\n"), 401)
