"""Which key is taken (threats 1.3)."""

import socket

import pytest

from claimgate_testing.tokens import Null, b64, sign, spare_rsa_key

KIDS = {"path": "../../../../dev/null", "proc": "/proc/self/environ", "encoded": "keys/%2e%2e/x",
        "sql": "x' UNION SELECT 'k", "shell": "|sleep 5", "star": "*", "nul": "a-rs\0", "300": "k" * 300,
        "4000": "k" * 4000, "case": "A-RS", "space": "a-rs "}
ODD_KIDS = {"number": 1, "list": ["a-rs"], "object": {"kid": "a-rs"}, "null": Null, "boolean": True}


@pytest.mark.parametrize("kid", KIDS.values(), ids=[f"J40-{name}" for name in KIDS])
def test_kid_names_a_key_or_nothing(site, kid):
    site.expect_denied(site.a.token(site.keys.rs, "RS256", {"kid": kid}), "unknown_key", "token_malformed",
                       "token_too_large")


@pytest.mark.parametrize("kid", ODD_KIDS.values(), ids=[f"J40-{name}" for name in ODD_KIDS])
def test_kid_is_a_text(site, kid):
    site.expect_denied(site.a.token(site.keys.rs, "RS256", {"kid": kid}), "token_malformed")


def test_J41_flood_of_unknown_kids_is_refused(site):
    for number in range(300):
        assert site.get("/own/x", site.a.token(site.keys.ed, "EdDSA", {"kid": f"kid-{number}"})).status == 401
    assert site.fence() == []
    site.expect_allowed(site.a.token(site.keys.ed, "EdDSA"))


def test_J43_without_kid_the_only_key_that_fits_is_taken(site):
    site.expect_allowed(site.b.token(site.keys.other_rs, "RS256", {"kid": None}))
    site.expect_allowed(site.a.token(site.keys.es384, "ES384", {"kid": None}))


def test_J43_without_kid_a_stranger_is_refused(site):
    site.expect_denied(site.a.token(spare_rsa_key(), "RS256", {"kid": None}), "bad_signature", "unknown_key")


@pytest.mark.parametrize("kid", ["a-rs", None, "evil"])
def test_J45_key_in_the_header_is_not_believed(site, kid):
    key = spare_rsa_key()
    header = {"alg": "RS256", "jwk": key.jwk(), **({"kid": kid} if kid else {})}
    site.expect_denied(sign(key, "RS256", header, site.a.claims()), "bad_signature", "unknown_key")


@pytest.fixture()
def trap():
    """A listener that must never be called."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        yield listener
        with pytest.raises(BlockingIOError):
            listener.accept()


@pytest.mark.parametrize("member", ["jku", "x5u"])
@pytest.mark.parametrize("url", ["http://127.0.0.1:{port}/", "https://a.example@127.0.0.1:{port}/", "https://a.example.evil/",
                                 "file:///etc/passwd", "http://169.254.169.254/", "//127.0.0.1:{port}"])
def test_J46_urls_in_the_header_are_not_followed(site, trap, member, url):
    url = url.format(port=trap.getsockname()[1])
    site.expect_denied(site.a.token(spare_rsa_key(), "RS256", {member: url}), "unknown_key")
    site.expect_denied(site.a.token(spare_rsa_key(), "RS256", {member: url, "kid": "a-rs"}), "bad_signature")
    site.expect_allowed(site.a.token(site.keys.rs, "RS256", {member: url}))


def test_J47_certificates_in_the_header_are_not_believed(site):
    key = spare_rsa_key()
    for extra in ({"x5c": ["MIIB"]}, {"x5t": b64(b"x" * 20)}, {"x5t#S256": b64(b"x" * 32)}):
        site.expect_denied(site.a.token(key, "RS256", {**extra, "kid": "a-rs"}), "bad_signature")


def test_J48_key_of_another_issuer_does_not_fit(site):
    for kid in ("a-rs", "b-rs", None):
        site.expect_denied(site.a.token(site.keys.other_rs, "RS256", {"kid": kid}), "bad_signature", "unknown_key")
        site.expect_denied(site.b.token(site.keys.rs, "RS256", {"kid": kid}), "bad_signature", "unknown_key")


def test_J48_token_of_an_issuer_that_the_route_does_not_name_is_refused(site):
    site.expect_denied(site.a.token(site.keys.rs, "RS256"), "issuer_not_accepted", target="/only-b/x")
    site.expect_allowed(site.b.token(site.keys.other_rs, "RS256"), target="/only-b/x")


ISSUERS = {"missing": None, "null": Null, "list": ["https://a.example", "https://b.example"], "list-of-one":
           ["https://a.example"], "slash": "https://a.example/", "upper": "HTTPS://A.EXAMPLE", "prefix": "https://a.exampl",
           "suffix": "https://a.example.evil", "nul": "https://a.example\0", "homoglyph": "https://\u0430.example",
           "empty": "", "number": 1, "object": {"iss": "https://a.example"}, "space": " https://a.example",
           "path": "https://a.example/x", "scheme": "http://a.example", "unknown": "https://c.example"}


@pytest.mark.parametrize("issuer", ISSUERS.values(), ids=[f"J49-{name}" for name in ISSUERS])
def test_issuer_is_compared_byte_by_byte(site, issuer):
    site.expect_denied(site.a.token(site.keys.rs, "RS256", iss=issuer), "unknown_issuer", "token_malformed", "claim_missing")
