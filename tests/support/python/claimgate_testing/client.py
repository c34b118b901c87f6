"""Clients as people have them: curl and node's fetch. Each answers (status, headers, body)."""

import json
import subprocess
from typing import NamedTuple

from claimgate_testing.process import PATIENCE, ROOT

FETCH = ROOT / "tests/e2e/provider/fetch.mjs"


class Answer(NamedTuple):
    status: int
    headers: dict
    body: str


def _headers(token, headers):
    return {**({"Authorization": f"Bearer {token}"} if token else {}), **(headers or {})}


def curl(url, token=None, method="GET", headers=None, body=None, authority=None):
    command = ["curl", "-sS", "-i", "--http1.1", "--max-time", str(PATIENCE), "-X", method]
    if method == "HEAD":
        command += ["--head"]
    if authority:
        command += ["--cacert", str(authority)]
    for name, value in _headers(token, headers).items():
        command += ["-H", f"{name}: {value}"]
    if body is not None:
        command += ["--data-binary", "@-"]
    run = subprocess.run(command + [url], input=body, capture_output=True)
    if run.returncode != 0:
        raise AssertionError(f"curl: {run.stderr.decode()}")
    head, _, rest = run.stdout.partition(b"\r\n\r\n")
    while head.split(b" ")[1] == b"100":
        head, _, rest = rest.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    fields = {}
    for line in lines[1:]:
        name, _, value = line.partition(":")
        fields[name.lower()] = value.strip()
    return Answer(int(lines[0].split(" ")[1]), fields, rest.decode("utf-8", "replace"))


def node_fetch(url, token=None, method="GET", headers=None, body=None, authority=None):
    order = {"url": url, "method": method, "headers": _headers(token, headers)}
    if body is not None:
        order["body"] = body.decode()
    env = {"PATH": "/usr/local/bin:/usr/bin:/bin"}
    if authority:
        env["NODE_EXTRA_CA_CERTS"] = str(authority)
    run = subprocess.run(["node", str(FETCH)], input=json.dumps(order), env=env,
                         capture_output=True, text=True, timeout=PATIENCE)
    if run.returncode != 0:
        raise AssertionError(f"fetch: {run.stderr}")
    answer = json.loads(run.stdout)
    return Answer(answer["status"], answer["headers"], answer["body"])
