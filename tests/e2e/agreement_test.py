"""Random configurations and requests: the proxy, `explain` and `test` must always say the same."""

import json
import random
import time

import pytest

from claimgate_testing.gateway import Gateway
from claimgate_testing.process import wait_until
from claimgate_testing.raw import exchange
from claimgate_testing.recording import RecordingUpstream
from claimgate_testing.tokens import EcKey, Issuer, flip

ISSUER = Issuer("own", "api")
KEY = EcKey("k")
WORDS = ["a", "b", "ada", "bob", "42"]
TEMPLATES = ["{path.who}", "{claim.sub}", "{header.X-H}", "{query.q}", "{client.ip}", "a{query.q}"]
CLAIMS = ["sub", "tenant", "level", "list", "deep.er", "absent"]
FORWARDED = {"X-Who": "{claim.sub}", "X-Q": "{query.q}", "X-List": "{claim.list}", "X-Both": "{path.who}-{claim.tenant}"}


class Maker:
    """Everything random of one round, from one seed."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def pick(self, *choices):
        return self.random.choice(choices)

    def matcher(self):
        text = self.pick(*WORDS, *TEMPLATES)
        return self.pick(text, [text, self.pick(*WORDS)], {"not_equals": text}, {"none_of": [text]}, {"contains": text},
                         {"contains_any": [text, "b"]}, {"contains_all": ["a", text]}, {"prefix": text}, {"suffix": "a"},
                         {"matches": "[a-b]+|42"}, {"at_least": self.random.randrange(4)}, {"at_most": 2},
                         {"exists": self.pick(True, False)}, self.random.randrange(4), self.pick(True, False))

    def asked(self):
        """Only texts: a part of a request is one."""
        return self.pick("a", "{path.who}", ["a", "b"], {"not_equals": "a"}, {"prefix": "a"}, {"exists": self.pick(True, False)})

    def entry(self, depth):
        groups = ["any", "none", "all"] if depth else []
        kind = self.pick("scopes", "any_scope", "roles", "groups", "claims", "claims", "claims", "request", "client", "acr",
                         "max_age", "source", "policy", *groups)
        if kind in groups:
            return {kind: [self.rule(depth - 1) for _ in range(self.random.randrange(1, 3))]}
        if kind == "claims":
            return {kind: {self.pick(*CLAIMS): self.matcher()}}
        if kind == "request":
            return {kind: {self.pick("header.X-H", "query.q"): self.asked()}}
        values = {"client": "a", "max_age": self.pick("1m", "10m"), "source": [self.pick("127.0.0.0/8", "10.0.0.0/8")], "policy": "named"}
        return {kind: values.get(kind, [self.pick(*WORDS)])}

    def rule(self, depth=2):
        rule = {}
        for _ in range(self.random.randrange(1, 3)):
            rule.update(self.entry(depth))
        return rule

    def route(self, path, methods=None):
        access = self.pick("public", "optional", "authenticated", *[self.rule() for _ in range(5)])
        forward = {name: text for name, text in FORWARDED.items() if self.random.random() < 0.5}
        route = {"path": path, "upstream": "origin", "access": access, "forward": {"headers": forward}}
        if methods:
            route |= {"methods": methods, "name": f"{path} {methods[0]}"}
        return route

    def configuration(self, port):
        return {
            "listeners": [{"bind": "127.0.0.1:0"}], "admin": "off", "workers": 1,
            "issuers": {"own": {"issuer": "own", "audience": "api", "keys": {"file": "keys.json"}}},
            "upstreams": {"origin": {"targets": [f"http://127.0.0.1:{port}"]}},
            "policies": {"named": {"claims": {"tenant": self.pick("a", ["a", "b"])}}},
            "routes": [self.route("/{who}/x", ["GET"]), self.route("/{who}/x", ["POST"]), self.route("/{who}/**"),
                       self.route("/ada/{who:int}"), self.route("/{who}")],
        }

    def value(self):
        return self.pick(*WORDS, self.random.randrange(4), True, None, [], ["a", "b"], ["b", 42], {"er": "a"})

    def token(self):
        """Mostly a good one."""
        now = int(time.time())
        claims = {name: self.value() for name in ("tenant", "level", "list", "deep") if self.random.random() < 0.8}
        claims |= {"sub": self.pick("ada", "bob"), "scope": self.pick("a", "a b", "ada"), "roles": self.pick(["a"], ["b", "ada"]),
                   "groups": self.pick([], ["a"], ["42"]), "azp": self.pick("a", "b"), "acr": self.pick("a", "b"),
                   "auth_time": now - self.pick(5, 300, 3000)}
        token = ISSUER.token(KEY, "ES256", **{name: value for name, value in claims.items() if value is not None},
                             **self.pick({}, {}, {}, {}, {}, {"exp": now - 100}, {"aud": "other"}))
        return self.pick(token, token, token, token, flip(token, len(token) - 20), None)

    def request(self):
        path = self.pick("/ada/x", "/bob/x", "/a/x", "/ada/42", "/ada", "/ada/y/z", "/%61da/x", "/a/../bob/x", "/a%2fb", "/")
        query = self.pick("", "", "?q=a", "?q=ada&p=1", "?q=a&q=b", "?q=", "?q=%61")
        headers = [("X-H", self.pick(*WORDS))] * self.pick(0, 0, 1, 1, 2) + [("x-who", "forged")] * self.pick(0, 1)
        return self.pick("GET", "GET", "GET", "POST", "DELETE"), path + query, headers, self.token()


def as_sent(method, target, headers, token):
    fields = headers + ([("Authorization", f"Bearer {token}")] if token else [])
    lines = [f"{method} {target} HTTP/1.1", "Host: localhost", *(f"{name}: {value}" for name, value in fields)]
    if method == "POST":
        lines.append("Content-Length: 0")
    return "\r\n".join(lines + ["", ""]).encode()


def ask_proxy(gateway, origin, requests):
    """What the access log says of each, and what the origin saw of it."""
    seen = []
    for request in requests:
        before = len(origin.requests)
        status = exchange(gateway.port, as_sent(*request), request[0]).status
        arrived = origin.requests[before:]
        headers = {name.lower(): (arrived[0].all(name) or [None])[0] for name in FORWARDED} if arrived else None
        seen.append({"status": status, "headers": headers})
    lines = wait_until(lambda: gateway.access_log() if len(gateway.access_log()) == len(requests) else None, "the access log")
    return [one | {"reason": line["reason"], "route": line.get("route")} for one, line in zip(seen, lines)]


def explain(command, path, request):
    method, target, headers, token = request
    options = [part for name, value in headers for part in ("--header", f"{name}: {value}")]
    ended = command("explain", "--config", path, "--method", method, "--path", target, "--host", "localhost", "--json",
                    "--client", "127.0.0.1", *options, *(["--token", token] if token else []))
    assert ended.returncode in (0, 1), ended.stderr
    said = json.loads(ended.stdout)
    headers = None
    if said["result"] == "admitted":
        added = dict(said["upstream"]["added"])
        headers = {name.lower(): added.get(name.lower()) for name in FORWARDED}
    return {"status": said.get("status", 200), "reason": said["reason"], "route": said.get("route", {}).get("name"), "headers": headers}


def as_test(number, request, seen):
    """A policy test that expects what the proxy did."""
    method, target, headers, token = request
    given = {}
    for name, value in headers:
        given.setdefault(name, []).append(value)
    expect = {"reason": seen["reason"]} | ({"route": seen["route"]} if seen["route"] else {})
    if seen["headers"] is None:
        expect |= {"verdict": "deny", "status": seen["status"]}
    else:
        expect |= {"verdict": "allow", "headers": seen["headers"]}
    test = {"name": f"number {number}", "request": {"method": method, "path": target, "host": "localhost", "headers": given},
            "expect": expect}
    return test | ({"token": {"raw": token}} if token else {})


@pytest.mark.parametrize("seed", range(12))
def test_proxy_explain_and_test_agree(command, tmp_path, seed):
    (tmp_path / "keys.json").write_text(json.dumps({"keys": [KEY.jwk()]}))
    maker = Maker(seed)
    origin = RecordingUpstream()
    configuration = maker.configuration(origin.port)
    path = tmp_path / "claimgate.yaml"
    # JSON is YAML. Some rules can never hold and are refused: then others are made.
    path.write_text(json.dumps(configuration))
    while command("check", path).returncode != 0:
        configuration = maker.configuration(origin.port)
        path.write_text(json.dumps(configuration))

    requests = [maker.request() for _ in range(25)]
    with Gateway(tmp_path, json.dumps(configuration)) as gateway:
        seen = ask_proxy(gateway, origin, requests)
    origin.close()
    for request, one in list(zip(requests, seen))[:8]:
        assert explain(command, path, request) == one, request
    suite = {"at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
             "tests": [as_test(number, *pair) for number, pair in enumerate(zip(requests, seen))]}
    (tmp_path / "all.test.yaml").write_text(json.dumps(suite))
    ended = command("test", tmp_path / "all.test.yaml", "--config", path)
    assert ended.returncode == 0, ended.stdout
    assert "25 passed" in ended.stdout


def test_the_rounds_meet_both_answers(tmp_path):
    """Random requests that were all refused would prove little."""
    maker = Maker(0)
    kinds = {json.dumps(maker.route("/")["access"])[:8] for _ in range(50)}
    assert len(kinds) > 5
