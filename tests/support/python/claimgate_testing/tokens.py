"""Tokens and key sets made by hand, so that every wrong kind of them can be made too."""

import hashlib
import hmac
import json
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import cache

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

HASHES = {"256": hashes.SHA256(), "384": hashes.SHA384(), "512": hashes.SHA512()}
CURVES = {"P-256": ec.SECP256R1(), "P-384": ec.SECP384R1(), "P-521": ec.SECP521R1()}


def b64(data):
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text):
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def number(value, size=None):
    return b64(value.to_bytes(size or max(1, (value.bit_length() + 7) // 8), "big"))


class RsaKey:
    def __init__(self, kid, bits=2048):
        self.kid = kid
        self.private = rsa.generate_private_key(65537, bits)

    def jwk(self, **more):
        numbers = self.private.public_key().public_numbers()
        return {"kty": "RSA", "kid": self.kid, "n": number(numbers.n), "e": number(numbers.e), **more}

    def sign(self, algorithm, data):
        digest = HASHES[algorithm[2:]]
        if algorithm.startswith("PS"):
            return self.sign_pss(data, digest, digest.digest_size)
        return self.private.sign(data, padding.PKCS1v15(), digest)

    def sign_pss(self, data, digest, salt):
        return self.private.sign(data, padding.PSS(padding.MGF1(digest), salt), digest)


class EcKey:
    def __init__(self, kid, curve="P-256"):
        self.kid, self.curve = kid, curve
        self.private = ec.generate_private_key(CURVES[curve])
        self.size = (CURVES[curve].key_size + 7) // 8

    def jwk(self, **more):
        numbers = self.private.public_key().public_numbers()
        return {"kty": "EC", "crv": self.curve, "kid": self.kid, "x": number(numbers.x, self.size),
                "y": number(numbers.y, self.size), **more}

    def numbers(self, algorithm, data):
        """The signature as (r, s)."""
        return decode_dss_signature(self.private.sign(data, ec.ECDSA(HASHES[algorithm[2:]])))

    def sign(self, algorithm, data):
        return self.join(*self.numbers(algorithm, data))

    def join(self, r, s, size=None):
        size = size or self.size
        return r.to_bytes(size, "big") + s.to_bytes(size, "big")

    @staticmethod
    def der(r, s):
        return encode_dss_signature(r, s)


class EdKey:
    def __init__(self, kid):
        self.kid = kid
        self.private = ed25519.Ed25519PrivateKey.generate()

    def jwk(self, **more):
        public = self.private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        return {"kty": "OKP", "crv": "Ed25519", "kid": self.kid, "x": b64(public), **more}

    def sign(self, _algorithm, data):
        return self.private.sign(data)


class MacKey:
    def __init__(self, secret, kid=None):
        self.secret, self.kid = secret, kid

    def sign(self, algorithm, data):
        return hmac.new(self.secret, data, getattr(hashlib, "sha" + algorithm[2:])).digest()


@cache
def spare_rsa_key():
    """A key that no issuer knows; the attacker's."""
    return RsaKey("evil")


def as_bytes(part):
    return part if isinstance(part, bytes) else json.dumps(part, separators=(",", ":")).encode()


def assemble(header, claims, signature):
    """A token of these three, whatever they are: bytes stay as they are."""
    return ".".join(b64(part) for part in (as_bytes(header), as_bytes(claims), signature))


def sign(key, algorithm, header, claims, sign_as=None):
    """Signs exactly these bytes. `header` and `claims` may be bytes or what JSON can say."""
    signed = f"{b64(as_bytes(header))}.{b64(as_bytes(claims))}"
    return f"{signed}.{b64(key.sign(sign_as or algorithm, signed.encode()))}"


class Issuer:
    """Good tokens, and any deviation from them by name."""

    def __init__(self, issuer, audience):
        self.issuer, self.audience = issuer, audience

    def claims(self, **changes):
        """`None` removes a claim; use `Null` for one that is null."""
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": self.audience, "sub": "ada", "iat": now, "exp": now + 300, **changes}
        return {name: (None if value is Null else value) for name, value in claims.items() if value is not None}

    def header(self, key, algorithm, **changes):
        header = {"alg": algorithm, "typ": "JWT", "kid": key.kid, **changes}
        return {name: (None if value is Null else value) for name, value in header.items() if value is not None}

    def token(self, key, algorithm, header=None, **claims):
        return sign(key, algorithm, self.header(key, algorithm, **(header or {})), self.claims(**claims))


class Null:
    """Stands for JSON's null where None means "not there"."""


def flip(text, place):
    """`text` with another base64url character at `place`."""
    return text[:place] + ("A" if text[place] != "A" else "B") + text[place + 1:]
