"""The admin socket of a running gateway, as the command line uses it."""

import json
import os
import stat

import pytest

from claimgate_testing.client import curl
from claimgate_testing.gateway import Gateway

CONFIGURATION = """
listeners: [{{ bind: 127.0.0.1:0 }}]
upstreams: {{ orders: {{ targets: ["http://127.0.0.1:9"] }} }}
routes:
  - {{ path: /{name}, upstream: orders, access: public }}
admin: {{ bind: "127.0.0.1:0", token: "${{ADMIN_TOKEN}}" }}
workers: 1
"""
TOKEN = "t" * 32


def test_reload_says_what_the_gateway_made_of_the_file(tmp_path, command):
    with Gateway(tmp_path, CONFIGURATION.format(name="one"), env={"ADMIN_TOKEN": TOKEN}) as gateway:
        file = gateway.configuration
        good = command("reload", "--config", file)
        assert good.returncode == 0 and good.stdout.endswith(": reloaded\n"), good
        file.write_text(CONFIGURATION.format(name="two") + "roots: []\n")
        bad = command("reload", "--config", file)
        assert bad.returncode == 78, bad
        assert "unknown key `roots`" in bad.stdout and "| roots: []" in bad.stdout, bad.stdout
        assert "refused, the file has errors" in bad.stdout and TOKEN not in bad.stdout
        answer = json.loads(command("reload", "--config", file, "--json").stdout)
        assert answer["reloaded"] is False and answer["problems"][0]["line"] > 1
        assert curl(f"http://127.0.0.1:{gateway.port}/one").status == 502, "the old routes stay"


@pytest.mark.parametrize("other", ["bad.yaml", "missing.yaml"])
@pytest.mark.parametrize("arguments", [["reload"], ["shadow"], ["explain", "--live", "--path", "/one"]])
def test_a_gateway_that_runs_with_another_file_is_not_asked(tmp_path, command, other, arguments):
    (tmp_path / "bad.yaml").write_text("routes: 1\n")
    with Gateway(tmp_path, CONFIGURATION.format(name="one"), env={"ADMIN_TOKEN": TOKEN}) as gateway:
        ended = command(*arguments, "--config", tmp_path / other)
        assert (ended.returncode, ended.stdout) == (1, ""), ended
        real = gateway.configuration.resolve()
        assert f"runs with {real}, not with {real.parent / other}" in ended.stderr, ended.stderr
        (tmp_path / "link.yaml").symlink_to(gateway.configuration)
        assert command(arguments[0], *arguments[1:], "--config", tmp_path / "link.yaml").returncode == 0


def test_the_socket_is_the_owners_and_goes_with_the_gateway(tmp_path, command):
    with Gateway(tmp_path, CONFIGURATION.format(name="one"), env={"ADMIN_TOKEN": TOKEN}) as gateway:
        mode = os.lstat(tmp_path / "claimgate.sock").st_mode
        assert stat.S_ISSOCK(mode) and stat.S_IMODE(mode) == 0o600
        file = gateway.configuration
    assert not (tmp_path / "claimgate.sock").exists()
    after = command("reload", "--config", file)
    assert after.returncode == 1 and "no gateway listens on" in after.stderr, after


def test_tcp_opens_to_the_token_alone(tmp_path):
    with Gateway(tmp_path, CONFIGURATION.format(name="one"), env={"ADMIN_TOKEN": TOKEN}) as gateway:
        url = f"http://127.0.0.1:{gateway.events('admin_listening')[-1]['port']}/reload"
        assert curl(url, method="POST").status == 401
        assert curl(url, "u" * 32, "POST").status == 401
        assert curl(url, TOKEN, "POST").status == 200
        assert curl(url, TOKEN).status == 405
        assert TOKEN not in "\n".join(gateway.out + gateway.err)
