"""The form and encoding of a token (threats 1.1)."""

import json

import pytest

from claimgate_testing.site import request
from claimgate_testing.tokens import b64, flip, sign

MALFORMED = ("token_malformed", "bad_credentials")


@pytest.fixture()
def good(site):
    return site.a.token(site.keys.rs, "RS256")


def expect_unusable(site, token):
    """401 for what is token68 but no token, 400 for what is not even that."""
    response = site.expect_answered(request("/own/x", token), 400, 401)
    assert site.reason(response) in (*MALFORMED, "token_missing")
    return response


SHAPES = {
    "two-segments": lambda h, p, s: f"{h}.{p}", "empty-signature": lambda h, p, s: f"{h}.{p}.",
    "dot-after": lambda h, p, s: f"{h}.{p}.{s}.", "four-segments": lambda h, p, s: f"{h}.{p}.{s}.x",
    "only-dots": lambda h, p, s: "..", "no-header": lambda h, p, s: f".{p}.{s}", "no-claims": lambda h, p, s: f"{h}..{s}",
    "one-dot": lambda h, p, s: ".", "one-segment": lambda h, p, s: h,
    "five-segments": lambda h, p, s: f"{h}.{p}.{s}.{p}.{s}", "dot-before": lambda h, p, s: f".{h}.{p}.{s}",
    "swapped": lambda h, p, s: f"{p}.{h}.{s}",
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=[f"J1-{name}" for name in SHAPES])
def test_token_has_three_segments(site, good, shape):
    site.expect_denied(shape(*good.split(".")), "token_malformed", "bad_signature", "algorithm_not_allowed")


def test_J2_encrypted_token_is_not_decrypted(site):
    header = {"alg": "dir", "enc": "A128GCM", "kid": "a-rs"}
    site.expect_denied(f"{b64(json.dumps(header).encode())}..{b64(b'x' * 12)}.{b64(b'secret')}.{b64(b'y' * 16)}",
                       "token_malformed")


def test_J3_json_serialisation_is_no_bearer_token(site, good):
    header, claims, signature = good.split(".")
    for document in ({"payload": claims, "protected": header, "signature": signature},
                     {"payload": claims, "signatures": [{"protected": header, "signature": signature}]}):
        expect_unusable(site, json.dumps(document, separators=(",", ":")))


def test_J4_polyglot_is_refused(site, good):
    header, claims, signature = good.split(".")
    evil = b64(json.dumps({"sub": "admin"}).encode())
    expect_unusable(site, f'{{"{header}.{evil}.":"x","protected":"{header}","payload":"{claims}","signature":"{signature}"}}')


@pytest.mark.parametrize("segment", [0, 1, 2])
@pytest.mark.parametrize("padding", ["=", "=="])
def test_J5_padding_is_refused(site, good, segment, padding):
    parts = good.split(".")
    parts[segment] += padding
    expect_unusable(site, ".".join(parts))


@pytest.mark.parametrize("segment", [0, 1, 2])
@pytest.mark.parametrize("character", ["+", "/", "%3D", "?", "\t", "~", "*", ","])
def test_J6_J7_only_base64url_is_read(site, good, segment, character):
    parts = good.split(".")
    parts[segment] = parts[segment][:4] + character + parts[segment][4:]
    expect_unusable(site, ".".join(parts))


@pytest.mark.parametrize("character", ["\0", "\r", "\n"], ids=["NUL", "CR", "LF"])
def test_J7_control_bytes_end_the_connection(site, good, character):
    site.expect_refused(request("/own/x", good[:50] + character + good[50:]))


def test_J8_stray_bits_at_the_end_are_refused(site, good):
    """256 bytes end in a character of which four bits mean nothing."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    value = alphabet.index(good[-1])
    assert value % 16 == 0
    for bits in (1, 2, 8, 15):
        site.expect_denied(good[:-1] + alphabet[value + bits], "token_malformed")


@pytest.mark.parametrize("segment", [0, 1, 2])
def test_J9_segment_of_an_impossible_length_is_refused(site, good, segment):
    parts = good.split(".")
    parts[segment] += "A" * ((1 - len(parts[segment])) % 4)
    site.expect_denied(".".join(parts))


@pytest.mark.parametrize("value", ["Bearer\t{}", "Bearer {} , x", "Bearer {}, Bearer {}", 'Bearer "{}"', "Bearer {} {}",
                                   "Bearer {};x", "Bearer"], ids=lambda value: f"J10-{value!r}")
def test_credentials_that_are_not_one_token_are_a_bad_request(site, good, value):
    data = request("/own/x", fields=f"Authorization: {value.replace('{}', good)}\r\n")
    response = site.expect_answered(data, 400)
    assert 'error="invalid_request"' in response.one("www-authenticate")
    assert site.reason(response) == "bad_credentials"


def test_J10_space_around_the_value_belongs_to_the_line(site, good):
    site.expect_forwarded(request("/own/x", fields=f"Authorization: \t Bearer {good} \t\r\n"))


def token_of(site, size):
    """A good token of exactly this many characters."""
    base = len(site.a.token(site.keys.ed, "EdDSA", {"x": ""}, pad=""))
    for in_header in range(4):  # some lengths of one segment do not exist in base64: the other makes up for them
        for in_claims in range((size - base) * 3 // 4 - 8, (size - base) * 3 // 4 + 8):
            token = site.a.token(site.keys.ed, "EdDSA", {"x": "x" * in_header}, pad="x" * in_claims)
            if len(token) == size:
                return token
    raise AssertionError(f"no token of {size} characters")


def test_J11_token_of_the_limit_passes_and_a_longer_one_does_not(site):
    site.expect_allowed(token_of(site, 8192))
    site.expect_denied(token_of(site, 8193), "token_too_large")


def test_J11_token_beyond_the_head_limit_is_refused(site):
    response = site.get("/own/x", "a" * 1000000)
    assert response.status in (400, 431) and response.one("connection") == "close"


def test_J12_white_space_between_members_is_json(site):
    header = b'{ "alg" : "RS256",\n "kid":"a-rs"\t}'
    site.expect_allowed(sign(site.keys.rs, "RS256", header, site.a.claims()))


def test_every_changed_character_is_noticed(site):
    token = site.a.token(site.keys.ed, "EdDSA")
    for place in range(len(token)):
        if token[place] != ".":
            assert site.get("/own/x", flip(token, place)).status == 401, place
    assert site.fence() == []


@pytest.mark.parametrize("cut", [1, 2, 3, 40, 86])
def test_every_truncation_is_noticed(site, cut):
    site.expect_denied(site.a.token(site.keys.ed, "EdDSA")[:-cut], "token_malformed", "bad_signature")
