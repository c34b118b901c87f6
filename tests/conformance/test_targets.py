"""Request targets: one canonical path, matched and sent; what is ambiguous is refused (threats 2.4).

/own/** is guarded, /pub/** is open, everything else has no route."""

import pytest

from claimgate_testing.site import request


def asking(target, method="GET", host="g"):
    return f"{method} {target} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode("latin-1")


# Decided as the guarded path, or refused.
GUARDED = {
    "H50": ["/pub/../own/x", "/pub/./../own/x", "/pub/%2e%2e/own/x", "/pub/.%2E/own", "/pub/a/../../own/x"],
    "H52": ["//own/x", "/pub//../own/x", "/own//x", "///own/x"],
    "H55": ["/%6fwn/x", "/o%77n/x", "/own/x/", "/own/x."],
}

REFUSED = {
    "H51": ["/pub/..%2fown/x", "/pub%2f..%2fown", "/own%2fx", "/%2f/own", "/pub/%2F"],
    "H53": ["/pub\\..\\own", "/pub/%5c..%5cown", "/own\\x", "/pub/%5Cx"],
    "H54": ["/pub/..;/own/x", "/pub/..;a=b/own/x", "/pub/.;/x", "/pub/;/x"],
    "H56": ["/%00own", "/own%00.html", "/own%0d%0aX:1", "/own%", "/own%zz", "/own%u0061", "/pub/%", "/pub/%1", "/pub/%7f"],
    "H58": ["/\xc0\xae\xc0\xae/own", "/%c0%ae%c0%ae/own", "/%e0%80%ae", "/pub/%ff", "/pub/\xc3\xa4", "/pub/%ed%a0%80"],
    "H59": ["/own#x", "/pub#/../own", "/pub?x#y", "admin", "?x", "pub/x"],
    "H60": ["*"],
    "H61": ["http://other/pub/x", "http://user@g/pub/x", "ftp://g/pub/x", "http://127.0.0.1:9/", "http:///own",
            "http://g:81/pub/x", "http:/pub/x", "http://"],
    "above-root": ["/..", "/../own/x", "/pub/../../own/x"],
}


def cases(table):
    return [pytest.param(target, id=f"{number}-{target!r}") for number, targets in table.items() for target in targets]


@pytest.mark.parametrize("target", cases(GUARDED))
def test_detour_to_a_guarded_path_is_guarded(site, target):
    response = site.expect_answered(asking(target), 400, 401)
    assert response.status == 400 or site.log_line(response)["route"] == "own"


@pytest.mark.parametrize("target", cases(REFUSED))
def test_ambiguous_target_is_refused(site, target):
    response = site.expect_answered(asking(target), 400)
    assert site.reason(response) in ("bad_target", "bad_request")


@pytest.mark.parametrize("target, sent", [
    ("/pub/a%2Db%7e", "/pub/a-b~"),
    ("/pub/%c3%a4", "/pub/%C3%A4"),
    ("/pub/%252e%252e/own", "/pub/%252e%252e/own"),
    ("/pub/%25%32%66", "/pub/%252f"),
    ("/pub/x;jsessionid=1", "/pub/x;jsessionid=1"),
    ("/pub/a//b/./c/../d", "/pub/a/b/d"),
    ("/pub/%ef%bc%8fx", "/pub/%EF%BC%8Fx"),
    ("/pub/x?/../own", "/pub/x?/../own"),
    ("/pub/x?x=/own&y=%2f%5c", "/pub/x?x=/own&y=%2f%5c"),
    ("/pub/x?", "/pub/x?"),
    ("/own/../pub/x", "/pub/x"),
    ("http://g/pub/x?y", "/pub/x?y"),
    ("HTTP://G/pub/x", "/pub/x"),
])
def test_one_form_is_sent(site, target, sent):
    got = site.expect_forwarded(asking(target))
    assert got.start == f"GET {sent} HTTP/1.1"
    assert site.fence()[0] == sent


@pytest.mark.parametrize("target", ["/OWN/x", "/PUB/x", "/treasure", "/", "/public/x", "/own%20/x"])
def test_H55_other_paths_have_no_route(site, target):
    assert site.reason(site.expect_answered(asking(target), 404)) == "no_route"


def test_H57_path_is_never_decoded_twice(site):
    token = site.a.token(site.keys.rs, "RS256")
    got = site.expect_forwarded(request("/own/%252e%252e%252fpub", token))
    assert got.start == "GET /own/%252e%252e%252fpub HTTP/1.1"


@pytest.mark.parametrize("target", ["*", "*/x"])
def test_H60_options_of_everything_is_no_request_for_an_upstream(site, target):
    statuses = (204, 400, 404) if target == "*" else (400,)
    site.expect_answered(asking(target, "OPTIONS"), *statuses)


@pytest.mark.parametrize("target", ["x:443", "/", "/pub/x", "g:80"])
def test_H62_no_tunnel_is_opened(site, target):
    site.expect_refused(asking(target, "CONNECT"), 400, 405, 501)


def test_H62_authority_form_is_for_connect_only(site):
    site.expect_answered(asking("x:443"), 400, 405, 501)


@pytest.mark.parametrize("size", [8193, 12000, 65536, 1000000], ids=lambda size: f"H64-{size}")
def test_long_target_is_refused(site, size):
    response = site.expect_answered(asking("/pub/" + "a" * (size - 5)), 414, 431)
    assert site.reason(response) == "target_too_long"


def test_H64_longest_target_passes(site):
    target = "/pub/" + "a" * 8187
    assert site.expect_forwarded(asking(target)).start.split(" ")[1] == target


@pytest.mark.parametrize("target", ["/pub/" + "a/" * 4000, "/pub/" + "a/../" * 1600 + "x"], ids=["H64-segments", "H64-dots"])
def test_target_of_many_segments_is_normalised(site, target):
    site.expect_forwarded(asking(target))


def test_H64_climbing_target_is_refused(site):
    site.expect_answered(asking("/pub/" + "../" * 2700 + "own"), 400)


@pytest.mark.parametrize("path", ["/customers/bob/x", "/customers/%61da%20/x", "/customers/ada%00/x", "/customers/Ada/x",
                                  "/customers//x", "/customers/ada;/x"])
def test_J145_another_customers_path_is_denied(site, path):
    token = site.a.token(site.keys.rs, "RS256", sub="ada")
    site.expect_answered(request(path, token), 400, 403, 404)


@pytest.mark.parametrize("path", ["/customers/ada/x", "/customers/%61%64%61/x"])
def test_J145_own_path_is_allowed_in_every_spelling(site, path):
    token = site.a.token(site.keys.rs, "RS256", sub="ada")
    assert site.expect_forwarded(request(path, token)).start == "GET /customers/ada/x HTTP/1.1"


def test_J145_numbers_are_not_texts(site):
    site.expect_answered(request("/customers/42/x", site.a.token(site.keys.rs, "RS256", sub=42)), 401, 403)
