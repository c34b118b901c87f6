"""Shadow mode: what a rule or a route would have refused goes through, and is counted and logged."""

import json
import signal

import pytest

from claimgate_testing.client import curl
from claimgate_testing.gateway import Gateway
from claimgate_testing.process import wait_until

CONFIGURATION = """
listeners: [{{ bind: 127.0.0.1:0 }}]
issuers: {{ own: {{ issuer: own, audience: orders-api, keys: {{ file: keys.json }} }} }}
upstreams: {{ orders: {{ targets: ["http://127.0.0.1:{port}"] }} }}
routes:
  - name: orders
    path: /orders/**
    upstream: orders
    access:
      scopes: [read]
      all: [{{ mode: shadow, claims: {{ tenant: acme }} }}]
    forward: {{ headers: {{ X-Customer: "{{claim.sub}}" }} }}
  - name: legacy
    path: /legacy/**
    upstream: orders
    mode: shadow
    access: {{ scopes: [read] }}
    forward: {{ headers: {{ X-Customer: "{{claim.sub}}" }} }}
admin: {{ bind: "127.0.0.1:0" }}
workers: 1
"""


@pytest.fixture
def site(tmp_path, nginx, own_issuer):
    with Gateway(tmp_path, CONFIGURATION.format(port=nginx.port)) as running:
        yield running


def metrics(site):
    return curl(f"http://127.0.0.1:{site.events('admin_listening')[-1]['port']}/metrics").body


def line_of(site, answer):
    request_id = answer.headers["x-request-id"]
    return wait_until(lambda: next((line for line in site.access_log() if line["request_id"] == request_id), None),
                      "the access-log line")


def test_a_rule_in_shadow_mode_is_counted_and_refuses_nobody(site, own_issuer):
    url = f"http://127.0.0.1:{site.port}/orders/7"
    other = curl(url, token=own_issuer(scope="read", tenant="evil"))
    same = curl(url, token=own_issuer(scope="read", tenant="acme"))
    refused = curl(url, token=own_issuer(scope="none", tenant="evil"))
    assert (other.status, same.status, refused.status) == (200, 200, 403)
    line = line_of(site, other)
    assert (line["reason"], line["shadow_denied"], line["shadow_rules"]) == ("allowed", True, ["access.all[0]"])
    for answer in (same, refused):
        assert "shadow_denied" not in line_of(site, answer)
    series = 'claimgate_shadow_disagreements_total{route="orders",rule="access.all[0]",verdict='
    assert f'{series}"would_deny"}} 1\n' in metrics(site)
    assert f'{series}"would_allow"}} 0\n' in metrics(site)


@pytest.mark.parametrize("claims, reason, customer", [
    (None, "token_missing", ""),
    ({"scope": "none", "sub": "eve"}, "insufficient_scope", "eve"),
    ({"scope": "read", "sub": "ada"}, None, "ada"),
    ({"scope": "read", "sub": "old", "nbf": 4000000000}, "token_not_yet_valid", ""),
])
def test_a_route_in_shadow_mode_lets_everything_through(site, nginx, own_issuer, claims, reason, customer):
    token = own_issuer(**claims) if claims else None
    before = len(nginx.requests())
    answer = curl(f"http://127.0.0.1:{site.port}/legacy/7", token=token, headers={"X-Customer": "forged"})
    assert answer.status == 200
    line = line_of(site, answer)
    assert (line["reason"], line.get("shadow_reason")) == ("allowed", reason)
    [seen] = wait_until(lambda: nginx.requests()[before:], "the request in nginx's log")
    assert (seen["customer"], seen["authorization"]) == (customer, "")
    if reason:
        assert f'claimgate_shadow_route_denials_total{{route="legacy",reason="{reason}"}} 1\n' in metrics(site)


def test_check_warns_of_a_route_in_shadow_mode(site, command):
    ended = command("check", site.configuration)
    assert ended.returncode == 0
    assert "lets everything through" in ended.stdout
    assert command("check", "--strict", site.configuration).returncode == 1


RECORDED = """
listeners: [{{ bind: 127.0.0.1:0 }}]
issuers: {{ own: {{ issuer: own, audience: orders-api, keys: {{ file: keys.json }} }} }}
upstreams: {{ orders: {{ targets: ["http://127.0.0.1:{port}"] }} }}
routes:
  - name: orders
    path: /orders/{{id}}
    upstream: orders
    access:
      scopes: [read]
      claims: {{ level: {{ at_least: 2 }}, tenant: {{ exists: true }} }}
      request: {{ header.X-Cohort: [a, b] }}
  - {{ path: /open, upstream: orders, access: public }}
admin: {{ bind: "127.0.0.1:0" }}
access_log: {{ path: access.log }}
decision_log: {{ path: decisions.log, headers: [x-cohort] }}
workers: 2
"""


