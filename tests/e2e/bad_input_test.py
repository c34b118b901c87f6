"""Files that are wrong on purpose, or hostile: an error with its place, in bounded time and memory."""

import os
import subprocess

import pytest

from claimgate_testing.documents import whole
from claimgate_testing.process import claimgate

# Of one `check`, whatever the file; a sanitizer's build needs several times as much of both.
SECONDS, MEGABYTES = 60, 1500

ROUTE = "  - {{ path: /{}, upstream: orders, access: {} }}\n"


def routes(*accesses):
    return "routes:\n" + "".join(ROUTE.format(f"r{i}", access) for i, access in enumerate(accesses))


def exponential(levels):
    """Each level holds the one before it twice."""
    return "a0: &a0 x\n" + "".join(f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]\n" for i in range(1, levels))


def doubling_policies(levels):
    return "policies:\n  p0: { roles: [a] }\n" + "".join(
        f"  p{i}: {{ all: [{{ policy: p{i - 1} }}, {{ policy: p{i - 1} }}] }}\n" for i in range(1, levels))


# What is in the file, and what is said of it: place and words.
BAD = {
    "a cycle of aliases": ("a: &a [*a]\n", ":1:4", "anchors are not supported"),
    "a key that is its own alias": ("a: &a\n  b: *a\n", ":2:6", "aliases are not supported"),
    "an exponential graph of aliases": (exponential(40), ":40:12", "aliases are not supported"),
    "merge keys": ("base: &b { a: 1 }\nlimits:\n  <<: *b\n", ":3:3", "merge keys are not supported"),
    "an exponential graph of policies": (doubling_policies(40) + routes("{ policy: p39 }"),
                                         "", "at most 10,000 entries"),
    "a large policy used often": (
        "policies:\n  p: { any: [" + ", ".join("{ roles: [a] }" for _ in range(4000)) + "] }\n"
        + routes(*["{ policy: p }"] * 5000), "", "more than 500,000 entries"),
    "policies in a ring": ("policies:\n  a: { policy: b }\n  b: { policy: a }\n" + routes("{ policy: a }"),
                           ":3:8", "policy 'a' uses itself"),
    "a file beyond its limit": ("# " + "x" * (4 << 20) + "\n", "", "larger than 4 MiB"),
    "a mebibyte of one text": ("key_cache: \"" + "x" * (1 << 20) + "\nlimits: [\n", "", "a quoted text is not closed"),
    "a mebibyte of keys": ("limits:\n" + "".join(f"  k{i:06}: 1\n" for i in range(80_000)), ":2:3", "unknown key `k000000`"),
    "a mebibyte of errors": ("trusted_proxies: [" + ", ".join(f"n{i}" for i in range(90_000)) + "]\n", ":1:19", "no network"),
    "deep lists": ("a: " + "[" * 100_000 + "]" * 100_000 + "\n", ":1:67", "nested too deeply"),
    "deep lists that do not end": ("a: " + "[" * 100_000 + "\n", "", ""),
    "deep mappings": ("".join(" " * i + "a:\n" for i in range(1000)), ":65:65", "nested too deeply"),
    "deep rules": (routes("{ any: [" * 30 + "{ roles: [a] }" + "] }" * 30), "", "nested too deeply"),
    "a key twice": ("limits: { head: 2KiB }\nlimits: { body: 1MiB }\n", ":2:1", "stands here twice"),
    "a second document": ("workers: 1\n---\nworkers: 2\n", ":2:1", "a second document begins here"),
    "a tab": ("limits:\n\thead: 2KiB\n", ":2:1", "a tab stands in the indentation"),
    "a byte order mark": ("\ufeffworkers: 1\n", ":1:1", "byte order mark"),
    "a NUL": ("workers: \"1\0\"\n", ":1:12", "NUL"),
    "another type": ("workers: [1]\n", ":1:10", "expected a whole number from 1 to 1024, found a list"),
    "an unknown key": ("listenes: 5\n", ":1:1", "did you mean `listeners`?"),
    "a template without a meaning": (routes("{ claims: { a: \"{user.name}\" } }"), ":2:59", "user.name"),
    "a parameter that the path does not have": (routes("{ claims: { sub: \"{path.id}\" } }"), ":2:61", "path.id"),
    "a policy with a mistake that nobody uses": (
        "policies:\n  p: { claims: { a: { matches: \"(\" } } }\n", ":2:32", "not an RE2 regular expression"),
    "a variable that is not set": ("workers: ${NOT_SET_ANYWHERE}\n", ":1:10", "NOT_SET_ANYWHERE"),
}


def check(path):
    """Exit code, output, seconds of CPU and peak megabytes of one `check`."""
    with open(path.with_suffix(".out"), "w+b") as output:
        process = subprocess.Popen([claimgate(), "check", path], stdout=output, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        return (process.returncode, output.read().decode(errors="replace"),
                usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_with_its_place(tmp_path, name):
    text, place, words = BAD[name]
    path = tmp_path / "gateway.yaml"
    path.write_bytes(whole(text).encode())
    code, told, seconds, megabytes = check(path)
    assert code == 78, told[:2000]
    assert f"{path}{place}" in told and words in told, told[:2000]
    assert len(told) < 500_000
    assert seconds < SECONDS and megabytes < MEGABYTES


def test_ten_thousand_routes_are_good(tmp_path):
    path = tmp_path / "gateway.yaml"
    path.write_text(whole("routes:\n" + "".join(
        ROUTE.format(f"service{i}/{{id}}/**", "{ scopes: [a] }") for i in range(10_000)).replace("path: ", "path: '")
        .replace(", upstream", "', upstream")))
    code, told, seconds, megabytes = check(path)
    assert code == 0, told[:2000]
    assert "10000 routes" in told
    assert seconds < SECONDS and megabytes < MEGABYTES
