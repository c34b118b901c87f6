"""Host and what claims to be it (threats 2.5)."""

import pytest

from claimgate_testing.site import request


def to(host, target="/pub/x", version="1.1"):
    return f"GET {target} HTTP/{version}\r\nHost: {host}\r\n\r\n".encode("latin-1")


BAD = ["", "a, b", "a,b", "g/x", "u@g", "g:", "g:0", "g:99999", "g:80:80", "g:8x", "[::1", "[::1]x", "[fe80::1%eth0]", "g\x00",
       "g h", "g?x", "g#x", "..", "a..b", "g\xe4", "%67", "*", "http://g"]


@pytest.mark.parametrize("host", BAD, ids=[f"H70-{host!r}" for host in BAD])
def test_host_that_is_no_authority_is_refused(site, host):
    site.expect_refused(to(host))


@pytest.mark.parametrize("data", [
    b"GET /pub/x HTTP/1.1\r\n\r\n",
    b"GET /pub/x HTTP/1.1\r\nHost: g\r\nHost: g\r\n\r\n",
    b"GET /pub/x HTTP/1.1\r\nHost: g\r\nhost: other\r\n\r\n",
    b"GET /pub/x HTTP/1.0\r\nHost: g\r\nHost: g\r\n\r\n",
], ids=["H70-none", "H70-twice", "H70-different", "H70-twice-in-1.0"])
def test_there_is_exactly_one_host(site, data):
    site.expect_refused(data)


@pytest.mark.parametrize("host", ["a.example", "A.EXAMPLE", "a.example.", "a.example:80", "A.Example.:80"],
                         ids=lambda host: f"H71-{host}")
def test_host_is_normalised_before_it_routes(site, host):
    got = site.expect_forwarded(to(host, "/hosted/x"))
    assert got.one("host") == "a.example"


def test_H71_a_port_of_its_own_stays(site):
    assert site.expect_forwarded(to("A.Example.:8080", "/hosted/x")).one("host") == "a.example:8080"


@pytest.mark.parametrize("host", ["b.example", "a.example.evil", "xa.example", "example", "127.0.0.1", "[::1]:80"])
def test_other_hosts_have_other_routes(site, host):
    assert site.reason(site.expect_answered(to(host, "/hosted/x"), 404)) == "no_route"


SAYING = ["X-Forwarded-Host", "X-Host", "X-Original-URL", "X-Rewrite-URL", "X-Forwarded-Uri", "X-Envoy-Original-Path",
          "X-Original-Host", "X-HTTP-Host-Override"]


@pytest.mark.parametrize("name", SAYING, ids=[f"H73-{name}" for name in SAYING])
def test_what_says_to_be_host_or_path_routes_nothing(site, name):
    for value in ("a.example", "/own/x"):
        site.expect_answered(request("/hosted/x", fields=f"{name}: {value}\r\n"), 404)
        site.expect_answered(request("/own/x", fields=f"{name}: /pub/x\r\n"), 401)


@pytest.mark.parametrize("name", SAYING[:6], ids=[f"H73-{name}" for name in SAYING[:6]])
def test_what_says_to_be_host_or_path_is_not_forwarded(site, name):
    got = site.expect_forwarded(request("/pub/x", fields=f"{name}: evil.example\r\n"))
    assert b"evil.example" not in got.raw


def test_H73_forwarded_is_not_forwarded(site):
    got = site.expect_forwarded(request("/pub/x", fields="Forwarded: for=1.2.3.4;host=evil.example;proto=https\r\n"))
    assert b"evil" not in got.raw


def test_host_is_passed_on_in_http10_too(site):
    got = site.expect_forwarded(to("a.example", "/hosted/x", "1.0"))
    assert got.one("host") == "a.example"


def test_http10_without_host_gets_one(site):
    got = site.expect_forwarded(b"GET /pub/x HTTP/1.0\r\n\r\n")
    assert got.one("host")
