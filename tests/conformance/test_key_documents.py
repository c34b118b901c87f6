"""Key sets with keys that must not be used (threats 1.5): such a key is skipped, the rest of its set is used."""

import json

import pytest

from claimgate_testing.gateway import Gateway
from claimgate_testing.raw import exchange
from claimgate_testing.site import request
from claimgate_testing.tokens import EcKey, EdKey, Issuer, MacKey, RsaKey, b64, number, sign

CONFIGURATION = """
listeners: [{{ bind: 127.0.0.1:0 }}]
workers: 1
admin: off
issuers:
  a: {{ issuer: https://a.example, audience: "api://gw", keys: {{ file: keys.json }} }}
upstreams: {{ origin: {{ targets: ["http://127.0.0.1:1"] }} }}
routes: [{{ path: /own/**, upstream: origin, access: authenticated }}]
"""

ISSUER = Issuer("https://a.example", "api://gw")
GOOD = EdKey("good")
WEAK, RSA, EC, ED = RsaKey("odd", 1024), RsaKey("odd"), EcKey("odd"), EdKey("odd")
SECRET = MacKey(b"s" * 32, "odd")
N = RSA.private.public_key().public_numbers().n
X = EC.private.public_key().public_numbers().x
Y = EC.private.public_key().public_numbers().y

# Each: the key as published, and a token that it would make good.
BAD = {
    "J51-use-enc": (RSA.jwk(use="enc"), ISSUER.token(RSA, "RS256")),
    "J51-key_ops-encrypt": (RSA.jwk(key_ops=["encrypt"]), ISSUER.token(RSA, "RS256")),
    "J51-key_ops-twice": (RSA.jwk(key_ops=["verify", "verify"]), ISSUER.token(RSA, "RS256")),
    "J51-use-and-key_ops": (RSA.jwk(use="sig", key_ops=["encrypt"]), ISSUER.token(RSA, "RS256")),
    "J80-1024-bits": (WEAK.jwk(), ISSUER.token(WEAK, "RS256")),
    "J80-even-modulus": (RSA.jwk(n=number(N + 1)), ISSUER.token(RSA, "RS256")),
    "J80-no-modulus": (RSA.jwk(n=""), ISSUER.token(RSA, "RS256")),
    "J81-e-1": (RSA.jwk(e=number(1)), ISSUER.token(RSA, "RS256")),
    "J81-e-2": (RSA.jwk(e=number(2)), ISSUER.token(RSA, "RS256")),
    "J81-e-3": (RSA.jwk(e=number(3)), ISSUER.token(RSA, "RS256")),
    "J81-e-65536": (RSA.jwk(e=number(65536)), ISSUER.token(RSA, "RS256")),
    "J81-e-long": (RSA.jwk(e=number(2**2046 + 1)), ISSUER.token(RSA, "RS256")),
    "J82-16384-bits": (RSA.jwk(n=number(2**16383 + 1)), ISSUER.token(RSA, "RS256")),
    "J84-off-the-curve": (EC.jwk(y=number(Y ^ 1, 32)), ISSUER.token(EC, "ES256")),
    "J84-short-x": (EC.jwk(x=number(X >> 8, 31)), ISSUER.token(EC, "ES256")),
    "J84-long-x": (EC.jwk(x=number(X, 33)), ISSUER.token(EC, "ES256")),
    "J84-zero": (EC.jwk(x=number(0, 32), y=number(0, 32)), ISSUER.token(EC, "ES256")),
    "J84-no-y": ({k: v for k, v in EC.jwk().items() if k != "y"}, ISSUER.token(EC, "ES256")),
    "J84-other-curve": (EC.jwk(crv="P-384"), ISSUER.token(EC, "ES256")),
    "J84-secp256k1": (EC.jwk(crv="secp256k1"), ISSUER.token(EC, "ES256")),
    "J84-kty-and-alg": (EC.jwk(alg="RS256"), ISSUER.token(EC, "ES256")),
    "J85-oct": ({"kty": "oct", "kid": "odd", "k": b64(SECRET.secret)}, ISSUER.token(SECRET, "HS256")),
    "J65-identity": (ED.jwk(x=b64(b"\1" + b"\0" * 31)), sign(ED, "EdDSA", ISSUER.header(ED, "EdDSA"), ISSUER.claims())),
    "J65-short": (ED.jwk(x=b64(b"\1" * 31)), ISSUER.token(ED, "EdDSA")),
    "unknown-kty": ({**RSA.jwk(), "kty": "XYZ"}, ISSUER.token(RSA, "RS256")),
    "not-an-object": ("odd", ISSUER.token(RSA, "RS256")),
}


def statuses(tmp_path, keys, *tokens):
    """What each token gets; 502 means that it was let through to the origin, which is not there."""
    (tmp_path / "keys.json").write_text(json.dumps({"keys": keys}))
    with Gateway(tmp_path, CONFIGURATION.format()) as gateway:
        found = [exchange(gateway.port, request("/own/x", token)).status for token in tokens]
    assert gateway.wait() == 0
    return found


@pytest.mark.parametrize("key, token", BAD.values(), ids=BAD.keys())
def test_bad_key_is_skipped_and_its_neighbour_used(tmp_path, key, token):
    assert statuses(tmp_path, [key, GOOD.jwk()], token, ISSUER.token(GOOD, "EdDSA")) == [401, 502]


def test_J65_forgery_for_the_identity_key_is_refused(tmp_path):
    identity = b"\1" + b"\0" * 31
    signed = f"{b64(json.dumps(ISSUER.header(ED, 'EdDSA')).encode())}.{b64(json.dumps(ISSUER.claims()).encode())}"
    forged = f"{signed}.{b64(identity + bytes(32))}"
    assert statuses(tmp_path, [ED.jwk(x=b64(identity)), GOOD.jwk()], forged) == [401]


def test_J44_keys_of_different_kinds_may_share_a_kid(tmp_path):
    same = EcKey("good")
    assert statuses(tmp_path, [GOOD.jwk(), same.jwk()], ISSUER.token(GOOD, "EdDSA"), ISSUER.token(same, "ES256")) == [502, 502]


def test_J44_keys_of_one_kind_that_share_a_kid_are_both_refused(tmp_path):
    one, other = EdKey("same"), EdKey("same")
    assert statuses(tmp_path, [one.jwk(), other.jwk(), GOOD.jwk()], ISSUER.token(one, "EdDSA"), ISSUER.token(other, "EdDSA"),
                    ISSUER.token(GOOD, "EdDSA")) == [401, 401, 502]


def test_J82_largest_and_usual_sizes_are_used(tmp_path):
    large = RsaKey("large", 4096)
    assert statuses(tmp_path, [large.jwk(), RSA.jwk()], ISSUER.token(large, "RS256"), ISSUER.token(RSA, "RS256")) == [502, 502]
