"""Clients that are known by their TLS certificates: with a good one, without, and with all kinds of bad ones."""

import hashlib
import json
import signal
import socket
import ssl

import pytest

from claimgate_testing.certificates import Authority
from claimgate_testing.gateway import Gateway
from claimgate_testing.recording import RecordingUpstream

CONFIGURATION = """
listeners:
  - bind: 127.0.0.1:0
    tls:
      certificates: [{{ certificate: {certificate.certificate}, key: {certificate.key} }}]
      minimum: "{version}"
      client_certificates: {{ authority: {authority}, mode: {mode} }}
issuers: {{ own: {{ issuer: own, audience: api, keys: {{ secret: "0123456789abcdef0123456789abcdef" }} }} }}
upstreams: {{ origin: {{ targets: ["http://127.0.0.1:{port}"] }} }}
routes:
  - {{ path: /pub, upstream: origin, access: public }}
  - {{ path: /subject, upstream: origin, access: {{ certificate: {{ subject: "CN=reports,O=Shop" }} }} }}
  - {{ path: /san, upstream: origin, access: {{ certificate: {{ san: {{ prefix: "URI:spiffe://shop/" }} }} }} }}
  - {{ path: /print, upstream: origin, access: {{ certificate: {{ fingerprint: "{print}" }} }} }}
admin: off
workers: 1
"""


class Place:
    def __init__(self, directory, certificate):
        self.directory, self.certificate = directory, certificate
        self.authority = Authority(directory)
        (directory / "strangers").mkdir()
        self.other = Authority(directory / "strangers")
        self.reports = self.authority.issue("reports", uri="spiffe://shop/ns/reports")
        self.origin = RecordingUpstream()

    def configuration(self, mode="optional", version="1.2", authority=None):
        digest = hashlib.sha256(ssl.PEM_cert_to_DER_cert(self.reports.certificate.read_text())).hexdigest().upper()
        print_text = ":".join(digest[i:i + 2] for i in range(0, 64, 2))
        return CONFIGURATION.format(certificate=self.certificate, authority=authority or self.authority.certificate,
                                    mode=mode, version=version, port=self.origin.port, print=print_text)

    def ask(self, port, path, pair=None, token=None):
        """The status of the answer, or None where there is no connection."""
        context = ssl.create_default_context(cafile=self.certificate.certificate)
        if pair:
            context.load_cert_chain(pair.certificate, pair.key)
        bearer = f"Authorization: Bearer {token}\r\n" if token else ""
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=10) as plain, \
                    context.wrap_socket(plain, server_hostname="localhost") as secured:
                secured.sendall(f"GET {path} HTTP/1.1\r\nHost: g\r\n{bearer}Connection: close\r\n\r\n".encode())
                head = secured.recv(4096)
        except (ssl.SSLError, ConnectionError):
            return None
        return int(head.split()[1]) if head else None


@pytest.fixture(scope="module")
def place(tmp_path_factory, certificate):
    place = Place(tmp_path_factory.mktemp("clients"), certificate)
    yield place
    place.origin.close()


@pytest.fixture(scope="module", params=["1.2", "1.3"])
def gateway(request, place, tmp_path_factory):
    gateway = Gateway(tmp_path_factory.mktemp("gateway"), place.configuration(version=request.param))
    yield gateway
    assert gateway.stop() == 0


@pytest.fixture(scope="module")
def token(command, tmp_path_factory):
    secret = tmp_path_factory.mktemp("secret") / "secret.json"
    secret.write_text(json.dumps({"kty": "oct", "alg": "HS256", "k": "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY"}))
    signed = command("token", "sign", "--key", secret, "--issuer", "own", "--audience", "api", "--subject", "x")
    assert signed.returncode == 0, signed.stderr
    return signed.stdout.strip()


@pytest.mark.parametrize("path", ["/subject", "/san", "/print"])
def test_the_right_certificate_opens_the_route(place, gateway, token, path):
    assert place.ask(gateway.port, path, place.reports, token) == 200


@pytest.mark.parametrize("path", ["/subject", "/san", "/print"])
def test_without_a_certificate_only_other_routes_are_open(place, gateway, token, path):
    assert place.ask(gateway.port, "/pub") == 200
    assert place.ask(gateway.port, path, token=token) == 403


@pytest.mark.parametrize("path", ["/subject", "/san", "/print"])
def test_another_certificate_of_the_same_authority_does_not_open_it(place, gateway, token, path):
    other = place.authority.issue("orders", uri="spiffe://other/ns/reports")
    assert place.ask(gateway.port, "/pub", other) == 200
    assert place.ask(gateway.port, path, other, token) == 403


def test_a_certificate_does_not_stand_for_a_token(place, gateway):
    assert place.ask(gateway.port, "/subject", place.reports) == 401


def test_bad_certificates_are_refused_in_the_handshake(place, gateway, token):
    before = len(place.origin.requests)
    assert place.ask(gateway.port, "/subject", place.other.issue("reports"), token) is None
    assert place.ask(gateway.port, "/subject", place.authority.issue("reports-old", days=-1), token) is None
    assert place.ask(gateway.port, "/pub", place.other.issue("reports")) is None
    assert len(place.origin.requests) == before


def test_required_means_that_nobody_connects_without_one(place, tmp_path, token):
    reports = place.authority.issue("reports-2")
    gateway = Gateway(tmp_path, place.configuration(mode="required"))
    try:
        assert place.ask(gateway.port, "/pub") is None
        assert place.ask(gateway.port, "/pub", reports) == 200
    finally:
        assert gateway.stop() == 0


def test_a_reload_takes_another_authority(place, tmp_path):
    authority = tmp_path / "authority.pem"
    authority.write_bytes(place.authority.certificate.read_bytes())
    pair, stranger = place.authority.issue("reports-3"), place.other.issue("stranger")
    gateway = Gateway(tmp_path, place.configuration(authority=authority))
    try:
        assert place.ask(gateway.port, "/pub", pair) == 200
        assert place.ask(gateway.port, "/pub", stranger) is None
        authority.write_bytes(place.other.certificate.read_bytes())
        gateway.send(signal.SIGHUP)
        gateway.wait_for_event("reloaded")
        assert place.ask(gateway.port, "/pub", pair) is None
        assert place.ask(gateway.port, "/pub", stranger) == 200
    finally:
        assert gateway.stop() == 0


def test_an_authority_that_is_none_is_found_by_check(command, place, tmp_path):
    bad = tmp_path / "authority.pem"
    bad.write_text("nothing")
    path = tmp_path / "gateway.yaml"
    path.write_text(place.configuration(authority=bad))
    ended = command("check", path)
    assert ended.returncode == 78
    assert "gateway.yaml:7:7: error: cannot use the authority" in ended.stdout, ended.stdout


def test_explain_takes_a_certificate(command, place, tmp_path, token):
    path = tmp_path / "gateway.yaml"
    path.write_text(place.configuration())
    asked = ("explain", "--config", path, "--path", "/subject", "--token", token)
    assert command(*asked, "--client-certificate", place.reports.certificate).returncode == 0
    without = command(*asked)
    assert without.returncode == 1
    assert "(no client certificate)" in without.stdout
