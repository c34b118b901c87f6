"""A real nginx as upstream. It writes down every request that reaches it."""

import json
from pathlib import Path

from claimgate_testing.process import Process, free_port, wait_until

CONFIGURATION = """
daemon off;
user root;
worker_processes 1;
pid {directory}/nginx.pid;
error_log {directory}/error.log;
events {{ worker_connections 512; }}
http {{
    log_format recorded escape=json '{{"method":"$request_method","target":"$request_uri","host":"$http_host",'
        '"authorization":"$http_authorization","customer":"$http_x_customer",'
        '"forwarded_for":"$http_x_forwarded_for"}}';
    access_log {directory}/access.log recorded;
    client_body_temp_path {directory}/body;
    proxy_temp_path {directory}/proxy;
    fastcgi_temp_path {directory}/fastcgi;
    uwsgi_temp_path {directory}/uwsgi;
    scgi_temp_path {directory}/scgi;
    client_max_body_size 64m;
    keepalive_requests 100000;
    server {{
        listen 127.0.0.1:{port};
        root {directory}/html;
        location /files/ {{ }}
        location / {{ default_type application/json; return 200 '{{"upstream":"nginx","path":"$uri"}}'; }}
    }}
}}
"""


class Nginx(Process):
    def __init__(self, directory):
        self.directory = Path(directory)
        (self.directory / "html" / "files").mkdir(parents=True)
        self.port = free_port()
        configuration = self.directory / "nginx.conf"
        configuration.write_text(CONFIGURATION.format(directory=self.directory, port=self.port))
        super().__init__(["/usr/sbin/nginx", "-p", str(self.directory), "-c", str(configuration)])
        wait_until((self.directory / "nginx.pid").exists, "nginx did not start")

    def publish(self, name, content):
        (self.directory / "html" / "files" / name).write_bytes(content)

    def requests(self):
        """All requests so far. nginx writes a line when its answer is out, so wait where it matters."""
        log = self.directory / "access.log"
        return [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []
