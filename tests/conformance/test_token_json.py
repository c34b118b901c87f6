"""The JSON of header and claims (threats 1.6)."""

import pytest

from claimgate_testing.process import ROOT
from claimgate_testing.tokens import as_bytes, sign

SUITE = ROOT / "tests/data/jsontestsuite"


def with_claims(site, text, **changes):
    """A token whose claims are the good ones with `text` put in front."""
    claims = as_bytes(site.a.claims(**changes))
    return sign(site.keys.ed, "EdDSA", site.a.header(site.keys.ed, "EdDSA"), b"{" + text + b"," + claims[1:])


def with_header(site, text):
    header = as_bytes(site.a.header(site.keys.ed, "EdDSA"))
    return sign(site.keys.ed, "EdDSA", b"{" + text + b"," + header[1:], site.a.claims())


DUPLICATE_CLAIMS = [b'"sub":"x"', b'"exp":1', b'"exp":9999999999', b'"iss":"https://b.example"', b'"\\u0065xp":9999999999',
                    b'"aud":"x"', b'"x":1,"x":1', b'"x":{"y":1,"y":2}', b'"x":[{"y":1,"y":2}]']
DUPLICATE_HEADER = [b'"alg":"EdDSA"', b'"kid":"a-rs"', b'"alg":"none"', b'"\\u0061lg":"none"', b'"x":1,"x":2']


@pytest.mark.parametrize("text", DUPLICATE_CLAIMS, ids=[f"J100-{text.decode()}" for text in DUPLICATE_CLAIMS])
def test_doubled_claim_is_refused(site, text):
    site.expect_denied(with_claims(site, text), "token_malformed")


@pytest.mark.parametrize("text", DUPLICATE_HEADER, ids=[f"J100-{text.decode()}" for text in DUPLICATE_HEADER])
def test_doubled_header_member_is_refused(site, text):
    site.expect_denied(with_header(site, text), "token_malformed")


@pytest.mark.parametrize("text", [b"[]", b'"x"', b"1", b"null", b"true", b"", b"{", b"{}"], ids=lambda text: f"J101-{text}")
def test_header_and_claims_are_objects(site, text):
    key = site.keys.ed
    site.expect_denied(sign(key, "EdDSA", site.a.header(key, "EdDSA"), text), "token_malformed", "unknown_issuer",
                       "claim_missing")
    site.expect_denied(sign(key, "EdDSA", text, site.a.claims()), "token_malformed", "algorithm_not_allowed")


NUMBERS = [b"1.0000000000e-2147483639", b"1e400", b"-1e400", b"1e999999999999", b"1" * 4000,
           b"128.74836467836484838364836483643636483648e-336", b"1e-999999999", b"-0", b"0.1e+1"]


@pytest.mark.parametrize("number", NUMBERS, ids=[f"J102-{number[:24].decode()}" for number in NUMBERS])
def test_numbers_beyond_any_range_harm_nobody(site, number):
    for token in (with_claims(site, b'"x":' + number), with_header(site, b'"x":' + number),
                  with_claims(site, b'"x":[' + number + b"]")):
        assert site.get("/own/x", token).status in (200, 401)
    for name in ("exp", "nbf", "iat"):
        assert site.get("/own/x", with_claims(site, b'"' + name.encode() + b'":' + number, **{name: None})).status in (200, 401)


@pytest.mark.parametrize("word", [b"NaN", b"Infinity", b"-Infinity", b"+1", b"01", b"1.", b".5", b"0x1", b"1e", b"tru", b"'x'"])
def test_J102_what_is_no_json_is_refused(site, word):
    site.expect_denied(with_claims(site, b'"x":' + word), "token_malformed")


@pytest.mark.parametrize("depth", [17, 100, 2000])
@pytest.mark.parametrize("brackets", [(b"[", b"]"), (b'{"a":', b"}")], ids=["array", "object"])
def test_J103_deep_nesting_is_refused(site, depth, brackets):
    if brackets[0] != b"[" and depth > 1000:
        depth = 900
    text = b'"x":' + brackets[0] * depth + (b"1" if brackets[0] != b"[" else b"") + brackets[1] * depth
    site.expect_denied(with_claims(site, text), "token_malformed")


