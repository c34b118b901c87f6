"""A gateway before a recording origin: open routes, guarded routes, two issuers, and a /treasure that no route allows.

Its checks end with a fence: one more request that must reach the origin as the only new one. So "nothing went upstream"
is seen, not waited for."""

import json
from pathlib import Path

from claimgate_testing.gateway import Gateway
from claimgate_testing.process import wait_until
from claimgate_testing.raw import Client
from claimgate_testing.recording import RecordingUpstream
from claimgate_testing.tokens import EcKey, EdKey, Issuer, RsaKey

CONFIGURATION = """
listeners: [{{ bind: 127.0.0.1:0 }}]
workers: 1
admin: off
access_log: {{ format: json, claims: [sub] }}
drain: {{ timeout: 1s }}
issuers:
  a: {{ issuer: https://a.example, audience: "api://gw", keys: {{ file: a.json }} }}
  b: {{ issuer: https://b.example, audience: "api://gw", keys: {{ file: b.json }} }}
  strict:
    issuer: https://strict.example
    audience: "api://gw"
    keys: {{ file: a.json }}
    algorithms: [RS256]
    types: [at+jwt]
    required_claims: [jti]
    max_lifetime: 1h
upstreams:
  origin: {{ targets: ["http://127.0.0.1:{port}"] }}
{upstreams}
routes:
  - {{ name: open, path: /pub/**, upstream: origin, access: public }}
  - {{ name: named, path: "/named/{{name}}", upstream: origin, access: public,
      forward: {{ headers: {{ X-Name: "{{path.name}}" }} }} }}
  - {{ name: maybe, path: /maybe/**, upstream: origin, access: optional }}
  - name: own
    path: /own/**
    upstream: origin
    access: authenticated
    forward: {{ headers: {{ X-Customer: "{{claim.sub}}" }} }}
  - {{ name: only-b, path: /only-b/**, upstream: origin, access: authenticated, issuers: [b] }}
  - {{ name: scoped, path: /scoped/**, upstream: origin, access: {{ scopes: ["orders:read"] }} }}
  - {{ name: mine, path: "/customers/{{customer}}/x", upstream: origin, access: {{ claims: {{ sub: "{{path.customer}}" }} }} }}
  - {{ name: posts, path: /posts, methods: [POST], upstream: origin, access: public }}
  - {{ name: hosted, path: /hosted/**, hosts: [a.example], upstream: origin, access: public }}
{more}
"""

FENCE = b"GET /pub/fence HTTP/1.1\r\nHost: g\r\n\r\n"


class Keys:
    def __init__(self):
        self.rs, self.other_rs = RsaKey("a-rs"), RsaKey("b-rs")
        self.es, self.es384, self.es512 = EcKey("a-es"), EcKey("a-es384", "P-384"), EcKey("a-es512", "P-521")
        self.ed = EdKey("a-ed")
        self.ps = RsaKey("a-ps")

    def write(self, directory):
        a = [self.rs.jwk(), self.es.jwk(alg="ES256"), self.es384.jwk(), self.es512.jwk(), self.ed.jwk(),
             self.ps.jwk(alg="PS256")]
        (Path(directory) / "a.json").write_text(json.dumps({"keys": a}))
        (Path(directory) / "b.json").write_text(json.dumps({"keys": [self.other_rs.jwk()]}))


