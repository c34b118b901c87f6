"""`claimgate test`, seen from outside: what it prints, what it writes, and how it ends."""

import json
import signal
import time
import xml.etree.ElementTree as xml

import pytest

from claimgate_testing.documents import ENVIRONMENT, EXAMPLES, PACKAGED, blocks, whole
from claimgate_testing.documents import test_blocks as documented_tests
from claimgate_testing.process import Process, claimgate, wait_until

CONFIGURATION = """
listeners: [{ bind: 127.0.0.1:8080 }]
issuers: { main: { issuer: https://id.example.com, audience: api } }
upstreams: { orders: { targets: [http://127.0.0.1:8081] } }
routes:
  - { name: health, path: /health, upstream: orders, access: public }
  - { name: orders, path: "/orders/{id}", upstream: orders, access: { scopes: [orders:read] } }
"""

TESTS = """
tokens: { reader: { claims: { scope: orders:read } } }
tests:
  - { name: a reader reads, request: GET /orders/7, token: reader, expect: allow }
  - { name: nobody else, request: GET /orders/7, expect: 401 }
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "claimgate.yaml").write_text(CONFIGURATION)
    (tmp_path / "orders.test.yaml").write_text(TESTS)
    return tmp_path


def test_without_a_name_it_runs_what_is_below_here(command, folder):
    ended = command("test", cwd=folder)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.startswith("2 passed, 0 failed in ")


def test_a_failure_shows_the_line_that_decided(command, folder):
    (folder / "orders.test.yaml").write_text(TESTS.replace("scope: orders:read", "scope: profile"))
    ended = command("test", folder)
    assert ended.returncode == 1
    assert f"✗ a reader reads  {folder}/orders.test.yaml:4" in ended.stdout
    assert "verdict: expected allow, got 403 insufficient_scope" in ended.stdout
    assert 'scopes  wants orders:read, has scope "profile"  line 7' in ended.stdout
    assert "1 passed, 1 failed" in ended.stdout


def test_programs_get_json_and_build_servers_junit(command, folder):
    ended = command("test", folder, "--json", "--junit", folder / "out.xml")
    report = json.loads(ended.stdout)
    assert (report["passed"], report["failed"]) == (2, 0)
    assert [test["reason"] for test in report["tests"]] == ["allowed", "token_missing"]
    assert report["coverage"][0]["percent"] == 60
    root = xml.parse(folder / "out.xml").getroot()
    assert (root.tag, root.get("tests"), root.get("failures")) == ("testsuites", "2", "0")
    assert [case.get("name") for case in root.iter("testcase")] == ["a reader reads", "nobody else"]


def test_coverage_can_be_demanded(command, folder):
    ended = command("test", folder, "--min-coverage", "61")
    assert ended.returncode == 1
    assert "never reached  route health" in ended.stdout and "never false  scopes" in ended.stdout
    assert "coverage is 60%" in ended.stderr
    assert command("test", folder, "--min-coverage", "60").returncode == 0


def test_mutants_that_no_test_notices_are_listed(command, folder):
    ended = command("test", folder, "--mutate")
    assert ended.returncode == 0
    assert "Mutants of" in ended.stdout and "7  access: authenticated" in ended.stdout
    assert command("test", folder, "--mutate", "--strict").returncode == 1
    report = json.loads(command("test", folder, "--mutate", "--json").stdout)["mutation"][0]
    assert report["mutants"] == report["noticed"] + len(report["survivors"])
    (folder / "more.test.yaml").write_text(
        "tests:\n"
        "  - { request: GET /health, expect: allow }\n"
        "  - { request: GET /orders/7, token: { claims: { scope: other } }, expect: 403 }\n"
        "  - { request: GET /orders/7, token: { claims: { scope: orders:read } }, expect: allow }\n")
    ended = command("test", folder, "--mutate", "--strict")
    assert ended.returncode == 0, ended.stdout


def test_mutants_wait_until_every_test_passes(command, folder):
    (folder / "orders.test.yaml").write_text(TESTS.replace("401", "403"))
    ended = command("test", folder, "--mutate")
    assert ended.returncode == 1
    assert "Mutants are tried once every test passes." in ended.stdout
    assert command("test", folder, "--strict").returncode == 64


def test_a_name_chooses(command, folder):
    assert "1 passed" in command("test", folder, "-k", "READER").stdout
    assert command("test", folder, "-k", "writer").returncode == 64


def test_another_configuration_can_judge(command, folder):
    (folder / "draft.yaml").write_text(CONFIGURATION.replace("orders:read", "orders:see"))
    assert command("test", folder, "--config", folder / "draft.yaml").returncode == 1


def test_a_wrong_file_ends_with_78(command, folder):
    (folder / "orders.test.yaml").write_text(TESTS.replace("token: reader, expect", "token: reder, expct"))
    ended = command("test", folder)
    assert (ended.returncode, ended.stdout) == (78, "")
    assert f"{folder}/orders.test.yaml:4:" in ended.stderr and "did you mean `expect`" in ended.stderr
    assert "token: reder, expct: allow" in ended.stderr  # the line, though it speaks of a token
    (folder / "orders.test.yaml").write_text(TESTS)
    (folder / "claimgate.yaml").write_text(CONFIGURATION.replace("access: public", "access: pubic"))
    ended = command("test", folder)
    assert ended.returncode == 78
    assert f"{folder}/claimgate.yaml:6:" in ended.stderr


def test_no_test_is_no_success(command, tmp_path):
    ended = command("test", tmp_path)
    assert ended.returncode == 64
    assert "no *.test.yaml" in ended.stderr


def test_a_whole_token_is_held_against_the_keys_of_the_configuration(command, folder, own_issuer):
    (folder / "ada.jwt").write_text(own_issuer(scope="orders:read"))
    (folder / "claimgate.yaml").write_text(CONFIGURATION.replace(
        "issuer: https://id.example.com, audience: api", "issuer: own, audience: orders-api, keys: { file: keys.json }"))
    (folder / "orders.test.yaml").write_text(
        "at: 2026-01-01T00:00:00Z\n"
        "tests:\n"
        "  - { request: GET /orders/7, token: { file: ada.jwt }, expect: { reason: token_issued_in_future } }\n")
    ended = command("test", folder)
    assert ended.returncode == 0, ended.stdout + ended.stderr


@pytest.mark.parametrize("configuration, tests", [pytest.param(*rest, id=name) for name, *rest in documented_tests()])
def test_documented_tests_pass(command, tmp_path, configuration, tests):
    (tmp_path / "claimgate.yaml").write_text(whole(configuration))
    (tmp_path / "documented.test.yaml").write_text(tests)
    ended = command("test", tmp_path)
    assert ended.returncode == 0, ended.stdout + ended.stderr


def test_the_documents_have_tests():
    assert len(list(documented_tests())) > 4


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_first_tests_of_an_example_pass_and_notice_most_mutants(command, tmp_path, path):
    out = tmp_path / "first.test.yaml"
    ended = command("test", "--init", "--config", path, "-o", out, env=ENVIRONMENT)
    assert ended.returncode == 0, ended.stderr
    assert "No request was found" not in out.read_text()
    ended = command("test", out, "--json", "--mutate", env=ENVIRONMENT)
    assert ended.returncode == 0, ended.stdout
    mutation = json.loads(ended.stdout)["mutation"][0]
    assert mutation["noticed"] > 0.9 * mutation["mutants"]


@pytest.mark.parametrize("block", [pytest.param(text, id=name) for name, text in
                                   [*blocks(), ("packaged", PACKAGED.read_text())]])
def test_first_tests_of_every_documented_configuration_pass(command, tmp_path, certificate, own_issuer, block):
    for name in ("api.pem", "clients.pem", "provider-ca.pem"):
        (tmp_path / name).write_bytes(certificate.certificate.read_bytes())
    (tmp_path / "api.key").write_bytes(certificate.key.read_bytes())
    (tmp_path / "claimgate.yaml").write_text(whole(block))
    ended = command("test", "--init", cwd=tmp_path, env=ENVIRONMENT)
    assert ended.returncode == 0, ended.stderr
    ended = command("test", cwd=tmp_path, env=ENVIRONMENT)
    assert ended.returncode == 0, ended.stdout


def test_first_tests_never_write_over_a_file(command, folder):
    written = (folder / "orders.test.yaml").read_text()
    ended = command("test", "--init", "--config", folder / "claimgate.yaml", "-o", folder / "orders.test.yaml")
    assert ended.returncode == 64
    assert "is there already" in ended.stderr
    assert (folder / "orders.test.yaml").read_text() == written
    shown = command("test", "--init", "-o", "-", cwd=folder)
    assert shown.returncode == 0
    assert "scope: orders:read" in shown.stdout


def test_watch_runs_again_when_something_changes(folder):
    with Process([claimgate(), "test", str(folder), "--watch"]) as watching:
        wait_until(lambda: "Watching. Ctrl-C ends." in watching.out, "the first run")
        assert "2 passed, 0 failed" in watching.out[0]
        changed = folder / "new"
        changed.write_text(CONFIGURATION.replace("orders:read", "orders:see"))
        began = time.monotonic()
        changed.rename(folder / "claimgate.yaml")
        wait_until(lambda: watching.out.count("Watching. Ctrl-C ends.") == 2, "the second run")
        assert time.monotonic() - began < 2
        assert any(line.startswith("1 passed, 1 failed") for line in watching.out)
        watching.send(signal.SIGINT)
        assert watching.wait() == 1