BAD_TEXT = [b"\xff\xfe", b"\xc0\xaf", b"\xed\xa0\x80", b"\\uD800", b"\\uDC00", b"\\uD800x", b"\\ud83d\\u0041", b"\x80", b"\xe4",
            b"\xf5\x80\x80\x80", b"\xe0\x80\xaf", b"\t", b"\n", b"\\x41", b"\\u00", b"\0"]


@pytest.mark.parametrize("text", BAD_TEXT, ids=[f"J104-{text!r}" for text in BAD_TEXT])
def test_text_that_is_not_unicode_is_refused(site, text):
    site.expect_denied(with_claims(site, b'"x":"' + text + b'"'), "token_malformed")
    site.expect_denied(with_header(site, b'"x":"' + text + b'"'), "token_malformed")


@pytest.mark.parametrize("before, after", [(b"\xef\xbb\xbf", b""), (b"", b"\0{}"), (b"", b"x"), (b"", b"{}"), (b"", b"\0"),
                                           (b"\0", b""), (b"", b",")], ids=lambda text: f"J105-{text!r}")
def test_nothing_stands_around_the_object(site, before, after):
    key = site.keys.ed
    header, claims = as_bytes(site.a.header(key, "EdDSA")), as_bytes(site.a.claims())
    site.expect_denied(sign(key, "EdDSA", header, before + claims + after), "token_malformed")
    site.expect_denied(sign(key, "EdDSA", before + header + after, claims), "token_malformed")


def test_J106_nul_in_a_claim_is_never_cut_off(site):
    for claims in (b'"sub":"admin\\u0000x"', b'"sub":"ada\\u0000"'):
        response = site.get("/own/x", with_claims(site, claims, sub=None))
        assert response.status in (401, 403)
        assert site.get("/customers/admin/x", with_claims(site, claims, sub=None)).status in (401, 403)
        assert site.get("/customers/ada/x", with_claims(site, claims, sub=None)).status in (401, 403)
    site.expect_denied(with_claims(site, b'"exp\\u0000":9999999999', exp=None), "token_malformed", "claim_missing")


def test_J108_members_are_bounded_and_names_know_case(site):
    many = b",".join(b'"%x":1' % number for number in range(600))
    site.expect_denied(with_claims(site, many), "token_malformed", "token_too_large")
    site.expect_denied(with_claims(site, b'"Exp":9999999999', exp=None), "claim_missing")
    site.expect_denied(with_claims(site, b'"ISS":"https://a.example"', iss=None), "unknown_issuer", "token_malformed")
    site.expect_allowed(with_claims(site, b'"__proto__":{"sub":"x"}'))


CRITICAL = ['["x"]', "[]", '"exp"', '["b64"]', '["alg"]', '["kid"]', "null", "{}", '["exp","exp"]', "[1]", "true"]


@pytest.mark.parametrize("crit", CRITICAL, ids=[f"J109-{crit}" for crit in CRITICAL])
def test_critical_extensions_are_not_understood(site, crit):
    site.expect_denied(with_header(site, b'"crit":' + crit.encode()), "token_critical", "token_malformed")
    site.expect_denied(with_header(site, b'"x":1,"crit":' + crit.encode()), "token_critical", "token_malformed")


def test_J110_unencoded_payload_is_refused(site):
    for text in (b'"b64":false', b'"b64":false,"crit":["b64"]'):
        site.expect_denied(with_header(site, text), "token_critical", "token_malformed")


@pytest.mark.parametrize("text", [b'"zip":"DEF"', b'"p2c":2147483647', b'"enc":"A128GCM"'], ids=lambda text: f"J111-{text}")
def test_encryption_members_cause_no_work(site, text):
    assert site.get("/own/x", with_header(site, text)).status in (200, 401)


def test_J112_invalid_documents_of_the_json_test_suite_are_refused(site):
    names = sorted(SUITE.rglob("n_*.json"))
    assert len(names) > 150
    key = site.keys.ed
    for path in names:
        document = path.read_bytes()
        if len(document) > 4000:
            continue
        for claims in (document, b'{"x":' + document + b"," + as_bytes(site.a.claims())[1:]):
            response = site.get("/own/x", sign(key, "EdDSA", site.a.header(key, "EdDSA"), claims))
            assert response.status == 401, path.name
    assert site.fence() == []
