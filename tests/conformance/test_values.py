"""Values that the gateway writes (threats 2.8), and its log (2.12)."""

import json

import pytest

from claimgate_testing.site import request

NASTY = {"CRLF": "a\r\nX-Admin: true", "LF": "a\nb", "CR": "a\rb", "NUL": "a\0b", "NEL": "a\x85b", "DEL": "a\x7fb",
         "ESC": "\x1b[31m", "space-before": " a", "space-after": "a ", "5KB": "a" * 5000}


@pytest.mark.parametrize("value", NASTY.values(), ids=[f"H100-{name}" for name in NASTY])
def test_claim_that_a_header_cannot_carry_reaches_no_upstream(site, value):
    token = site.a.token(site.keys.ed, "EdDSA", sub=value)
    response = site.ask(request("/own/x", token))
    targets = site.fence()
    assert b"X-Admin" not in site.origin.bytes and b"\x1b" not in site.origin.bytes
    if response.status == 200:
        assert targets == ["/own/x"]
        sent = site.origin.requests[0].one("x-customer")
        assert len(sent) <= 4096 and sent == sent.strip() and all(31 < ord(c) != 127 for c in sent)
    else:
        assert response.status in (401, 403) and targets == []


@pytest.mark.parametrize("value", [["a"], {"a": 1}, 5, True], ids=lambda value: f"H100-{value}")
def test_subject_of_another_type_is_no_subject(site, value):
    response = site.ask(request("/own/x", site.a.token(site.keys.ed, "EdDSA", sub=value)))
    assert response.status in (200, 401, 403)
    site.fence()
    for got in site.origin.requests[:-1]:
        assert got.one("x-customer") in (None, "5", "true", "a")


def test_H100_text_of_the_world_arrives_as_utf8_or_not_at_all(site):
    response = site.ask(request("/own/x", site.a.token(site.keys.ed, "EdDSA", sub="Zo\u00eb")))
    site.fence()
    if response.status == 200:
        sent = site.origin.requests[0].one("x-customer").encode("latin-1")
        assert sent in ("Zo\u00eb".encode(), b"Zo%C3%AB")


@pytest.mark.parametrize("target", ["/pub/%0d%0aX-Admin:%20true", "/pub/%0aX", "/pub/%00"], ids=lambda target: f"H101-{target}")
def test_path_with_control_characters_is_refused(site, target):
    site.expect_answered(request(target), 400)
    assert b"X-Admin" not in site.origin.bytes


@pytest.mark.parametrize("name", ["a%20b", "a%09b", "a%85b", "%C2%85", "a%20", "%C3%A4", "a;b"])
def test_H101_path_in_a_header_is_one_clean_value(site, name):
    response = site.get(f"/named/{name}")
    site.fence()
    assert response.status in (200, 400, 403)
    for got in site.origin.requests[:-1]:
        value = got.one("x-name")
        assert value == value.strip() and all(31 < ord(c) != 127 for c in value)


@pytest.mark.parametrize("target, token", [("/nowhere/<script>alert(1)</script>", None), ("/own/%3Cscript%3E", None),
                                           ("/own/x", "<script>"), ("/posts", None)], ids=lambda text: f"H103-{text}")
def test_answers_echo_nothing(site, target, token):
    response = site.get(target, token)
    assert response.status >= 400
    assert b"script" not in response.body and b"nowhere" not in response.body
    assert "json" in response.one("content-type")
    json.loads(response.body)


def test_H170_log_lines_are_one_json_object_each_without_secrets(site):
    token = site.a.token(site.keys.rs, "RS256", sub='quote" back\\slash ${jndi:ldap://x} \u2028')
    last = None
    for target in ("/own/x?access_token=secretquery", "/own/%22%5e%7b", "/nowhere/${jndi:ldap:x}", "/own/x"):
        fields = "Cookie: session=secretcookie\r\nX-Password: secretfield\r\nUser-Agent: \x80\xff\r\n"
        last = site.get(target, token, fields)
    site.log_line(last)
    text = "\n".join(site.gateway.out + site.gateway.err)
    for line in site.gateway.out:
        assert isinstance(json.loads(line), dict)
    for secret in ("secretquery", "secretcookie", "secretfield", token.split(".")[2][:40], token.split(".")[1][:60]):
        assert secret not in text


def test_H170_claim_with_control_characters_is_one_line(site):
    for text in ("a\r\nb", "a\nb\x1b[2J", "\0", "x" * 3000):
        response = site.get("/own/x", site.a.token(site.keys.ed, "EdDSA", sub=text))
        line = site.log_line(response)
        assert len(json.dumps(line)) < 4000


def test_H170_refused_heads_are_logged_without_their_bytes(site):
    response = site.expect_refused(b"GET /pub/\x1b[31m HTTP/1.1\r\nHost: g\r\nX: secretfield\r\n\r\n")
    line = site.log_line(response)
    assert "\x1b" not in json.dumps(line) and "secretfield" not in json.dumps(line)
    assert line["reason"] == "bad_request" and line["status"] == 400
