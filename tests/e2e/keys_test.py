"""Keys that change, and a provider that is away, while traffic runs."""

import threading
import time

import pytest

from claimgate_testing.client import curl
from claimgate_testing.gateway import Gateway
from claimgate_testing.provider import Provider

COOL_DOWN = 30  # seconds after a fetch in which an unknown key is simply unknown


class Traffic(threading.Thread):
    """Asks with a token that is good all the time; keeps every status."""

    def __init__(self, url, token, authority):
        super().__init__()
        self._url, self._token, self._authority = url, token, authority
        self._ended = threading.Event()
        self.statuses = []

    def run(self):
        while not self._ended.is_set():
            self.statuses.append(curl(self._url, token=self._token, authority=self._authority).status)

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self._ended.set()
        self.join()


@pytest.fixture
def own_provider(certificate):
    with Provider(certificate) as running:
        yield running


@pytest.fixture
def believing(configuration, provider, own_provider):
    """The configuration, with a provider that the test may rotate and stop."""
    return configuration.replace(provider.issuer, own_provider.issuer)


def test_a_rotation_costs_no_request_its_answer(tmp_path, believing, own_provider, certificate):
    with Gateway(tmp_path, believing) as gateway:
        url = f"https://localhost:{gateway.port}/orders/7"
        gateway.wait_for_event("keys_fetched")
        fetched = time.monotonic()
        with Traffic(url, own_provider.token(), certificate.certificate) as old:
            # The provider's own cool-down: an unknown key asks it again only after this time.
            while time.monotonic() < fetched + COOL_DOWN + 1:
                time.sleep(0.1)
            own_provider.rotate()
            with Traffic(url, own_provider.token(), certificate.certificate) as new:
                with Traffic(url, own_provider.token("reports-es"), certificate.certificate) as other:
                    gateway.wait_for_event("keys_fetched", 2)
                    time.sleep(1)
        assert len(new.statuses) > 3 and len(other.statuses) > 3
        assert set(old.statuses + new.statuses + other.statuses) == {200}
        assert len(gateway.events("keys_fetched")) == 2


def test_a_provider_that_goes_away_takes_nothing_with_it(command, tmp_path, believing, own_provider, certificate):
    cached = believing + f"key_cache: {tmp_path}/key-cache\n"
    token = own_provider.token()
    with Gateway(tmp_path, cached) as gateway:
        gateway.wait_for_event("keys_fetched")
        own_provider.stop()
        url = f"https://localhost:{gateway.port}/orders/7"
        assert curl(url, token=token, authority=certificate.certificate).status == 200
        gateway.rewrite(cached)
        gateway.wait_for_event("reloaded")
        assert curl(url, token=token, authority=certificate.certificate).status == 200
    with Gateway(tmp_path, cached) as gateway:  # a start without the provider, with the keys of its last life
        url = f"https://localhost:{gateway.port}/orders/7"
        gateway.wait_for_event("keys_failed")
        assert curl(url, token=token, authority=certificate.certificate).status == 200
        explained = command("explain", "--config", gateway.configuration, "--path", "/orders/7", "--token", token)
        assert explained.returncode == 0, explained.stdout


def test_without_any_keys_nobody_is_believed(tmp_path, believing, own_provider, certificate):
    token = own_provider.token()
    own_provider.stop()
    with Gateway(tmp_path, believing) as gateway:
        gateway.wait_for_event("keys_failed")
        base = f"https://localhost:{gateway.port}"
        assert curl(base + "/health", authority=certificate.certificate).status == 200
        assert curl(base + "/orders/7", token=token, authority=certificate.certificate).status == 503
