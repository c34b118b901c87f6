"""Every YAML block in the documents, and every shipped example, is a configuration that `check` accepts."""

import json
import re

import pytest

from claimgate_testing.documents import ENVIRONMENT, EXAMPLES, PACKAGED, blocks, whole
from claimgate_testing.process import ROOT


@pytest.fixture
def folder(tmp_path, certificate, own_issuer):
    """The files that the documents name."""
    for name in ("api.pem", "clients.pem", "provider-ca.pem"):
        (tmp_path / name).write_bytes(certificate.certificate.read_bytes())
    (tmp_path / "api.key").write_bytes(certificate.key.read_bytes())
    return tmp_path


def check(command, folder, text, *options):
    path = folder / "gateway.yaml"
    path.write_text(text)
    return command("check", *options, path, env=ENVIRONMENT)


@pytest.mark.parametrize("block", [pytest.param(text, id=name) for name, text in blocks()])
def test_a_documented_block_is_right(command, folder, block):
    ended = check(command, folder, whole(block))
    assert ended.returncode == 0, ended.stdout


def test_the_packaged_example_is_right(command, folder):
    ended = check(command, folder, PACKAGED.read_text(), "--strict")
    assert ended.returncode == 0, ended.stdout


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_a_shipped_example_is_right_where_it_stands(command, path):
    ended = command("check", "--strict", path, env=ENVIRONMENT)
    assert ended.returncode == 0, ended.stdout


def test_every_key_that_the_reader_knows_is_documented():
    page = (ROOT / "docs/configuration.md").read_text()
    schema = json.loads((ROOT / "config/schema.json").read_text())
    keys = {key for table in (schema, *schema["definitions"].values()) for key in table.get("properties", ())}
    assert len(keys) > 50
    assert not [key for key in sorted(keys) if not re.search(rf"\b{key}\b", page)]


def test_every_reason_is_documented():
    page = (ROOT / "docs/operations.md").read_text()
    listed = (ROOT / "policy/reason.hpp").read_text().split("enum class Reason", 1)[1].split("count_", 1)[0]
    reasons = re.findall(r"^    (\w+),", listed, re.MULTILINE)
    assert len(reasons) > 30
    assert not [reason for reason in reasons if f"`{reason}`" not in page]


def test_every_warning_is_documented_and_no_other():
    page = (ROOT / "docs/warnings.md").read_text()
    documented = re.findall(r"^### (\w+)$", page, re.MULTILINE)
    sources = "".join(path.read_text() for folder in ("config", "policy/review")
                      for path in (ROOT / folder).rglob("*.cpp"))
    told = set(re.findall(r'\bwarn(?:ing)?\([^;"]*"([a-z_]+)"', sources))
    assert len(told) > 15
    assert not [name for name in sorted(told) if name not in documented]
    assert not [name for name in documented if f'"{name}"' not in sources]
    names = re.findall(r'"(\w+)"', (ROOT / "config/warnings.hpp").read_text())
    assert names == documented


def test_every_metric_that_is_documented_exists():
    page = (ROOT / "docs/operations.md").read_text()
    sources = "".join(path.read_text() for path in (ROOT / "gateway").rglob("*.cpp"))
    names = re.findall(r"`(claimgate_\w+)`", page)
    assert len(names) > 15
    assert not [name for name in names if f'"{name}"' not in sources]


def test_the_documents_have_blocks():
    assert len(list(blocks())) > 10
