"""Shadow mode: what a rule or a route would have refused goes through, and is counted and logged."""

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
    assert command("check", "--strict", site.configuration).returncode == 78