@pytest.fixture
def recorded(tmp_path, nginx, own_issuer):
    """A gateway that records decisions, what was asked of it, and its directory."""
    with Gateway(tmp_path, RECORDED.format(port=nginx.port)) as running:
        url = f"http://127.0.0.1:{running.port}"
        good = own_issuer(scope="read", level=3, tenant="acme", sub="ada", email="ada@example.com")
        low = own_issuer(scope="read write", level=2, tenant="acme")
        asked = [(good, "/orders/1", "a"), (good, "/orders/2", "b"), (low, "/orders/3", "a"), (good, "/orders/4", "z"),
                 (own_issuer(scope="none", level=3, tenant="x"), "/orders/5", "a"), (None, "/orders/6", "a"),
                 (good + "x", "/orders/7", "a"), (None, "/open", "a"), (good, "/nowhere", "a"),
                 (own_issuer("--lifetime", "1s", scope="read", level=9, tenant="t", nbf=4000000000), "/orders/8", "a")]
        statuses = [curl(url + path, token=token, headers={"X-Cohort": cohort}).status
                    for token, path, cohort in asked]
        log = tmp_path / "decisions.log"
        wait_until(lambda: log.read_text().count("\n") == len(asked), "the decisions")
        yield running, asked, statuses, log


def replay(command, log, text, path, *options):
    path.write_text(text)
    ended = command("replay", "--log", log, "--config", path, "--json", *options)
    assert ended.returncode in (0, 1), ended.stderr
    return ended.returncode, json.loads(ended.stdout)


def test_a_replay_with_the_same_configuration_changes_nothing(command, recorded, nginx, tmp_path):
    _, asked, statuses, log = recorded
    assert statuses == [200, 200, 200, 403, 403, 401, 401, 200, 404, 401]
    code, shown = replay(command, log, RECORDED.format(port=nginx.port), tmp_path / "same.yaml")
    assert (code, shown["changed"], shown["unknown"], shown["same"]) == (0, 0, 0, len(asked))


def test_a_replay_with_a_stricter_candidate_finds_exactly_what_it_refuses(command, recorded, nginx, tmp_path):
    _, _, _, log = recorded
    stricter = RECORDED.format(port=nginx.port).replace("at_least: 2", "at_least: 3").replace("[a, b]", "[a]")
    code, shown = replay(command, log, stricter, tmp_path / "stricter.yaml")
    found = {(change["route"], change["rule"], change["change"]): [e["path"] for e in change["examples"]]
             for change in shown["changes"]}
    assert code == 1
    assert found == {("orders", "access.claims", "would_deny"): ["/orders/3"],
                     ("orders", "access.request", "would_deny"): ["/orders/2"]}


def test_a_replay_says_which_claim_to_list_where_the_log_does_not_tell(command, recorded, nginx, tmp_path):
    _, _, _, log = recorded
    candidate = RECORDED.format(port=nginx.port).replace("tenant: { exists: true }", "tenant: acme, sub: ada")
    code, shown = replay(command, log, candidate, tmp_path / "candidate.yaml")
    assert (code, shown["changed"], shown["unknown"]) == (0, 0, 3)
    assert {unknown["missing"] for unknown in shown["unknowns"]} == {"claims: tenant", "claims: sub"}
    people = command("replay", "--log", log, "--config", tmp_path / "candidate.yaml")
    assert "the log does not tell claims: tenant (first in line " in people.stdout


def test_a_replay_of_a_public_route_that_becomes_protected_is_not_guessed(command, recorded, nginx, tmp_path):
    _, _, _, log = recorded
    candidate = RECORDED.format(port=nginx.port).replace("access: public", "access: authenticated")
    _, shown = replay(command, log, candidate, tmp_path / "candidate.yaml")
    assert [unknown["route"] for unknown in shown["unknowns"]] == ["/open"]


def test_the_decision_log_holds_no_token_and_no_text_that_nobody_listed(recorded):
    _, asked, _, log = recorded
    text = log.read_text()
    for token, _, _ in asked:
        assert not [part for part in (token or "").split(".") if part and part in text]
    for secret in ("ada@example.com", '"acme"', '"ada"'):
        assert secret not in text
    assert '"x-cohort":"a"' in text


