"""Every YAML block in the documents, and every shipped example, is a configuration that `check` accepts."""

import re

import pytest

from claimgate_testing.process import ROOT

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
EXAMPLES = sorted((ROOT / "config/examples").glob("*.yaml"))
ENVIRONMENT = {"API_SECRET": "0123456789abcdef0123456789abcdef"}
BLOCK = re.compile(r"^```yaml\n(.*?)^```", re.MULTILINE | re.DOTALL)

# What a block that shows a part leaves out.
REST = {
    "listeners": "listeners: [{ bind: 127.0.0.1:8080 }]\n",
    "issuers": "issuers: { keycloak: { issuer: 'https://id.example.com/realms/shop', audience: shop-api } }\n",
    "upstreams": "upstreams: { orders: { targets: ['http://127.0.0.1:8081'] } }\n",
    "routes": "routes: [{ path: /health, upstream: orders, access: public }]\n",
}


def blocks():
    for page in PAGES:
        for number, match in enumerate(BLOCK.finditer(page.read_text()), 1):
            yield pytest.param(match.group(1), id=f"{page.name}-{number}")


@pytest.fixture
def folder(tmp_path, certificate, own_issuer):
    """The files that the documents name."""
    for name in ("api.pem", "provider-ca.pem"):
        (tmp_path / name).write_bytes(certificate.certificate.read_bytes())
    (tmp_path / "api.key").write_bytes(certificate.key.read_bytes())
    return tmp_path


def check(command, folder, text):
    path = folder / "gateway.yaml"
    path.write_text(text)
    return command("check", path, env=ENVIRONMENT)


@pytest.mark.parametrize("block", blocks())
def test_a_documented_block_is_right(command, folder, block):
    missing = [rest for key, rest in REST.items() if not re.search(rf"^{key}:", block, re.MULTILINE)]
    ended = check(command, folder, block + "".join(missing))
    assert ended.returncode == 0, ended.stdout


def test_the_packaged_example_is_right(command, folder):
    ended = check(command, folder, (ROOT / "deploy/gateway.example.yaml").read_text())
    assert ended.returncode == 0, ended.stdout


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_a_shipped_example_is_right_where_it_stands(command, path):
    ended = command("check", path, env=ENVIRONMENT)
    assert ended.returncode == 0, ended.stdout


def test_every_key_that_the_reader_knows_is_documented():
    page = (ROOT / "docs/configuration.md").read_text()
    keys = {key for source in (ROOT / "config/decode").glob("*.cpp")
            for key in re.findall(r'Key<\w+>\{"(\w+)", Need::(?:required|optional)', source.read_text())}
    assert len(keys) > 50
    assert not [key for key in sorted(keys) if not re.search(rf"\b{key}\b", page)]


def test_every_reason_is_documented():
    page = (ROOT / "docs/operations.md").read_text()
    listed = (ROOT / "policy/reason.hpp").read_text().split("enum class Reason", 1)[1].split("count_", 1)[0]
    reasons = re.findall(r"^    (\w+),", listed, re.MULTILINE)
    assert len(reasons) > 30
    assert not [reason for reason in reasons if f"`{reason}`" not in page]


def test_every_metric_that_is_documented_exists():
    page = (ROOT / "docs/operations.md").read_text()
    sources = "".join(path.read_text() for path in (ROOT / "gateway").rglob("*.cpp"))
    names = re.findall(r"`(claimgate_\w+)`", page)
    assert len(names) > 15
    assert not [name for name in names if f'"{name}"' not in sources]


def test_the_documents_have_blocks():
    assert len(list(blocks())) > 10
