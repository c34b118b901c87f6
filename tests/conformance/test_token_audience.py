"""Whom a token is for, and what kind of token it is (threats 1.8)."""

import pytest

from claimgate_testing.site import request
from claimgate_testing.tokens import Null

BAD = {"missing": None, "null": Null, "empty": "", "empty-list": [], "other": ["other"], "space": "api://gw ",
       "upper": "API://GW", "path": "api://gw/x", "prefix": "api://g", "object": {"aud": "api://gw"}, "number": 1,
       "list-with-number": [1, 2], "nul": "api://gw\0", "nested": [["api://gw"]], "many-others": ["x"] * 200}


@pytest.mark.parametrize("audience", BAD.values(), ids=[f"J140-{name}" for name in BAD])
def test_token_for_others_is_refused(site, audience):
    site.expect_denied(site.a.token(site.keys.ed, "EdDSA", aud=audience), "bad_audience", "claim_missing", "token_malformed")


def test_J141_one_of_several_audiences_is_enough(site):
    site.expect_allowed(site.a.token(site.keys.ed, "EdDSA", aud="api://gw"))
    site.expect_allowed(site.a.token(site.keys.ed, "EdDSA", aud=["x", "api://gw"]))


def test_J142_id_token_is_no_access_token(site):
    claims = {"nonce": "n", "at_hash": "h", "aud": "client-id"}
    site.expect_denied(site.a.token(site.keys.ed, "EdDSA", **claims), "bad_audience")


@pytest.mark.parametrize("typ", ["at+jwt", "application/at+jwt", "AT+JWT", "Application/At+Jwt"])
def test_J143_type_is_compared_as_a_media_type(site, typ):
    site.expect_allowed(site.strict.token(site.keys.rs, "RS256", {"typ": typ}, jti="1"))


@pytest.mark.parametrize("typ", ["JWT", None, "logout+jwt", "secevent+jwt", "dpop+jwt", 5, "at+jwt ", "at+jwtx", "", Null,
                                 ["at+jwt"], "text/at+jwt", "application/application/at+jwt"], ids=lambda typ: f"J143-{typ!r}"[:40])
def test_type_that_the_issuer_does_not_give_is_refused(site, typ):
    site.expect_denied(site.strict.token(site.keys.rs, "RS256", {"typ": typ}, jti="1"), "bad_type", "token_malformed")


@pytest.mark.parametrize("typ", ["logout+jwt", "secevent+jwt", "dpop+jwt", "token-introspection+jwt", "client-authentication+jwt"])
def test_J144_tokens_of_another_kind_are_refused(site, typ):
    site.expect_denied(site.a.token(site.keys.ed, "EdDSA", {"typ": typ}), "bad_type")


def test_required_claims_must_be_there(site):
    site.expect_denied(site.strict.token(site.keys.rs, "RS256", {"typ": "at+jwt"}), "claim_missing")


SCOPES = {"longer-name": "orders:readwrite", "shorter-name": "orders:rea", "other": "orders:write", "upper": "ORDERS:READ",
          "nbsp": "x\u00a0orders:read", "tab": "x\torders:read", "comma": "x,orders:read", "empty": "", "missing": None,
          "object": {"orders:read": True}, "list-of-other": ["orders:write"]}


@pytest.mark.parametrize("scope", SCOPES.values(), ids=[f"J146-{name}" for name in SCOPES])
def test_scope_that_is_not_granted_is_denied(site, scope):
    token = site.a.token(site.keys.ed, "EdDSA", scope=scope)
    response = site.expect_answered(request("/scoped/x", token), 403)
    assert 'error="insufficient_scope"' in response.one("www-authenticate")
    assert site.reason(response) == "insufficient_scope"


@pytest.mark.parametrize("scope", ["orders:read", "a orders:read b", "a  orders:read", ["orders:read"], ["a", "orders:read"],
                                   "orders:read orders:read"], ids=lambda scope: f"J146-{scope}")
def test_granted_scope_is_allowed(site, scope):
    site.expect_allowed(site.a.token(site.keys.ed, "EdDSA", scope=scope), target="/scoped/x")


@pytest.mark.parametrize("binding", [{"jkt": "x"}, {"x5t#S256": "x"}, {"jwk": {}}, {}, "x", Null])
def test_J147_bound_token_is_no_bearer_token(site, binding):
    site.expect_denied(site.a.token(site.keys.ed, "EdDSA", cnf=binding), "token_bound", "token_malformed", "claim_missing")
