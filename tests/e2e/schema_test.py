"""The schema and `check` agree: on every example and documented block, and on what is plainly wrong."""

import re

import pytest

from claimgate_testing.documents import EXAMPLES, PACKAGED, blocks, whole
from claimgate_testing.documents import test_blocks as documented_tests
from claimgate_testing.process import ROOT
from claimgate_testing.schema import Schema

MODELINE = re.compile(r"^# yaml-language-server: \$schema=(\S+)\n")


@pytest.fixture(scope="module")
def schema():
    with Schema() as running:
        yield running


@pytest.fixture(scope="module")
def suite_schema():
    with Schema("config/suite/schema.json") as running:
        yield running


def test_the_command_prints_what_is_shipped(command):
    assert command("schema").stdout == (ROOT / "config/schema.json").read_text()
    assert command("schema", "--tests").stdout == (ROOT / "config/suite/schema.json").read_text()


@pytest.mark.parametrize("path", [*EXAMPLES, PACKAGED], ids=lambda path: path.name)
def test_an_example_is_right_by_the_schema_that_it_names(schema, path):
    text = path.read_text()
    assert (path.parent / MODELINE.match(text).group(1)).resolve() == ROOT / "config/schema.json"
    assert schema.errors(text) == []


@pytest.mark.parametrize("block", [pytest.param(text, id=name) for name, text in blocks()])
def test_a_documented_block_is_right_by_the_schema(schema, block):
    assert schema.errors(whole(block)) == []


ROUTE = "routes: [{{ path: /a, upstream: orders, {} }}]\n"
ISSUER = "issuers: {{ a: {{ issuer: https://id.example.com, audience: a, {} }} }}\n"

# A part of a configuration that both refuse, and a word of what the schema says.
BAD = [
    ("listen: []\n", "additional properties"),
    ("listeners: []\n", "fewer than 1"),
    ("listeners: { bind: 127.0.0.1:1 }\n", "must be array"),
    ("listeners: [{ bind: 8080 }]\n", "must be string"),
    ("listeners: [{ bind: localhost:8080 }]\n", "pattern"),
    ("listeners: [{ bind: 127.0.0.1:1, protocols: [http/2] }]\n", "allowed values"),
    ("listeners: [{ bind: 127.0.0.1:1, tls: {} }]\n", "required property 'certificates'"),
    ("listeners: [{ bind: 127.0.0.1:1, redirect: https }]\n", "additional properties"),
    ("issuers: { 'a b': { issuer: a, audience: a } }\n", "property name"),
    ("issuers: { a: { issuer: https://id.example.com } }\n", "required property 'audience'"),
    (ISSUER.format("leeway: 30"), "must be string"),
    (ISSUER.format("leeway: 30 s"), "pattern"),
    (ISSUER.format("algorithms: [RS255]"), "allowed values"),
    (ISSUER.format("keys: discovery"), "allowed values"),
    (ISSUER.format("keys: {}"), "fewer than 1"),
    (ISSUER.format("keys: { jwks: keys.json }"), "pattern"),
    (ISSUER.format("required_claims: sub"), "must be array"),
    ("upstreams: { orders: { targets: [10.0.0.1:80] } }\n", "pattern"),
    ("upstreams: { orders: { targets: [http://a], keepalive: -1 } }\n", ">= 0"),
    ("upstreams: { orders: { targets: [http://a], balance: random } }\n", "allowed values"),
    ("routes: [{ path: /a, upstream: orders }]\n", "required property 'access'"),
    ("routes: [{ path: a, upstream: orders, access: public }]\n", "pattern"),
    (ROUTE.format("access: everyone"), "allowed values"),
    (ROUTE.format("access: {}"), "fewer than 1"),
    (ROUTE.format("access: { scope: [a] }"), "additional properties"),
    (ROUTE.format("access: { scopes: a }"), "must be array"),
    (ROUTE.format("access: { scopes: ['a b'] }"), "pattern"),
    (ROUTE.format("access: { roles: [a, a] }"), "duplicate"),
    (ROUTE.format("access: { claims: {} }"), "fewer than 1"),
    (ROUTE.format("access: { claims: { a: { is: b } } }"), "additional properties"),
    (ROUTE.format("access: { claims: { a: { at_least: '5' } } }"), "pattern"),
    (ROUTE.format("access: { claims: { a: { exists: maybe } } }"), "pattern"),
    (ROUTE.format("access: { claims: { a: { one_of: [] } } }"), "fewer than 1"),
    (ROUTE.format("access: { request: { X-Job: a } }"), "property name"),
    (ROUTE.format("access: { request: { header.X-Job: 5 } }"), "must be string"),
    (ROUTE.format("access: { any: { roles: [a] } }"), "must be array"),
    (ROUTE.format("access: { source: [office] }"), "pattern"),
    (ROUTE.format("access: { max_age: soon }"), "pattern"),
    (ROUTE.format("access: { roles: [a], mode: dark }"), "allowed values"),
    (ROUTE.format("access: public, body: 1MB"), "pattern"),
    (ROUTE.format("access: public, methods: ['GET POST']"), "pattern"),
    (ROUTE.format("access: public, forward: { headers: { 'X User': a } }"), "property name"),
    (ROUTE.format("access: public, forward: { authorization: drop }"), "allowed values"),
    (ROUTE.format("access: public, cors: { headers: [a] }"), "required property 'origins'"),
    (ROUTE.format("access: public, cors: { origins: [shop.example.com] }"), "pattern"),
    (ROUTE.format("access: public, timeouts: { total: 5s }"), "additional properties"),
    ("limits: { head: 1 }\n", ">= 1024"),
    ("limits: { fields: 1.5 }\n", "must be integer"),
    ("trusted_proxies: 10.0.0.0/8\n", "must be array"),
    ("admin: on\n", "allowed values"),
    ("access_log: { format: xml }\n", "allowed values"),
    ("drain: { timeout: null }\n", "must be string"),
    ("workers: many\n", "pattern"),
    ("workers: 2000\n", "<= 1024"),
]


