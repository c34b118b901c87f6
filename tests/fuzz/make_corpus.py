#!/usr/bin/python3
"""Seeds for json_fuzz, token_fuzz and key_set_fuzz out of tests/data: make_corpus.py FOLDER"""

import hashlib
import json
import pathlib
import sys

DATA = pathlib.Path(__file__).resolve().parent.parent / "data"

HEADERS = [
    '{"alg":"HS256","kid":"secret-a","typ":"at+jwt"}',
    '{"alg":"HS256"}',
    '{"alg":"ES256","crit":["x"]}',
    '{"alg":"RS256","jku":"http://x/","jwk":{},"x5c":[],"zip":"DEF"}',
]
CLAIMS = [
    '{"iss":"https://a.example","aud":"api://gw","sub":"ada","iat":1699999940,"exp":1700000300,"nbf":1.5e9}',
    '{"iss":"https://a.example","aud":["x","api://gw"],"exp":1E10,"azp":"c","jti":"1","auth_time":1,"cnf":{}}',
    '{"iss":"https://b.example","realm_access":{"roles":["a","b"]},"exp":-1}',
]


def write(folder, seed):
    data = seed if isinstance(seed, bytes) else seed.encode()
    (folder / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)


def groups(pattern):
    for path in sorted((DATA / "wycheproof").glob(pattern)):
        yield from json.loads(path.read_text())["testGroups"]


def json_seeds():
    for path in sorted((DATA / "jsontestsuite" / "test_parsing").iterdir()):
        yield path.read_bytes()
    yield from HEADERS + CLAIMS


def token_seeds():
    for group in groups("json_web_signature_test.json"):
        for test in group["tests"]:
            yield test["jws"] if isinstance(test["jws"], str) else json.dumps(test["jws"])
    for header in HEADERS:
        for claims in CLAIMS:
            yield header + "\n" + claims


def key_set_seeds():
    for group in groups("json_web_key_test.json"):
        jwk = group.get("public") or group["private"]
        yield json.dumps(jwk if "keys" in jwk else {"keys": [jwk]})
    for pattern in ("ecdsa_secp???r1_*", "ed*", "rsa_signature_2048_sha256*"):
        for group in list(groups(pattern))[:20]:
            yield group["publicKeyPem"]
            if "publicKeyJwk" in group:
                yield json.dumps({"keys": [group["publicKeyJwk"]]})


def main():
    for name, seeds in (("json", json_seeds), ("token", token_seeds), ("key_set", key_set_seeds)):
        folder = pathlib.Path(sys.argv[1]) / name
        folder.mkdir(parents=True, exist_ok=True)
        for seed in seeds():
            write(folder, seed)


if __name__ == "__main__":
    main()
