"""`explain` and `token verify`: as documented, offline and by the running gateway."""

import json
import re

import pytest

from claimgate_testing.client import curl
from claimgate_testing.documents import whole
from claimgate_testing.gateway import Gateway
from claimgate_testing.process import ROOT
from claimgate_testing.schema import Schema

PAGE = (ROOT / "docs/explain.md").read_text()
DOCUMENTED = re.search(r"^```yaml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL).group(1)
ENDING = re.search(r"^```text\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL).group(1)


@pytest.fixture(scope="module")
def schema():
    with Schema("docs/explain.schema.json") as running:
        yield running


@pytest.fixture
def file(tmp_path, own_issuer):
    path = tmp_path / "gateway.yaml"
    path.write_text(whole(DOCUMENTED))
    return path


def broken(token):
    head, _, signature = token.rpartition(".")
    return f"{head}.{'B' if signature[0] == 'A' else 'A'}{signature[1:]}"


def test_the_documented_refusal_is_what_it_prints(command, file, own_issuer):
    path = file.parent / "ada.jwt"
    path.write_text(own_issuer("--subject", "bob"))
    shown = command("explain", "--config", file, "--path", "/customers/ada/orders", "--token", f"@{path}")
    assert shown.returncode == 1
    assert shown.stdout.endswith(ENDING), shown.stdout
    assert "<- decided" in shown.stdout


def test_a_wrong_token_is_explained_as_deeply_as_a_good_one(command, file, own_issuer):
    def leaves(token, *more):
        shown = command("explain", "--config", file, "--path", "/customers/ada/orders", "--json", *more,
                        *(["--token", token] if token else []))
        answer = json.loads(shown.stdout)
        return answer, {step["what"] for stage in answer["stages"] + answer.get("supposed", [])
                        for step in flat(stage["steps"])}

    good = own_issuer("--subject", "bob", scope="orders:write")
    denied, seen = leaves(good)
    rule = {"scopes", "claims.sub equals", "roles"}
    assert denied["reason"] == "insufficient_scope" and rule <= seen
    for token, more, reason in [(broken(good), [], "bad_signature"), (good, ["--at", "2099-01-01T00:00:00Z"], "token_expired"),
                                (None, [], "token_missing")]:
        answer, seen = leaves(token, *more)
        assert answer["reason"] == reason and answer["status"] == 401
        assert rule <= seen, (reason, seen)
        needed = [change["what"] for change in answer["changes"]]
        assert needed[-2:] == ["scopes", "claims.sub equals"], needed


def flat(steps):
    for step in steps:
        yield step
        yield from flat(step.get("steps", []))


def test_every_kind_of_answer_is_as_the_schema_says(command, file, own_issuer, schema):
    good = own_issuer("--subject", "ada", scope="orders:read")
    ask = ["explain", "--config", file, "--json", "--path"]
    paths = [["/customers/ada/orders", "--token", good], ["/customers/bob/orders", "--token", good], ["/customers/ada/orders"],
             ["/nowhere"], ["/customers/%2f/orders"], ["/customers/ada/orders", "--token", broken(good)],
             ["/customers/ada/orders", "--header", "Content-Length: x"],
             ["/customers/ada/orders", "--token", good, "--at", "2099-01-01T00:00:00Z"]]
    answers = [command(*ask, *rest).stdout for rest in paths]
    answers += [command("token", "verify", "--config", file, "--json", token).stdout
                for token in (good, broken(good), "x.y.z", "nothing")]
    for answer in answers:
        assert schema.errors(answer) == [], answer
    assert {json.loads(answer).get("result", "token") for answer in answers} == {"admitted", "answered", "token"}
    assert schema.errors('{"result": "admitted"}') != []
    assert not any(good.split(".")[2] in answer for answer in answers)


def test_a_token_alone_is_verified(command, file, own_issuer):
    good = own_issuer("--subject", "ada")
    verify = ["token", "verify", "--config", file]
    valid = command(*verify, "-", stdin=good)
    assert valid.returncode == 0 and "Valid, of issuer own" in valid.stdout, valid
    assert command(*verify, "--issuer", "own", good).returncode == 0
    assert command(*verify, "--issuer", "else", good).returncode == 64
    bad = command(*verify, "--at", "2099-01-01T00:00:00Z", broken(good))
    assert bad.returncode == 1
    assert "Not valid: bad_signature" in bad.stdout and "exp must be: after 2099-01-01" in bad.stdout


def test_a_running_gateway_explains_with_the_keys_it_fetched(tmp_path, command, configuration, provider, schema):
    with Gateway(tmp_path, configuration) as gateway:
        gateway.wait_for_event("keys_fetched")
        token = provider.token(scope="orders:read")
        ask = ["explain", "--config", gateway.configuration, "--path", "/orders/7", "--token", "-"]
        assert "--jwks provider=FILE" in command(*ask, stdin=token).stdout, "offline has no keys"
        live = command(*ask, "--live", stdin=token)
        assert live.returncode == 0 and "goes to upstream nginx" in live.stdout, live
        denied = command(*ask, "--live", "--method", "POST", stdin=token)
        assert denied.returncode == 1 and "scopes must be: orders:write" in denied.stdout, denied
        wrong = command(*ask, "--live", "--json", "--at", "2099-01-01T00:00:00Z", stdin=token)
        assert json.loads(wrong.stdout)["reason"] == "token_expired"
        assert schema.errors(wrong.stdout) == []
        said = "\n".join(gateway.out + gateway.err)
        assert token.split(".")[2] not in said + live.stdout + wrong.stdout
        admin = f"http://127.0.0.1:{gateway.events('admin_listening')[-1]['port']}/explain"
        assert curl(admin, method="POST", body=b"{}").status == 403
        refused = command("explain", "--config", gateway.configuration, "--path", "", "--live")
        assert refused.returncode == 64 and "refuses" in refused.stderr, refused
