"""The admin socket of a running gateway, as the command line uses it."""

import json
import os
import stat

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
