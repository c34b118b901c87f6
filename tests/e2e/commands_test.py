"""The command line, seen from outside: what it prints, and how it ends."""

import json
import os
import pty
import subprocess

import pytest

from claimgate_testing.client import curl
from claimgate_testing.process import Process, claimgate

GOOD = """
listeners: [{ bind: 127.0.0.1:8080 }]
issuers: { own: { issuer: own, audience: orders-api, keys: { file: keys.json } } }
upstreams: { orders: { targets: [http://127.0.0.1:8081] } }
routes:
  - { path: /health, upstream: orders, access: public }
  - { path: "/orders/{id}", upstream: orders, access: { scopes: [orders:read] } }
"""


@pytest.fixture
def good(own_issuer, tmp_path):
    path = tmp_path / "gateway.yaml"
    path.write_text(GOOD)
    return path


def test_help_and_version_are_successes(command):
    assert command("--version").stdout.startswith("claimgate 0.")
    shown = command("--help")
    assert shown.returncode == 0
    for name in ("run", "check", "explain", "token", "keys", "schema", "echo"):
        assert name in shown.stdout


@pytest.mark.parametrize("arguments", [[], ["serve"], ["check"], ["check", "a", "--colour"], ["token"], ["keys", "generate", "--bits", "x"]])
def test_a_wrong_command_line_ends_with_64(command, arguments):
    ended = command(*arguments)
    assert ended.returncode == 64
    assert ended.stdout == ""
    assert ended.stderr != ""


def test_check_accepts_a_good_file(command, good):
    ended = command("check", good)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "good, 2 routes, 1 issuer, 1 upstream" in ended.stdout


def test_check_names_every_problem_with_its_place(command, good):
    good.write_text(GOOD.replace("upstream: orders, access: public", "upstream: order, acess: public")
                    .replace("scopes: [orders:read]", "claims: { n: { at_least: \"x\" } }"))
    ended = command("check", good)
    assert ended.returncode == 78
    assert f"{good}:6:32" in ended.stdout and f"{good}:6:39" in ended.stdout and f"{good}:7" in ended.stdout
    assert "did you mean `orders`" in ended.stdout
    problems = json.loads(command("check", "--json", good).stdout)
    assert problems["good"] is False
    assert {problem["line"] for problem in problems["problems"]} == {6, 7}


def test_check_finds_what_only_compiling_finds(command, good):
    good.write_text(GOOD + "  - { path: \"/orders/{number}\", upstream: orders, access: authenticated }\n")
    ended = command("check", good)
    assert ended.returncode == 78
    assert f"{good}:8" in ended.stdout


def test_check_opens_keys_and_certificates(command, good, certificate):
    (good.parent / "other.key").write_text("no key")
    tls = f"tls: {{ certificates: [{{ certificate: {certificate.certificate}, key: other.key }}] }}"
    good.write_text(GOOD.replace("bind: 127.0.0.1:8080", f"bind: 127.0.0.1:8080, {tls}"))
    ended = command("check", good)
    assert ended.returncode == 78
    assert "other.key" in ended.stdout


def test_check_strict_counts_warnings(command, good):
    good.write_text(GOOD.replace("audience: orders-api", "audience: any"))
    assert command("check", good).returncode == 0
    assert command("check", "--strict", good).returncode == 1
    assert command("check", "--strict", "--allow", "audience_any", good).returncode == 0
    told = json.loads(command("check", "--json", good).stdout)
    assert (told["good"], told["errors"], told["warnings"]) == (True, 0, 1)
    assert told["problems"][0]["name"] == "audience_any"
    assert told["problems"][0]["read"] == "docs/warnings.md#audience_any"


def test_check_allows_only_warnings_that_there_are(command, good):
    ended = command("check", "--allow", "audience_nay", good)
    assert (ended.returncode, ended.stdout) == (64, "")
    assert "there is no warning `audience_nay`; did you mean `audience_any`?" in ended.stderr
    assert command("check", "--allow", "x", good).stderr.endswith("there is no warning `x`\n")


def test_check_says_when_more_may_show(command, good):
    more = "More may show when these are mended.\n"
    for text, is_whole in ((GOOD, True), (GOOD.replace("audience: orders-api", "audience: any"), True),
                           (GOOD + "roots: []\n", False),
                           (GOOD + "  - { path: \"/orders/{n}\", upstream: orders, access: authenticated }\n", False)):
        good.write_text(text)
        assert command("check", good).stdout.endswith(more) is not is_whole, text


def test_check_strict_is_still_about_errors_first(command, good):
    good.write_text(GOOD.replace("audience: orders-api", "audience: any").replace("access: public", "access: all"))
    ended = command("check", "--strict", good)
    assert ended.returncode == 78
    assert "not usable, 1 error, 1 warning" in ended.stdout


def test_check_of_a_missing_file_says_so(command, tmp_path):
    ended = command("check", tmp_path / "none.yaml")
    assert ended.returncode == 78
    assert "none.yaml" in ended.stdout


def test_explain_shows_the_rule_that_decided(command, good, own_issuer):
    token = own_issuer("--subject", "ada", scope="orders:read")
    allowed = command("explain", "--config", good, "--path", "/orders/7", "--token", "-", stdin=token)
    assert allowed.returncode == 0, allowed.stdout + allowed.stderr
    assert "goes to upstream orders" in allowed.stdout and "line 7" in allowed.stdout
    denied = command("explain", "--config", good, "--path", "/orders/7", "--token", own_issuer(scope="profile"))
    assert denied.returncode == 1
    assert "403: insufficient_scope" in denied.stdout and "orders:read" in denied.stdout
    assert token.split(".")[2] not in allowed.stdout


