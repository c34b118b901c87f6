"""Which algorithm a token may name (threats 1.2)."""

import itertools
import json

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from claimgate_testing.tokens import MacKey, Null, assemble, number, sign, spare_rsa_key

REFUSED = ("algorithm_not_allowed", "token_malformed")


@pytest.mark.parametrize("alg", ["none", "None", "NONE", "nOnE", "none ", "NoNe"])
@pytest.mark.parametrize("kid", ["a-rs", None])
@pytest.mark.parametrize("signature", ["empty", "stale"])
def test_J20_none_is_no_algorithm(site, alg, kid, signature):
    header = {"alg": alg, **({"kid": kid} if kid else {})}
    stale = b"" if signature == "empty" else site.keys.rs.sign("RS256", b"stale")
    site.expect_denied(assemble(header, site.a.claims(), stale), *REFUSED)


BAD_ALG = {"missing": None, "empty": "", "null": Null, "list": ["RS256"], "object": {"a": 1}, "number": 256,
           "10kB": "R" * 5000, "nul": "RS256\0", "space": " RS256", "boolean": True}


@pytest.mark.parametrize("alg", BAD_ALG.values(), ids=[f"J21-{name}" for name in BAD_ALG])
def test_alg_is_one_known_name(site, alg):
    site.expect_denied(sign(site.keys.rs, "RS256", site.a.header(site.keys.rs, "RS256", alg=alg), site.a.claims()), *REFUSED,
                       "token_too_large")


def secrets_of(key):
    """Every form in which a public key could be mistaken for a secret."""
    public = key.private.public_key()
    pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    forms = {"PEM": pem, "PEM-no-final-LF": pem.rstrip(b"\n"), "PEM-CRLF": pem.replace(b"\n", b"\r\n"),
             "PEM-space-before": b" " + pem, "DER": public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo),
             "JWK": json.dumps(key.jwk()).encode(), "JWK-compact": json.dumps(key.jwk(), separators=(",", ":")).encode()}
    if "n" in key.jwk():
        forms["PKCS1"] = public.public_bytes(Encoding.DER, PublicFormat.PKCS1)
        forms["modulus"] = public.public_numbers().n.to_bytes(256, "big")
        forms["modulus-text"] = number(public.public_numbers().n).encode()
    else:
        forms["point"] = public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return forms


@pytest.mark.parametrize("alg", ["HS256", "HS384", "HS512"])
@pytest.mark.parametrize("name", ["rs", "es"], ids=["J22-RSA", "J23-EC"])
def test_public_key_is_no_secret(site, alg, name):
    key = getattr(site.keys, name)
    for form, secret in secrets_of(key).items():
        token = sign(MacKey(secret), alg, site.a.header(key, alg), site.a.claims())
        assert site.expect_denied(token, *REFUSED), form


def test_J24_J30_algorithm_and_kind_of_key_belong_together(site):
    """Every key of the set under every algorithm that it was not made for: what it signs with stays its own."""
    keys = {"rs": "RS256", "es": "ES256", "es384": "ES384", "es512": "ES512", "ed": "EdDSA", "ps": "PS256"}
    good_for = {"rs": {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"}, "ps": {"PS256"}, "es": {"ES256"},
                "es384": {"ES384"}, "es512": {"ES512"}, "ed": {"EdDSA", "Ed25519"}}
    algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519",
                  "Ed448"]
    for (name, native), claimed in itertools.product(keys.items(), algorithms):
        key = getattr(site.keys, name)
        token = sign(key, claimed, site.a.header(key, claimed), site.a.claims(), sign_as=native)
        if claimed == native or (claimed in good_for[name] and name == "ed"):
            assert site.get("/own/x", token).status == 200, (name, claimed)
        else:
            assert site.get("/own/x", token).status == 401, (name, claimed)


def test_J24_key_without_alg_takes_what_the_issuer_allows(site):
    for alg in ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"):
        site.expect_allowed(site.a.token(site.keys.rs, alg))


@pytest.mark.parametrize("alg", ["RS256", "RS512", "PS512"])
def test_J25_key_with_alg_takes_that_one_only(site, alg):
    site.expect_denied(site.a.token(site.keys.ps, alg), "algorithm_not_allowed", "unknown_key")


def test_J25_issuers_list_decides(site):
    claims = {"jti": "1"}
    site.expect_allowed(site.strict.token(site.keys.rs, "RS256", {"typ": "at+jwt"}, **claims))
    for alg in ("RS384", "PS256"):
        site.expect_denied(site.strict.token(site.keys.rs, alg, {"typ": "at+jwt"}, **claims), "algorithm_not_allowed")


@pytest.mark.parametrize("alg, sign_as", [("ES256K", "ES256"), ("RS1", "RS256"), ("HS1", "RS256"), ("rs256", "RS256"),
                                          ("RSA-OAEP", "RS256"), ("ES521", "ES512"), ("HS256/64", "RS256")],
                         ids=lambda name: f"J27-J29-{name}")
def test_other_names_are_no_algorithms(site, alg, sign_as):
    key = {"ES256": site.keys.es, "ES512": site.keys.es512}.get(sign_as, site.keys.rs)
    site.expect_denied(sign(key, alg, site.a.header(key, alg), site.a.claims(), sign_as=sign_as), *REFUSED,
                       "unknown_key", "bad_signature")


def test_J28_both_names_of_ed25519_are_one_algorithm(site):
    for alg in ("EdDSA", "Ed25519"):
        site.expect_allowed(site.a.token(site.keys.ed, alg))


def test_J30_header_of_another_key_does_not_fit(site):
    claims = site.a.claims()
    signature = site.keys.rs.sign("RS256", b"x")
    for key, alg in ((site.keys.ps, "PS256"), (site.keys.es, "ES256"), (site.keys.ed, "EdDSA")):
        site.expect_denied(assemble(site.a.header(key, alg), claims, signature), "bad_signature")


def test_signature_of_a_stranger_is_refused(site):
    key = spare_rsa_key()
    site.expect_denied(sign(key, "RS256", {"alg": "RS256", "kid": "a-rs"}, site.a.claims()), "bad_signature")
    site.expect_denied(site.a.token(key, "RS256"), "unknown_key")
