"""When a token holds (threats 1.7)."""

import time

import pytest

from claimgate_testing.tokens import Null, as_bytes, sign

LEEWAY = 30
TIME = ("token_malformed", "claim_missing")


def now():
    return int(time.time())


def raw(site, name, text):
    """A token with this claim written exactly so."""
    claims = as_bytes(site.a.claims(**{name: None}))
    return sign(site.keys.ed, "EdDSA", site.a.header(site.keys.ed, "EdDSA"),
                b"{" + f'"{name}":{text},'.encode() + claims[1:])


def test_J120_expired_means_leeway_after_exp(site):
    site.expect_denied(site.a.token(site.keys.ed, "EdDSA", iat=None, exp=now() - LEEWAY - 1), "token_expired")
    site.expect_denied(site.a.token(site.keys.ed, "EdDSA", iat=None, exp=now() - LEEWAY), "token_expired")
    site.expect_allowed(site.a.token(site.keys.ed, "EdDSA", iat=None, exp=now() - LEEWAY + 10))
    site.expect_allowed(site.a.token(site.keys.ed, "EdDSA", exp=now() + 10))


BAD_TIMES = {"missing": None, "null": Null, "text": "1999999999", "true": True, "list": [1], "object": {}, "empty": ""}


@pytest.mark.parametrize("value", BAD_TIMES.values(), ids=[f"J121-{name}" for name in BAD_TIMES])
def test_exp_is_a_number_and_must_be_there(site, value):
    site.expect_denied(site.a.token(site.keys.ed, "EdDSA", exp=value), *TIME)


@pytest.mark.parametrize("text", ["-1", "0", "-0", "1.5e9", "1", "-1e300", "1e-5"], ids=lambda text: f"J122-{text}")
def test_exp_in_the_past_is_past_however_written(site, text):
    site.expect_denied(raw(site, "exp", text), "token_expired", "token_malformed", "claim_missing")


def test_J122_fractions_and_exponents_are_numbers(site):
    soon = now() + 300
    for text in (f"{soon}.5", f"{soon}e0", f"{soon / 10}e1", f"{soon}.000"):
        site.expect_allowed(raw(site, "exp", text))


FAR = {"2^53+1": 2**53 + 1, "2^63-1": 2**63 - 1, "2^63": 2**63, "2^64": 2**64, "2^64+now": 2**64 + int(time.time()) + 300}


@pytest.mark.parametrize("value", FAR.values(), ids=[f"J123-{name}" for name in FAR])
def test_exp_beyond_any_lifetime_is_refused(site, value):
    site.expect_denied(site.a.token(site.keys.ed, "EdDSA", exp=value), "token_lifetime", *TIME)


@pytest.mark.parametrize("text", ["1e18", "1e308", "1e400", "9" * 400], ids=lambda text: f"J123-{text[:8]}")
def test_exp_without_bound_is_refused(site, text):
    site.expect_denied(raw(site, "exp", text), "token_lifetime", *TIME)


def test_J123_lifetime_of_the_issuer_is_kept(site):
    good = {"header": {"typ": "at+jwt"}, "jti": "1"}
    site.expect_allowed(site.strict.token(site.keys.rs, "RS256", exp=now() + 3000, **good))
    site.expect_denied(site.strict.token(site.keys.rs, "RS256", exp=now() + 4000, **good), "token_lifetime")


def test_J124_nbf_is_kept_with_leeway(site):
    site.expect_denied(site.a.token(site.keys.ed, "EdDSA", nbf=now() + LEEWAY + 10), "token_not_yet_valid")
    site.expect_allowed(site.a.token(site.keys.ed, "EdDSA", nbf=now() + LEEWAY - 10))
    site.expect_allowed(site.a.token(site.keys.ed, "EdDSA", nbf=now() - 10))


@pytest.mark.parametrize("name", ["nbf", "iat"])
@pytest.mark.parametrize("value", [v for k, v in BAD_TIMES.items() if k != "missing"],
                         ids=[f"J124-{name}" for name in BAD_TIMES if name != "missing"])
def test_other_times_are_numbers(site, name, value):
    site.expect_denied(site.a.token(site.keys.ed, "EdDSA", **{name: value}), *TIME)


def test_J124_nbf_beyond_any_range_is_not_yet(site):
    for value in (2**63, 2**64, 10**30):
        site.expect_denied(site.a.token(site.keys.ed, "EdDSA", nbf=value), "token_not_yet_valid", *TIME)


def test_J125_iat_in_the_future_is_refused(site):
    site.expect_denied(site.a.token(site.keys.ed, "EdDSA", iat=now() + LEEWAY + 10), "token_issued_in_future")
    site.expect_allowed(site.a.token(site.keys.ed, "EdDSA", iat=now() + 10))
    site.expect_allowed(site.a.token(site.keys.ed, "EdDSA", iat=None))
    site.expect_denied(site.a.token(site.keys.ed, "EdDSA", iat=now(), exp=now() - 10))


def test_J182_cached_token_expires(site):
    """The same bytes, believed until they are too old."""
    token = site.a.token(site.keys.ed, "EdDSA", iat=None, exp=now() - LEEWAY + 2)
    assert site.get("/own/x", token).status == 200
    end = time.monotonic() + 10
    while (response := site.get("/own/x", token)).status == 200:
        assert time.monotonic() < end, "never expired"
    assert response.status == 401
    assert site.reason(response) == "token_expired"