class Site:
    def __init__(self, directory, more="", keys=None, upstreams=""):
        self.keys = keys or Keys()
        self.keys.write(directory)
        self.origin = RecordingUpstream()
        self.a = Issuer("https://a.example", "api://gw")
        self.b = Issuer("https://b.example", "api://gw")
        self.strict = Issuer("https://strict.example", "api://gw")
        self.gateway = Gateway(directory, CONFIGURATION.format(port=self.origin.port, more=more, upstreams=upstreams))
        self.port = self.gateway.port
        self._bad_token_answer = None

    def stop(self):
        """The gateway must have lived, and end as asked."""
        code = self.gateway.stop()
        self.origin.close()
        report = "\n".join(line for line in self.gateway.err if not line.startswith("{"))
        assert code == 0, f"ended with {code}:\n{report}"
        assert "Sanitizer" not in report and "runtime error" not in report, report

    # ------------------------------------------------------------ what was decided

    def log_line(self, response):
        """The access-log line of a response. One that was passed on bears no id, but the origin got it."""
        request_id = response.one("x-request-id") or self.origin.requests[-1].one("x-request-id")

        def find():
            for line in reversed(self.gateway.out):
                if f'"{request_id}"' in line:
                    return json.loads(line)
            return None
        return wait_until(find, f"an access-log line for {request_id}")

    def reason(self, response):
        return self.log_line(response)["reason"]

    # ------------------------------------------------------------ asking

    def ask(self, data, method="GET"):
        """The final answer to these bytes on a connection of their own."""
        with Client(self.port, data) as client:
            return client.final_response(method)

    def get(self, target, token=None, fields="", method="GET"):
        return self.ask(request(target, token, fields, method), method)

    def fence(self):
        """One request that is known to arrive; answers the targets that arrived before it."""
        response = self.ask(FENCE)
        assert response.status == 200, response
        targets = self.origin.targets
        assert targets[-1:] == ["/pub/fence"], targets
        assert not self.origin.faults, self.origin.faults
        return targets[:-1]

    # ------------------------------------------------------------ checks

    def expect_refused(self, data, *statuses, method="GET"):
        """400c: refused, `Connection: close`, closed, and not a byte upstream; alone and among good requests."""
        statuses = statuses or (400,)
        before, after = request("/pub/before"), request("/pub/after")
        answers = []
        for pieces in ((data,), (before, data), (data, after), (before, data, after)):
            self.origin.reset()
            with Client(self.port, b"".join(pieces)) as client:
                if pieces[0] is before:
                    assert client.final_response().status == 200
                answers.append(response := client.final_response(method))
                assert response.status in statuses, f"{response.start} for {data[:300]!r}"
                assert response.one("connection") == "close", response
                client.expect_end()
            expected = ["/pub/before"] if pieces[0] is before else []
            assert self.fence() == expected, f"the origin saw {self.origin.bytes[:500]!r}"
            assert b"treasure" not in self.origin.bytes
        return answers[0]

    def expect_answered(self, data, *statuses, method="GET"):
        """Answered by the gateway itself; the connection may live on."""
        self.origin.reset()
        response = self.ask(data, method)
        assert response.status in statuses, f"{response.start} for {data[:300]!r}"
        assert self.fence() == [], f"the origin saw {self.origin.bytes[:500]!r}"
        return response

    def expect_forwarded(self, data, method="GET"):
        """Passed on as exactly one request, and answered by the origin; answers what the origin got."""
        self.origin.reset()
        response = self.ask(data, method)
        assert response.status == 200, f"{response.start} {response.body[:200]!r} for {data[:300]!r}"
        self.fence()
        assert len(self.origin.requests) == 2, self.origin.targets
        got = self.origin.requests[0]
        check_canonical(got)
        return got

    def expect_denied(self, token, *reasons, target="/own/x"):
        """401 with nothing that tells the causes apart; `reasons` are what the log may give."""
        response = self.expect_answered(request(target, token), 401)
        assert 'error="invalid_token"' in response.one("www-authenticate"), response
        assert self.told(response) == self.told_of_any_bad_token(), response
        assert len(token) < 20 or token[-20:].encode("latin-1") not in response.raw
        reason = self.reason(response)
        assert not reasons or reason in reasons, f"{reason}, not {reasons}"
        return response

    def expect_allowed(self, token, target="/own/x"):
        return self.expect_forwarded(request(target, token))

    def told(self, response):
        """What a client learns: all but the id and the date of the answer."""
        own = (response.one("x-request-id") or "-").encode()
        fields = sorted((name.lower(), value) for name, value in response.fields
                        if name.lower() not in ("x-request-id", "date", "connection"))
        return response.status, fields, response.body.replace(own, b"ID")

    def told_of_any_bad_token(self):
        if self._bad_token_answer is None:
            self._bad_token_answer = self.told(self.get("/own/x", "not.a.token"))
        return self._bad_token_answer


def request(target, token=None, fields="", method="GET", body=b"", version="1.1"):
    """A well-formed request, but for what its pieces say."""
    bearer = f"Authorization: Bearer {token}\r\n" if token is not None else ""
    head = f"{method} {target} HTTP/{version}\r\nHost: g\r\n{bearer}{fields}\r\n"
    return head.encode("latin-1") + body


HOP_BY_HOP = {"connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection", "te",
              "trailer", "upgrade", "http2-settings", "expect"}


def check_canonical(message):
    """The invariants of what leaves the gateway (threats 2.13) that hold for every request."""
    method, target, version = message.start.split(" ")
    assert version == "HTTP/1.1" and method and target.startswith(("/", "*")), message.start
    names = [name.lower() for name, _ in message.fields]
    assert names.count("host") == 1
    assert names.count("content-length") + names.count("transfer-encoding") <= 1
    assert not HOP_BY_HOP & set(names), names
    assert not any("_" in name for name in names), names
    for name, value in message.fields:
        assert all(31 < ord(c) != 127 or c == "\t" for c in value), (name, value)

