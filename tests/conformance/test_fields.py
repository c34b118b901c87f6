"""Hop-by-hop and identity fields (threats 2.6)."""

import pytest

from claimgate_testing.site import request

NAMES = ["X-Customer", "x-customer", "X_Customer", "X.Customer", "X-CUSTOMER", "X_CUSTOMER", "x-Customer"]


@pytest.fixture()
def token(site):
    return site.a.token(site.keys.rs, "RS256")


@pytest.mark.parametrize("options", ["close, X-Customer", "X-Customer", "keep-alive, x-customer", "X-CUSTOMER,x-customer"])
def test_H80_identity_survives_being_named_in_connection(site, token, options):
    got = site.expect_forwarded(request("/own/x", token, f"Connection: {options}\r\n"))
    assert got.one("x-customer") == "ada"


def test_H81_connection_cannot_take_framing_host_or_forwarding_away(site):
    fields = ("Connection: Authorization, Host, Content-Length, Transfer-Encoding, Cookie, X-Forwarded-For\r\n"
              "Content-Length: 5\r\nCookie: a=b\r\n")
    got = site.expect_forwarded(request("/pub/x", fields=fields, method="POST", body=b"hello"))
    assert got.one("host") == "g" and got.body == b"hello"
    assert got.one("x-forwarded-for") == "127.0.0.1"
    assert got.all("cookie") == []


def test_H81_connection_cannot_take_the_token_away(site, token):
    site.expect_forwarded(request("/own/x", token, "Connection: Authorization\r\n"))
    site.expect_answered(request("/own/x", fields="Connection: Authorization\r\n"), 401)


def test_H82_long_connection_lists_are_bounded(site):
    got = site.expect_forwarded(request("/pub/x", fields="Connection: " + "keep-alive, x, " * 500 + "y\r\n"))
    assert got.all("connection") == []


@pytest.mark.parametrize("value", ['"x"', "close;x", "a b", "close\xa0"], ids=lambda value: f"H82-{value!r}")
def test_bad_connection_options_are_refused(site, value):
    site.expect_refused(request("/pub/x", fields=f"Connection: {value}\r\n"))


HOP = ["Keep-Alive: timeout=1e9", "Proxy-Connection: keep-alive", "TE: trailers, deflate", "Trailer: X", "Upgrade: websocket",
       "HTTP2-Settings: AAMAAABkAAQAAP__", "Proxy-Authenticate: Basic", "Proxy-Authorization: Basic eDp5",
       "Connection: keep-alive"]


@pytest.mark.parametrize("field", HOP, ids=[f"H83-{field.split(':')[0]}" for field in HOP])
def test_hop_by_hop_field_is_not_forwarded(site, field):
    name = field.split(":")[0]
    assert site.expect_forwarded(request("/pub/x", fields=field + "\r\n")).all(name) == []


def test_field_named_in_connection_is_not_forwarded(site):
    fields = "Connection: x-private\r\nX-Private: 1\r\nX-Public: 2\r\n"
    got = site.expect_forwarded(request("/pub/x", fields=fields))
    assert got.all("x-private") == [] and got.one("x-public") == "2"


@pytest.mark.parametrize("name", NAMES, ids=[f"H90-{name}" for name in NAMES])
@pytest.mark.parametrize("target", ["/pub/x", "/maybe/x"])
def test_identity_from_outside_is_removed_on_open_routes(site, name, target):
    got = site.expect_forwarded(request(target, fields=f"{name}: evil\r\n{name}: evil\r\n"))
    assert b"evil" not in got.raw


@pytest.mark.parametrize("name", NAMES, ids=[f"H90-{name}" for name in NAMES])
def test_identity_from_outside_is_replaced(site, token, name):
    got = site.expect_forwarded(request("/own/x", token, f"{name}: evil\r\n"))
    assert got.one("x-customer") == "ada" and b"evil" not in got.raw


def test_H90_space_before_the_colon_is_refused(site):
    site.expect_refused(request("/pub/x", fields="X-Customer : evil\r\n"))


def test_H90_names_with_underscores_are_dropped(site):
    assert b"evil" not in site.expect_forwarded(request("/pub/x", fields="Any_Name: evil\r\n")).raw


FORWARDED = ["X-Forwarded-For: 1.2.3.4", "X-Forwarded-For: 1.2.3.4, 5.6.7.8", "X-Forwarded-Proto: https",
             "X-Forwarded-Port: 1", "X-Real-IP: 1.2.3.4", "Forwarded: for=1.2.3.4;by=5.6.7.8",
             "X-Forwarded-Client-Cert: By=spiffe", "Via: 1.1 evil", "True-Client-IP: 1.2.3.4"]


@pytest.mark.parametrize("field", FORWARDED, ids=[f"H91-{field.split(':')[0]}" for field in FORWARDED])
def test_forwarding_fields_of_a_stranger_are_replaced(site, field):
    got = site.expect_forwarded(request("/pub/x", fields=field + "\r\n"))
    value = field.split(": ")[1]
    assert value not in [value for _, value in got.fields]
    assert got.one("x-forwarded-for") == "127.0.0.1"
    assert got.one("x-forwarded-proto") == "http"


def test_H91_long_chain_is_bounded(site):
    chain = ", ".join(["1.2.3.4"] * 200)
    got = site.expect_forwarded(request("/pub/x", fields=f"X-Forwarded-For: {chain}\r\n"))
    assert got.one("x-forwarded-for") == "127.0.0.1"


@pytest.mark.parametrize("target", ["/own/x", "/maybe/x", "/scoped/x"])
def test_H92_authorization_is_stripped(site, target):
    token = site.a.token(site.keys.rs, "RS256", scope="orders:read")
    got = site.expect_forwarded(request(target, token))
    assert got.all("authorization") == [] and token.encode() not in got.raw


def test_other_fields_pass_in_order(site):
    fields = "Accept: a\r\nX-One: 1\r\nX-Two: 2\r\nX-One: 3\r\nCookie: a=b\r\nRange: bytes=0-1\r\n"
    got = site.expect_forwarded(request("/pub/x", fields=fields))
    assert got.all("x-one") == ["1", "3"]
    assert got.one("cookie") == "a=b" and got.one("range") == "bytes=0-1" and got.one("accept") == "a"
