"""The main job: a real provider's tokens, a real upstream, real clients; only what the rules allow gets through."""

import hashlib
import json

import pytest

from claimgate_testing.client import curl, node_fetch
from claimgate_testing.gateway import Gateway
from claimgate_testing.process import wait_until

CLIENTS = [pytest.param(curl, id="curl"), pytest.param(node_fetch, id="fetch")]


@pytest.fixture(scope="module")
def site(tmp_path_factory, configuration):
    with Gateway(tmp_path_factory.mktemp("gateway"), configuration) as running:
        running.wait_for_event("keys_fetched")
        yield running


@pytest.fixture
def url(site):
    return f"https://localhost:{site.port}"


@pytest.fixture
def authority(certificate):
    return certificate.certificate


class Arrivals:
    """What reached nginx since the test began. A last request that must arrive tells when its log is complete."""

    def __init__(self, nginx, url, authority):
        self._nginx, self._url, self._authority = nginx, url, authority
        self._before = len(nginx.requests())

    def __call__(self):
        marker = f"/health?{self._before}"
        assert curl(self._url + marker, authority=self._authority).status == 200

        def arrived():
            requests = self._nginx.requests()[self._before:]
            return requests if requests and requests[-1]["target"] == marker else None
        return wait_until(arrived, "the marker's line in nginx's log")[:-1]


@pytest.fixture
def arrivals(nginx, url, authority):
    return Arrivals(nginx, url, authority)


@pytest.mark.parametrize("client", CLIENTS)
def test_a_public_route_needs_no_token(client, url, authority, arrivals):
    answer = client(url + "/health", authority=authority)
    assert answer.status == 200
    assert json.loads(answer.body)["upstream"] == "nginx"
    assert [request["target"] for request in arrivals()] == ["/health"]


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize("name", ["reports", "reports-es"])
def test_a_token_with_the_scope_is_let_through(client, name, provider, url, authority, arrivals):
    answer = client(url + "/orders/7?page=2", token=provider.token(name), authority=authority,
                    headers={"X-Customer": "forged", "x_customer": "forged"})
    assert answer.status == 200
    [seen] = arrivals()
    assert seen["target"] == "/orders/7?page=2"
    assert seen["customer"] == name
    assert seen["authorization"] == ""
    assert seen["forwarded_for"] == "127.0.0.1"


@pytest.mark.parametrize("client", CLIENTS)
def test_no_token_is_a_bare_challenge(client, url, authority, arrivals):
    answer = client(url + "/orders/7", authority=authority)
    assert answer.status == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert "error" not in answer.headers["www-authenticate"]
    assert answer.headers["content-type"] == "application/problem+json"
    assert json.loads(answer.body)["status"] == 401
    assert arrivals() == []


@pytest.mark.parametrize("client", CLIENTS)
def test_a_weaker_token_is_forbidden(client, provider, url, authority, arrivals):
    answer = client(url + "/orders/7", token=provider.token(scope="orders:write"), authority=authority)
    assert answer.status == 403
    assert 'error="insufficient_scope"' in answer.headers["www-authenticate"]
    assert 'scope="orders:read"' in answer.headers["www-authenticate"]
    assert arrivals() == []


def test_a_changed_token_is_refused(provider, url, authority, arrivals):
    token = provider.token()
    header, claims, signature = token.split(".")
    other = provider.token("reports-es").split(".")
    for forged in (f"{header}.{other[1]}.{signature}", f"{header}.{claims}.{signature[:-4]}AAAA",
                   f"{other[0]}.{claims}.{signature}", f"{header}.{claims}."):
        answer = curl(url + "/orders/7", token=forged, authority=authority)
        assert answer.status == 401
        assert 'error="invalid_token"' in answer.headers["www-authenticate"]
    assert arrivals() == []


def test_methods_choose_the_route(provider, url, authority, arrivals):
    reader, writer = provider.token(scope="orders:read"), provider.token(scope="orders:write")
    assert curl(url + "/orders/7", token=reader, method="POST", body=b"x", authority=authority).status == 403
    assert curl(url + "/orders/7", token=writer, method="POST", body=b"x", authority=authority).status == 200
    assert curl(url + "/nowhere", token=reader, authority=authority).status == 404
    assert [(request["method"], request["target"]) for request in arrivals()] == [("POST", "/orders/7")]


