"""Signatures that verify elsewhere (threats 1.4)."""

import itertools

import pytest
from cryptography.hazmat.primitives import hashes

from claimgate_testing.tokens import as_bytes, assemble, b64

P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
ED_ORDER = 2**252 + 27742317777372353535851937790883648493
REFUSED = ("bad_signature", "token_malformed")


def parts(site, key, alg):
    header, claims = site.a.header(key, alg), site.a.claims()
    signed = f"{b64(as_bytes(header))}.{b64(as_bytes(claims))}".encode()
    return signed, lambda signature: assemble(header, claims, signature)


def test_J60_signatures_of_no_numbers_are_refused(site):
    _, token = parts(site, site.keys.es, "ES256")
    for r, s in itertools.product((0, 1, P256_ORDER - 1, P256_ORDER), repeat=2):
        site.expect_denied(token(site.keys.es.join(r, s)), *REFUSED)


def test_J61_only_the_fixed_form_of_ecdsa_is_read(site):
    key = site.keys.es
    signed, token = parts(site, key, "ES256")
    r, s = key.numbers("ES256", signed)
    good = key.join(r, s)
    site.expect_allowed(token(good))
    for bad in (key.der(r, s), good[:-1], good + b"\0", b"\0" + good, good[:32] + b"\0" * 32 + good[32:], good * 2, b"",
                key.join(r, s, 33), key.join(r, s, 66), good[32:] + good[:32]):
        site.expect_denied(token(bad), *REFUSED)
    for wrong_r, wrong_s in ((r + P256_ORDER, s), (r, s + P256_ORDER)):
        if max(wrong_r, wrong_s) < 2**256:
            site.expect_denied(token(key.join(wrong_r, wrong_s)), *REFUSED)


def test_J62_high_bits_of_es512_are_refused(site):
    key = site.keys.es512
    signed, token = parts(site, key, "ES512")
    r, s = key.numbers("ES512", signed)
    site.expect_allowed(token(key.join(r, s)))
    for bit in range(521, 528):
        site.expect_denied(token(key.join(r | 1 << bit, s)), *REFUSED)


def test_J63_the_other_s_is_the_same_valid_signature(site):
    key = site.keys.es
    signed, token = parts(site, key, "ES256")
    r, s = key.numbers("ES256", signed)
    site.expect_allowed(token(key.join(r, P256_ORDER - s)))


def test_J64_only_the_canonical_form_of_eddsa_is_read(site):
    key = site.keys.ed
    signed, token = parts(site, key, "EdDSA")
    good = key.sign("EdDSA", signed)
    site.expect_allowed(token(good))
    s = int.from_bytes(good[32:], "little")
    for bad in (good[:32] + (s + ED_ORDER).to_bytes(32, "little"), good[:-1] + bytes([good[-1] | 0x80]),
                good[:-1] + bytes([good[-1] | 0x20]), good[:-1], good + b"\0", b"\0" * 64, b"\1" + b"\0" * 63,
                b"\xff" * 32 + good[32:]):
        site.expect_denied(token(bad), *REFUSED)


def test_J66_rsa_signatures_of_another_length_are_refused(site):
    key = site.keys.rs
    signed, token = parts(site, key, "RS256")
    good = key.sign("RS256", signed)
    modulus = key.private.public_key().public_numbers().n
    for bad in (b"\0" + good, good[:-1], good[1:], b"", b"\0" * 256, b"\xff" * 256, b"\0" * 255 + b"\1",
                (modulus - 1).to_bytes(256, "big"), good + b"\0", good[::-1]):
        site.expect_denied(token(bad), *REFUSED)
    overflow = int.from_bytes(good, "big") + modulus
    if overflow < 2**2048:
        site.expect_denied(token(overflow.to_bytes(256, "big")), *REFUSED)


@pytest.mark.parametrize("alg, salt", [("PS256", 0), ("PS256", 20), ("PS256", 222), ("PS512", 32), ("PS512", 0)],
                         ids=lambda value: f"J68-{value}")
def test_salt_is_as_long_as_the_hash(site, alg, salt):
    key = site.keys.rs
    signed, token = parts(site, key, alg)
    digest = {"PS256": hashes.SHA256(), "PS512": hashes.SHA512()}[alg]
    site.expect_denied(token(key.sign_pss(signed, digest, salt)), *REFUSED)
    site.expect_allowed(token(key.sign_pss(signed, digest, digest.digest_size)))


def test_J68_padding_of_the_other_kind_is_refused(site):
    for alg, sign_as in (("PS256", "RS256"), ("RS256", "PS256"), ("RS256", "RS512"), ("PS512", "PS256")):
        signed, token = parts(site, site.keys.rs, alg)
        site.expect_denied(token(site.keys.rs.sign(sign_as, signed)), *REFUSED)
