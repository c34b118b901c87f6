"""How a token is carried (threats 1.9), and proofs that are remembered (1.10)."""

import pytest

from claimgate_testing.raw import Client
from claimgate_testing.site import request
from claimgate_testing.tokens import as_bytes, b64, sign


@pytest.fixture()
def token(site):
    return site.a.token(site.keys.rs, "RS256")


@pytest.mark.parametrize("fields", ["", "Authorization:\r\n", "Authorization: Basic eDp5\r\n", "Authorization: Bearerx y\r\n",
                                    "Authorization: Digest a=b\r\n"], ids=lambda fields: f"J160-{fields.strip()!r}")
def test_without_a_token_there_is_no_error_to_tell(site, fields):
    response = site.expect_answered(request("/own/x", fields=fields), 401)
    challenge = response.one("www-authenticate")
    assert challenge.startswith("Bearer") and "error" not in challenge
    assert site.reason(response) == "token_missing"


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER", "bEaReR"])
def test_J161_scheme_knows_no_case(site, token, scheme):
    site.expect_forwarded(request("/own/x", fields=f"Authorization: {scheme} {token}\r\n"))


@pytest.mark.parametrize("second", ["Authorization: Bearer {}", "authorization: Bearer {}", "AUTHORIZATION: Bearer x.y.z",
                                    "Authorization: Basic eDp5", "Authorization:"], ids=lambda text: f"J162-{text}")
@pytest.mark.parametrize("target", ["/own/x", "/maybe/x"])
def test_two_authorization_fields_are_a_bad_request(site, token, second, target):
    for fields in (f"Authorization: Bearer {token}\r\n{second}\r\n", f"{second}\r\nAuthorization: Bearer {token}\r\n"):
        response = site.expect_answered(request(target, fields=fields.replace("{}", token)), 400)
        assert site.reason(response) == "several_tokens"


def test_J163_token_in_the_query_body_or_cookie_is_data(site, token):
    site.expect_answered(request(f"/own/x?access_token={token}"), 401)
    site.expect_answered(request("/own/x", fields=f"Cookie: access_token={token}\r\n"), 401)
    body = f"access_token={token}".encode()
    fields = f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
    site.expect_answered(request("/own/x", fields=fields, method="POST", body=body), 401)


@pytest.mark.parametrize("fold", ["\r\n ", "\r\n\t"])
def test_J164_folded_token_is_refused(site, token, fold):
    site.expect_refused(request("/own/x", fields=f"Authorization: Bearer{fold}{token}\r\n"))


@pytest.mark.parametrize("name", ["Proxy-Authorization", "X-Authorization", "Authorization_", "X-Access-Token", "Authorizatio"])
def test_J167_other_fields_hold_no_token(site, token, name):
    site.expect_answered(request("/own/x", fields=f"{name}: Bearer {token}\r\n"), 401)


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "POST", "DELETE", "PATCH"])
def test_J168_every_method_needs_the_token(site, token, method):
    response = site.expect_answered(request("/own/x", method=method), 401, method=method)
    assert response.one("www-authenticate")
    site.expect_forwarded(request("/own/x", token, method=method), method)


def test_J169_refusal_in_http10_ends_the_connection(site):
    with Client(site.port, request("/own/x", version="1.0")) as client:
        assert client.response().status == 401
        client.expect_end()


def test_J170_challenge_echoes_nothing(site):
    header = {"alg": "RS256", "kid": 'evil", error="x'}
    token = sign(site.keys.rs, "RS256", header, site.a.claims(sub='evil"', scope="evil"))
    assert "evil" not in site.expect_denied(token).raw.decode("latin-1")


def test_optional_route_takes_no_bad_token(site, token):
    site.expect_forwarded(request("/maybe/x"))
    site.expect_forwarded(request("/maybe/x", token))
    site.expect_denied(token[:-8] + "AAAAAAAA", "bad_signature", target="/maybe/x")


def test_public_route_looks_for_no_token(site):
    site.expect_forwarded(request("/pub/x", "not.a.token"))


# ---------------------------------------------------------------- proofs that are remembered


def test_J180_remembered_token_is_judged_anew_on_each_route(site, token):
    site.expect_allowed(token)
    line = site.log_line(site.get("/own/x", token))
    assert line["proof"] == "cached"
    site.expect_denied(token, "issuer_not_accepted", target="/only-b/x")
    site.expect_answered(request("/scoped/x", token), 403)
    site.expect_answered(request("/customers/bob/x", token), 403)


def test_J181_what_looks_like_a_remembered_token_is_another(site, token):
    site.expect_allowed(token)
    header, claims, signature = token.split(".")
    other = b64(as_bytes(site.a.claims(sub="root")))
    for wrong in (f"{header}.{other}.{signature}", f"{header}.{claims}.{signature[:-3]}AAA", token[:-1], token + "A",
                  f"{header}.{claims}.{signature[::-1]}"):
        site.expect_denied(wrong, "bad_signature", "token_malformed")
    site.expect_allowed(token)


def test_J184_refusals_are_not_remembered(site, token):
    wrong = token[:-8] + "AAAAAAAA"
    for _ in range(3):
        site.expect_denied(wrong, "bad_signature")
    site.expect_allowed(token)


def test_J185_many_tokens_do_not_confuse_each_other(site):
    tokens = [(f"user{number}", site.a.token(site.keys.ed, "EdDSA", sub=f"user{number}")) for number in range(200)]
    for _ in range(2):
        for name, one in tokens:
            assert site.get("/own/x", one).status == 200
            assert site.origin.requests[-1].one("x-customer") == name
