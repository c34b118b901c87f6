"""The identity provider: npm's oidc-provider, run by node over TLS."""

import json
import ssl
import urllib.parse
import urllib.request
from base64 import b64encode

from claimgate_testing.process import ROOT, Process, wait_until

SCRIPT = ROOT / "tests/e2e/provider/provider.mjs"


class Provider(Process):
    def __init__(self, certificate):
        super().__init__(["node", str(SCRIPT), str(certificate.certificate), str(certificate.key)])
        wait_until(lambda: self.out or not self.is_running(), "the provider did not start")
        if not self.out:
            raise AssertionError("the provider ended:\n" + "\n".join(self.err))
        started = json.loads(self.out[0])
        self.issuer, self.port = started["issuer"], started["port"]
        self._tls = ssl.create_default_context(cafile=str(certificate.certificate))

    def _ask(self, path, data=None, headers=None):
        request = urllib.request.Request(self.issuer + path, data=data, headers=headers or {})
        with urllib.request.urlopen(request, context=self._tls, timeout=10) as response:
            return json.load(response)

    def _post(self, path, form=None, headers=None):
        return self._ask(path, urllib.parse.urlencode(form or {}).encode(), headers)

    def key_set(self):
        """The keys that it publishes."""
        return self._ask("/jwks")

    def token(self, client="reports", scope="orders:read"):
        """An access token by the client credentials grant (RFC 6749 4.4) for the resource (RFC 8707)."""
        credentials = b64encode(f"{client}:{client}-secret".encode()).decode()
        form = {"grant_type": "client_credentials", "resource": "https://orders.example"}
        if scope:
            form["scope"] = scope
        return self._post("/token", form, {"Authorization": f"Basic {credentials}"})["access_token"]

    def rotate(self):
        """A new signing key; the old one stays published."""
        return self._post("/control/rotate")
