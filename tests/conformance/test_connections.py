"""How many connections, for how long, and what happens when there is no more room (threats 2.12)."""

import resource
import ssl

import pytest

from claimgate_testing.certificates import make_certificate
from claimgate_testing.gateway import Gateway
from claimgate_testing.process import claimgate, wait_until
from claimgate_testing.raw import Client, Closed
from claimgate_testing.recording import RecordingUpstream
from claimgate_testing.site import Site, request

SMALL = "limits: { connections: 3, requests_per_connection: 3 }"


@pytest.fixture
def small(tmp_path, keys):
    site = Site(tmp_path, more=SMALL, keys=keys)
    yield site
    site.stop()


def test_H173_connections_beyond_the_limit_are_refused_politely(small):
    held = [Client(small.port, request("/pub/x")) for _ in range(3)]
    for client in held:
        assert client.final_response().status == 200
    with Client(small.port) as late:
        assert late.final_response().status == 503
        late.expect_end()
    for client in held:
        client.sock.close()
    wait_until(lambda: small.get("/pub/x").status == 200, "room again")


def test_a_connection_ends_after_its_share_of_requests(small):
    with Client(small.port, request("/pub/x") * 3) as client:
        ends = [client.final_response().one("connection") for _ in range(3)]
        assert ends == [None, None, "close"]
        client.expect_end()


def test_H173_running_out_of_descriptors_pauses_and_recovers(tmp_path, keys):
    """`ulimit -n`: what cannot be accepted waits in the kernel; nothing spins, nothing dies."""
    if "/asan/" in claimgate():
        pytest.skip("UBSan opens a pipe to look at an object, and takes its failure for the object's")
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    site = Site(tmp_path, keys=keys)
    try:
        resource.prlimit(site.gateway.pid, resource.RLIMIT_NOFILE, (40, hard))
        crowd = [Client(site.port) for _ in range(60)]
        site.gateway.wait_for_event("accept_paused")
        before = cpu_seconds(site.gateway.pid)
        site.gateway.wait_for_event("accept_paused", 5)
        assert cpu_seconds(site.gateway.pid) - before < 0.5, "five pauses of 100 ms cost next to nothing"
        for client in crowd:
            client.sock.close()
        wait_until(lambda: works(site), "service again")
    finally:
        site.stop()


def cpu_seconds(pid):
    with open(f"/proc/{pid}/stat", encoding="ascii") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / 100


def works(site):
    try:
        return site.get("/pub/x").status == 200
    except (Closed, OSError):
        return False


# ---------------------------------------------------------------- TLS

TLS = """
listeners:
  - bind: 127.0.0.1:0
    tls: {{ certificates: [{{ certificate: localhost.pem, key: localhost.key }}, {{ certificate: other.pem, key: other.key }}] }}
workers: 2
admin: off
limits: {{ head_timeout: 500ms }}
upstreams: {{ origin: {{ targets: ["http://127.0.0.1:{port}"] }} }}
routes: [{{ path: /pub/**, upstream: origin, access: public }}]
"""


class TlsSite:
    def __init__(self, directory):
        self.origin = RecordingUpstream()
        self.authority = make_certificate(directory).certificate
        self.other = make_certificate(directory, "other").certificate
        self.gateway = Gateway(directory, TLS.format(port=self.origin.port))
        self.port = self.gateway.port

    def context(self, authority=None):
        context = ssl.create_default_context(cafile=str(authority or self.authority))
        context.set_alpn_protocols(["http/1.1"])
        return context

    def connect(self, context=None, name="localhost", data=b""):
        client = Client(self.port)
        client.sock = (context or self.context()).wrap_socket(client.sock, server_hostname=name)
        if data:
            client.send(data)
        return client


@pytest.fixture(scope="module")
def tls(tmp_path_factory):
    site = TlsSite(tmp_path_factory.mktemp("tls"))
    yield site
    assert site.gateway.stop() == 0, site.gateway.err


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3], ids=lambda version: version.name)
def test_requests_are_served_over(tls, version):
    context = tls.context()
    context.minimum_version = context.maximum_version = version
    with tls.connect(context, data=request("/pub/x") * 3) as client:
        for _ in range(3):
            assert client.final_response().body == b"ok"
        assert client.sock.selected_alpn_protocol() == "http/1.1"
    assert tls.origin.requests[-1].one("x-forwarded-proto") == "https"


def test_large_bodies_cross_tls_both_ways(tls):
    body = bytes(range(256)) * 4096  # 1 MiB
    tls.origin.reset()
    tls.origin.answer = lambda got: b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(got.body), got.body)
    with tls.connect(data=request("/pub/x", fields=f"Content-Length: {len(body)}\r\n", method="POST")) as client:
        client.send(body)
        got = client.final_response().body
    assert len(got) == len(body) and got == body


def test_a_certificate_is_picked_by_name(tls):
    with tls.connect(tls.context(tls.other), name="other", data=request("/pub/x")) as client:
        assert client.final_response().status == 200


def test_H152_an_unknown_name_gets_the_first_certificate(tls):
    context = tls.context()
    context.check_hostname = False
    with tls.connect(context, name="unknown.example", data=request("/pub/x")) as client:
        assert client.final_response().status == 200


def test_H150_old_versions_are_refused(tls):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_1
    with pytest.raises(ssl.SSLError):
        tls.connect(context)


@pytest.mark.parametrize("cipher", ["AES128-SHA", "AES128-GCM-SHA256", "ECDHE-ECDSA-AES128-SHA"])
def test_H150_suites_without_forward_secrecy_or_aead_are_refused(tls, cipher):
    context = tls.context()
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers(cipher)
    with pytest.raises((ssl.SSLError, ConnectionResetError)):
        tls.connect(context)


def test_H144_a_client_that_speaks_other_protocols_only_is_refused(tls):
    context = tls.context()
    context.set_alpn_protocols(["h2"])
    with pytest.raises((ssl.SSLError, ConnectionResetError)):
        tls.connect(context)


def test_a_session_is_resumed_at_any_worker(tls):
    context = tls.context()
    with tls.connect(context, data=request("/pub/x")) as client:
        assert client.final_response().status == 200
        session = client.sock.session
    resumed = 0
    for _ in range(8):
        client = Client(tls.port)
        client.sock = context.wrap_socket(client.sock, server_hostname="localhost", session=session)
        with client:
            client.send(request("/pub/x"))
            assert client.final_response().status == 200
            resumed += client.sock.session_reused
            session = client.sock.session
    assert resumed == 8, "tickets of one worker are good at the other"


def test_H155_a_handshake_that_stalls_ends(tls):
    with Client(tls.port, b"\x16\x03\x01\x02\x00") as client:
        assert client.to_end() == b""


def test_cleartext_on_a_tls_port_is_no_request(tls):
    tls.origin.reset()
    with Client(tls.port, request("/pub/x")) as client:
        assert b"HTTP/" not in client.to_end()
    with tls.connect(data=request("/pub/fence")) as client:
        assert client.final_response().status == 200
    assert tls.origin.targets == ["/pub/fence"]


def test_a_connection_is_closed_with_close_notify(tls):
    with tls.connect(data=request("/pub/x", fields="Connection: close\r\n")) as client:
        assert client.final_response().status == 200
        assert client.sock.recv(1) == b"", "a clean end: Python raises on a cut"