def test_a_line_that_is_no_decision_is_an_error_with_its_number(command, recorded, nginx, tmp_path):
    _, _, _, log = recorded
    lines = log.read_text().splitlines(keepends=True)
    for garbage, why in (("{}\n", "no decision"), ("garbage\n", "no JSON object"), ("x" * 300_000 + "\n", "longer than"),
                         (lines[0].replace('"token":"proven"', '"token":"good"'), "`token`")):
        broken = tmp_path / "broken.log"
        broken.write_text(lines[0] + garbage + lines[1])
        ended = command("replay", "--log", broken, "--config", recorded[0].configuration)
        assert ended.returncode == 64
        assert f"{broken}:2: " in ended.stderr and why in ended.stderr


def test_the_last_line_of_a_log_is_never_left_out(command, recorded, tmp_path):
    running, _, _, log = recorded
    lines = log.read_text().splitlines(keepends=True)
    end = tmp_path / "end.log"
    arguments = ("replay", "--log", end, "--config", running.configuration)
    end.write_text(lines[0] + lines[1].rstrip("\n"))
    ended = command(*arguments, "--json")
    assert (ended.returncode, json.loads(ended.stdout)["decisions"]) == (0, 2)
    end.write_text(lines[0] + lines[1][:40])
    ended = command(*arguments)
    assert (ended.returncode, ended.stdout) == (64, "")
    assert f"{end}:2: this is no JSON object; the log is cut off, or still being written" in ended.stderr
    for options in ((), ("--json",)):
        end.write_text("")
        ended = command(*arguments, *options)
        assert (ended.returncode, ended.stdout) == (64, "")
        assert f"{end}: nothing was read" in ended.stderr


def test_sigusr1_opens_the_decision_log_again(recorded, nginx):
    running, _, _, log = recorded
    log.rename(log.with_suffix(".1"))
    running.send(signal.SIGUSR1)
    wait_until(log.exists, "the new file")
    curl(f"http://127.0.0.1:{running.port}/open")
    wait_until(lambda: '"path":"/open"' in log.read_text(), "the decision in the new file")


def candidate_metrics(site):
    return sorted(line for line in metrics(site).splitlines()
                  if line.startswith("claimgate_candidate_disagreements_total"))


@pytest.fixture
def tried(tmp_path, nginx, own_issuer):
    """A gateway with a candidate beside it, and the candidate's file."""
    candidate = tmp_path / "candidate.yaml"
    live = RECORDED.format(port=nginx.port)
    candidate.write_text(live.replace("at_least: 2", "at_least: 3").replace("[a, b]", "[a]")
                         .replace("access: public", "access: authenticated"))
    with Gateway(tmp_path, live + "shadow: candidate.yaml\n") as running:
        yield running, candidate


def test_a_candidate_counts_live_what_a_replay_finds_later(tried, command, own_issuer, nginx, tmp_path):
    running, candidate = tried
    url = f"http://127.0.0.1:{running.port}"
    good, low = own_issuer(scope="read", level=3, tenant="t"), own_issuer(scope="read", level=2, tenant="t")
    before = len(nginx.requests())
    asked = [(good, "/orders/1", "a", 200), (low, "/orders/2", "a", 200), (good, "/orders/3", "b", 200),
             (good, "/orders/4", "z", 403), (None, "/open", "a", 200)]
    for token, path, cohort, status in asked:
        assert curl(url + path, token=token, headers={"X-Cohort": cohort}).status == status
    name = "claimgate_candidate_disagreements_total"
    assert candidate_metrics(running) == [
        f'{name}{{route="/open",rule="",verdict="would_deny",reason="token_missing"}} 1',
        f'{name}{{route="orders",rule="access.claims",verdict="would_deny",reason=""}} 1',
        f'{name}{{route="orders",rule="access.request",verdict="would_deny",reason=""}} 1',
    ]
    assert len(wait_until(lambda: len(nginx.requests()) - before >= 4 and nginx.requests()[before:], "arrivals")) == 4
    log = tmp_path / "decisions.log"
    wait_until(lambda: log.read_text().count("\n") == len(asked), "the decisions")
    _, shown = replay(command, log, candidate.read_text(), candidate)
    assert {(change["route"], change["rule"], change["count"]) for change in shown["changes"]} == {
        ("orders", "access.claims", 1), ("orders", "access.request", 1)}
    event = running.wait_for_event("shadow_disagreement")
    assert (event["verdict"], event["route"], event["rule"]) == ("would_deny", "orders", "access.claims")
    assert good not in "\n".join(running.err)


