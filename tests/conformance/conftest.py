"""A gateway and a recording origin for all tests of a module; at its end the gateway must be alive and free of reports."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support/python"))

from claimgate_testing.site import Keys, Site  # noqa: E402


@pytest.fixture(scope="session")
def keys():
    return Keys()


@pytest.fixture(scope="module")
def site(tmp_path_factory, keys):
    site = Site(tmp_path_factory.mktemp("site"), keys=keys)
    yield site
    site.stop()


@pytest.fixture(scope="module")
def impatient(tmp_path_factory, keys):
    """Short limits, for what must end by itself."""
    limits = "limits: { head: 4KiB, fields: 20, body: 64KiB, head_timeout: 300ms, body_timeout: 300ms, idle_timeout: 1s }"
    site = Site(tmp_path_factory.mktemp("impatient"), more=limits, keys=keys)
    yield site
    site.stop()


@pytest.fixture(autouse=True)
def plain_origin(request):
    """Each test begins with an origin that saw nothing and answers plainly."""
    for name in ("site", "impatient"):
        if name in request.fixturenames:
            request.getfixturevalue(name).origin.reset()
