"""What end-to-end tests share: the binary's commands, certificates, the provider and nginx."""

import json
import os
import subprocess

import pytest

from claimgate_testing.certificates import make_certificate
from claimgate_testing.nginx import Nginx
from claimgate_testing.process import PATIENCE, claimgate
from claimgate_testing.provider import Provider


@pytest.fixture(scope="session")
def command():
    """Runs a command of claimgate to its end."""
    def run(*arguments, stdin="", cwd=None, env=None):
        return subprocess.run([claimgate(), *map(str, arguments)], input=stdin, cwd=cwd, capture_output=True,
                              text=True, timeout=PATIENCE, env={**os.environ, **(env or {})})
    return run


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    return make_certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture(scope="session")
def provider(certificate):
    with Provider(certificate) as running:
        yield running


@pytest.fixture(scope="session")
def nginx(tmp_path_factory):
    with Nginx(tmp_path_factory.mktemp("nginx")) as running:
        yield running


@pytest.fixture(scope="session")
def configuration(provider, nginx, certificate):
    """A configuration with TLS in front of nginx, believing the provider. Changed by replacing text."""
    return f"""
listeners:
  - bind: 127.0.0.1:0
    tls: {{ certificates: [{{ certificate: {certificate.certificate}, key: {certificate.key} }}] }}
issuers:
  provider:
    issuer: {provider.issuer}
    audience: orders-api
    keys: {{ discover: true, ca: {certificate.certificate} }}
upstreams:
  nginx: {{ targets: ["http://127.0.0.1:{nginx.port}"] }}
routes:
  - {{ path: /health, upstream: nginx, access: public }}
  - {{ path: /files/**, upstream: nginx, access: public }}
  - name: orders
    path: /orders/**
    upstream: nginx
    access: {{ scopes: ["orders:read"] }}
    forward: {{ headers: {{ X-Customer: "{{claim.sub}}" }} }}
  - name: orders-write
    path: /orders/**
    methods: [POST]
    upstream: nginx
    access: {{ scopes: ["orders:write"] }}
admin: {{ bind: "127.0.0.1:0" }}
workers: 2
"""


@pytest.fixture
def own_issuer(command, tmp_path):
    """An issuer of the test's own: answers a function that signs tokens, and leaves keys.json in tmp_path."""
    private = tmp_path / "private.json"
    assert command("keys", "generate", "--kid", "own", "--out", private).returncode == 0
    (tmp_path / "keys.json").write_text(command("keys", "jwks", private).stdout)

    def sign(*arguments, **claims):
        pairs = [part for name, value in claims.items() for part in ("--claim", f"{name}={json.dumps(value)}")]
        signed = command("token", "sign", "--key", private, "--issuer", "own", "--audience", "orders-api",
                         *pairs, *arguments)
        assert signed.returncode == 0, signed.stderr
        return signed.stdout.strip()
    return sign