def test_every_kind_of_disagreement_has_an_example_however_fast_they_come(tried, command, own_issuer):
    running, candidate = tried
    candidate.write_text(candidate.read_text().replace("path: /open, upstream", "path: /elsewhere, upstream"))
    running.send(signal.SIGHUP)
    running.wait_for_event("reloaded")
    url = f"http://127.0.0.1:{running.port}"
    low = own_issuer(scope="read", level=2, tenant="t")
    good = own_issuer(scope="read", level=3, tenant="t")
    for token, path, cohort in [(low, "/orders/1", "a")] * 5 + [(good, "/orders/2", "b"), (None, "/open", "a")]:
        assert curl(url + path, token=token, headers={"X-Cohort": cohort}).status == 200
    kinds = {("orders", "access.claims"), ("orders", "access.request"), ("/open", None)}

    def shown():
        answer = json.loads(command("shadow", "--config", running.configuration, "--json").stdout)
        return {(found["route"], found.get("rule")) for found in answer["disagreements"]}

    wait_until(lambda: shown() == kinds, "an example of each")
    assert 'route="/open",rule="",verdict="would_deny",reason="no_route"} 1' in metrics(running)


def test_disagreements_are_shown_by_the_command_and_by_nobody_else(tried, command, own_issuer):
    running, candidate = tried
    token = own_issuer(scope="read", level=2, tenant="t")
    curl(f"http://127.0.0.1:{running.port}/orders/2?secret=1", token=token, headers={"X-Cohort": "a"})
    running.wait_for_event("shadow_disagreement")
    shown = json.loads(command("shadow", "--config", running.configuration, "--json").stdout)
    [found] = shown["disagreements"]
    assert shown["candidate"] == str(candidate)
    assert (found["verdict"], found["rule"], found["reason"], found["candidate_reason"], found["path"]) == (
        "would_deny", "access.claims", "allowed", "rule_denied", "/orders/2")
    people = command("shadow", "--config", running.configuration).stdout
    assert "would_deny" in people and "secret" not in people
    admin = running.events("admin_listening")[-1]["port"]
    assert curl(f"http://127.0.0.1:{admin}/shadow").status == 403


def test_a_candidate_sees_the_head_as_it_came_and_changes_nothing_of_it(tmp_path, nginx, own_issuer):
    live = RECORDED.format(port=nginx.port).replace("access: public", 'access: public\n    forward: { headers: { X-Customer: "live" } }') \
        .replace("path: /open, ", "path: /open,").replace("  - { path: /open,upstream: orders, access: public",
                                                          "  - path: /open\n    upstream: orders\n    access: public")
    live = live.replace('{ X-Customer: "live" } } }', '{ X-Customer: "live" } }')
    candidate = live.replace('X-Customer: "live"', 'X-Customer: "{header.X-Customer}"')
    (tmp_path / "candidate.yaml").write_text(candidate.replace("access: public", "access: optional"))
    with Gateway(tmp_path, live + "shadow: candidate.yaml\n") as running:
        before = len(nginx.requests())
        token = own_issuer(scope="read")
        curl(f"http://127.0.0.1:{running.port}/open", token=token, headers={"X-Customer": "forged"})
        [seen] = wait_until(lambda: nginx.requests()[before:], "the request in nginx's log")
        assert (seen["customer"], seen["authorization"]) == ("live", "")
        assert 'verdict="other_headers",reason=""} 1' in metrics(running)


def test_a_broken_candidate_is_an_error_at_check_start_and_reload(tried, command, nginx):
    running, candidate = tried
    candidate.write_text("routes: []\n")
    ended = command("check", running.configuration)
    assert ended.returncode == 78
    assert "the candidate is not usable" in ended.stdout and "candidate.yaml:1:" in ended.stdout
    running.send(signal.SIGHUP)
    running.wait_for_event("reload_failed")
    assert curl(f"http://127.0.0.1:{running.port}/open").status == 200


def test_an_issuer_that_only_the_candidate_has_is_unknown(tmp_path, nginx, own_issuer):
    live = RECORDED.format(port=nginx.port)
    (tmp_path / "candidate.yaml").write_text(
        live.replace("keys: { file: keys.json }", 'keys: { jwks: "http://127.0.0.1:9/keys", allow_http: true }'))
    with Gateway(tmp_path, live + "shadow: candidate.yaml\n") as running:
        curl(f"http://127.0.0.1:{running.port}/orders/1", token=own_issuer(scope="read", level=3, tenant="t"),
             headers={"X-Cohort": "a"})
        assert 'route="orders",rule="",verdict="unknown",reason=""} 1' in metrics(running)