@pytest.mark.parametrize("part, word", BAD, ids=[part.strip() for part, _ in BAD])
def test_what_is_plainly_wrong_is_refused_by_both(command, schema, tmp_path, part, word):
    path = tmp_path / "gateway.yaml"
    path.write_text(whole(part))
    assert command("check", path).returncode == 78
    errors = schema.errors(whole(part))
    assert any(word in error for error in errors), errors


GOOD = [
    "workers: ${WORKERS}\n",
    "limits: { head: 2048, body: \"512\", fields: \"${FIELDS}\", head_timeout: \"${SECONDS}s\" }\n",
    "access_log: { format: \"${FORMAT}\" }\n",
    "listeners:\n  - bind: 127.0.0.1:${PORT}\n",
    "listeners: [{ bind: \"127.0.0.1:${PORT}\", protocols: [http/1.1] }]\n",
    ISSUER.format("keys: { discover: true, allow_http: \"${FLAG}\" }"),
    ISSUER.format("keys: { discover: \"${FLAG}\", allow_http: false }"),
    ROUTE.format("access: { claims: { a: 5, b: [1.5, null, true, x] } }"),
    ROUTE.format("access: { claims: { a: { at_least: 5, exists: true } } }"),
    ROUTE.format("access: { scopes: [5] }, name: 7"),
    ROUTE.format("access: \"${ACCESS}\""),
    "policies:\n  grown:\n    claims:\n      age:\n        at_least: ${FIELDS}\n",
]
VALUES = {"WORKERS": "2", "FIELDS": "50", "SECONDS": "5", "FORMAT": "text", "PORT": "0", "FLAG": "true",
          "ACCESS": "public"}


@pytest.mark.parametrize("part", GOOD, ids=[part.strip() for part in GOOD])
def test_variables_and_loose_types_are_right_by_both(command, schema, tmp_path, part):
    path = tmp_path / "gateway.yaml"
    path.write_text(whole(part))
    ended = command("check", path, env=VALUES)
    assert ended.returncode == 0, ended.stdout
    assert schema.errors(whole(part)) == []


@pytest.mark.parametrize("block", [pytest.param(tests, id=name) for name, _, tests in documented_tests()])
def test_documented_tests_are_right_by_their_schema(suite_schema, block):
    assert suite_schema.errors(block) == []


@pytest.mark.parametrize("tests", [
    "tokens: {}\n",
    "tests: []\n",
    "tests: [{ request: GET /, expect: alow }]\n",
    "tests: [{ request: GET /, expect: 1000 }]\n",
    "tests: [{ request: { method: 'G T', path: / }, expect: allow }]\n",
    "tests: [{ request: GET /, expect: allow, token: { signature: maybe } }]\n",
    "tests: [{ request: GET /, expect: allow, each: [1] }]\n",
])
def test_plainly_wrong_tests_are_refused_by_both(command, suite_schema, tmp_path, tests):
    assert suite_schema.errors(tests) != []
    (tmp_path / "claimgate.yaml").write_text(whole(""))
    (tmp_path / "a.test.yaml").write_text(tests)
    assert command("test", tmp_path).returncode == 78