def test_explain_judges_at_any_time(command, good, own_issuer):
    token = own_issuer("--lifetime", "1h", scope="orders:read")
    later = command("explain", "--config", good, "--path", "/orders/7", "--token", token, "--at", "2099-01-01T00:00:00Z",
                    "--json")
    assert later.returncode == 1
    assert json.loads(later.stdout)["reason"] == "token_expired"
    assert command("explain", "--config", good, "--path", "/", "--at", "tomorrow").returncode == 64


def test_explain_says_which_keys_it_needs(command, good, own_issuer):
    remote = "issuers: { own: { issuer: own, audience: orders-api, keys: { jwks: https://id.example.com/jwks } } }"
    good.write_text(GOOD.replace(GOOD.splitlines()[2], remote))
    arguments = ["explain", "--config", good, "--path", "/orders/7", "--token", own_issuer(scope="orders:read")]
    without = command(*arguments)
    assert without.returncode == 1
    assert "--jwks own=FILE" in without.stdout
    assert command(*arguments, "--jwks", f"own={good.parent}/keys.json").returncode == 0
    assert command(*arguments, "--jwks", f"other={good.parent}/keys.json").returncode == 64
    assert command(*arguments, "--jwks", f"own={good.parent}/private.json").returncode == 64


def test_explain_reads_a_request_as_the_gateway_does(command, good):
    asked = command("explain", "--config", good, "--path", "/health", "--header", "Content-Length: 1",
                    "--header", "Content-Length: 1", "--json")
    assert json.loads(asked.stdout)["reason"] == "bad_request"
    assert command("explain", "--config", good, "--path", "/health", "--header", "a: b\nc: d").returncode == 64


@pytest.mark.parametrize("algorithm", ["RS256", "PS384", "ES256", "ES384", "ES512", "Ed25519", "Ed448", "HS256"])
def test_a_generated_key_signs_tokens(command, tmp_path, algorithm):
    key = tmp_path / "key.json"
    made = command("keys", "generate", "--algorithm", algorithm, "--kid", "k", "--out", key)
    assert made.returncode == 0, made.stderr
    assert key.stat().st_mode & 0o777 == 0o600
    token = command("token", "sign", "--key", key, "--subject", "ada").stdout
    shown = json.loads(command("token", "inspect", "--json", "-", stdin=token).stdout)
    assert shown["header"]["kid"] == "k"
    assert shown["claims"]["sub"] == "ada"
    assert shown["verified"] is False


def test_a_key_is_never_overwritten(command, tmp_path):
    key = tmp_path / "key.json"
    key.write_text("precious")
    ended = command("keys", "generate", "--out", key)
    assert ended.returncode == 64
    assert key.read_text() == "precious"


def test_a_key_set_holds_no_private_part(command, tmp_path):
    for name in ("a", "b"):
        command("keys", "generate", "--kid", name, "--out", tmp_path / name)
    published = json.loads(command("keys", "jwks", tmp_path / "a", tmp_path / "b").stdout)
    assert [key["kid"] for key in published["keys"]] == ["a", "b"]
    assert all("d" not in key for key in published["keys"])
    command("keys", "generate", "--algorithm", "HS256", "--out", tmp_path / "secret")
    assert command("keys", "jwks", tmp_path / "secret").returncode == 64


def test_inspect_says_times_in_words(command, own_issuer):
    shown = command("token", "inspect", own_issuer("--lifetime=-3m"))
    assert shown.returncode == 0
    assert "3 minutes ago" in shown.stdout
    assert "not verified" in shown.stdout
    assert "\x1b" not in shown.stdout
    assert command("token", "inspect", "no.token").returncode == 1


def on_a_terminal(arguments, env):
    """Runs claimgate with a terminal as its output, and answers what it printed there."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen([claimgate(), *map(str, arguments)], stdout=theirs, stderr=theirs,
                               env={**os.environ, "TERM": "xterm", **env})
    os.close(theirs)
    shown = b""
    try:
        while piece := os.read(ours, 4096):
            shown += piece
    except OSError:  # the other end is closed
        pass
    process.wait()
    os.close(ours)
    return shown.decode()


def test_colours_are_for_terminals_that_want_them(good):
    assert "\x1b[32mgood\x1b[0m" in on_a_terminal(["check", good], {"NO_COLOR": ""})
    assert "\x1b" not in on_a_terminal(["check", good], {"NO_COLOR": "1"})
    assert "\x1b" not in on_a_terminal(["check", good], {"NO_COLOR": "", "TERM": "dumb"})


def test_echo_shows_a_request_as_it_arrived():
    with Process([claimgate(), "echo", "--bind", "127.0.0.1:0"]) as echo:
        url = f"http://127.0.0.1:{echo.wait_for_event('listening')['port']}/a%20b?c=d"
        answer = curl(url, method="POST", headers={"X-Mixed-Case": "1"}, body=b"hello")
        shown = json.loads(answer.body)
        assert answer.status == 200
        assert (shown["method"], shown["target"]) == ("POST", "/a%20b?c=d")
        assert ["X-Mixed-Case", "1"] in shown["headers"]
        assert shown["body"] == {"bytes": 5, "text": "hello"}
        chunked = curl(url, method="PUT", headers={"Transfer-Encoding": "chunked", "Expect": "100-continue"}, body=b"x" * 100000)
        assert json.loads(chunked.body)["body"]["bytes"] == 100000
        assert len(json.loads(chunked.body)["body"]["text"]) == 65536
        head = curl(url, method="HEAD")
        assert head.status == 200 and head.body == ""
    assert echo.wait() == 0