def test_large_bodies_stream_both_ways(nginx, provider, url, authority):
    content = hashlib.sha256(b"seed").digest() * 262144  # 8 MiB
    nginx.publish("large.bin", content)
    answer = curl(url + "/files/large.bin", authority=authority)
    assert answer.status == 200
    assert int(answer.headers["content-length"]) == len(content)
    assert answer.body == content.decode("utf-8", "replace")
    writer = provider.token(scope="orders:write")
    for headers in ({}, {"Transfer-Encoding": "chunked"}):
        assert curl(url + "/orders/7", token=writer, method="POST", headers=headers, body=content,
                    authority=authority).status == 200


def test_head_and_conditional_requests_carry_no_body(nginx, url, authority):
    nginx.publish("small.txt", b"small")
    head = curl(url + "/files/small.txt", method="HEAD", authority=authority)
    assert (head.status, head.headers["content-length"], head.body) == (200, "5", "")
    same = curl(url + "/files/small.txt", headers={"If-None-Match": head.headers["etag"]}, authority=authority)
    assert (same.status, same.body) == (304, "")


@pytest.fixture
def log_line(site):
    """The access-log line of an answer."""
    def find(answer):
        request_id = answer.headers["x-request-id"]
        return wait_until(lambda: next((line for line in site.access_log() if line["request_id"] == request_id), None),
                          "the access-log line")
    return find


def test_the_log_says_who_and_why_and_never_the_token(site, log_line, provider, url, authority):
    token = provider.token()
    allowed = log_line(curl(url + "/orders/7?secret=1", token=token, authority=authority))
    assert (allowed["status"], allowed["reason"], allowed["route"]) == (200, "allowed", "orders")
    assert (allowed["issuer"], allowed["sub"], allowed["path"]) == ("provider", "reports", "/orders/7")
    denied = log_line(curl(url + "/orders/7", token=token + "x", authority=authority))
    assert (denied["status"], denied["proof"]) == (401, "none")
    everything = "\n".join(site.out + site.err)
    for part in token.split("."):
        assert part not in everything
    assert "secret" not in everything


CASES = [
    ("GET", "/health", None),
    ("GET", "/orders/7", None),
    ("GET", "/orders/7", "orders:read"),
    ("HEAD", "/orders/7", "orders:read"),
    ("GET", "/orders/7", "orders:write"),
    ("POST", "/orders/7", "orders:write"),
    ("GET", "/nowhere", "orders:read"),
    ("DELETE", "/orders/7", "orders:read"),
    ("GET", "/orders/..%2f7", "orders:read"),
]


@pytest.mark.parametrize("method, path, scope", CASES)
def test_explain_agrees_with_the_live_answer(command, site, log_line, provider, url, authority, tmp_path, method, path,
                                             scope):
    token = provider.token(scope=scope) if scope else None
    live = log_line(curl(url + path, token=token, method=method, authority=authority))
    (tmp_path / "jwks.json").write_text(json.dumps(provider.key_set()))
    explained = command("explain", "--config", site.configuration, "--method", method, "--path", path, "--json",
                        "--jwks", f"provider={tmp_path / 'jwks.json'}", *(["--token", token] if token else []))
    shown = json.loads(explained.stdout)
    assert shown["reason"] == live["reason"]
    if live["reason"] != "allowed":
        assert shown["status"] == live["status"]
    assert explained.returncode == (0 if live["reason"] == "allowed" else 1)


def test_admin_tells_that_it_lives_and_counts(site, url, authority):
    admin = f"http://127.0.0.1:{site.events('admin_listening')[-1]['port']}"
    assert curl(admin + "/livez").status == 200
    assert curl(admin + "/readyz").status == 200
    curl(url + "/orders/7", authority=authority)
    metrics = curl(admin + "/metrics").body
    assert 'route="orders"' in metrics and "token_missing" in metrics
