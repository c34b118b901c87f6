"""`claimgate run` with a configuration of the test's own."""

import json
import signal
from pathlib import Path

from claimgate_testing.process import Process, claimgate


class Gateway(Process):
    """Writes `configuration` (YAML text) to DIRECTORY/claimgate.yaml, serves it, and waits until it listens."""

    def __init__(self, directory, configuration, listeners=1, env=None):
        self.configuration = Path(directory) / "claimgate.yaml"
        self.configuration.write_text(configuration)
        super().__init__([claimgate(), "run", "--config", str(self.configuration)], env=env)
        try:
            self.wait_for_event("listening", listeners)
        except BaseException:
            self.stop()
            raise
        self.ports = [event["port"] for event in self.events("listening")]
        self.port = self.ports[0]

    def access_log(self):
        """What was written to standard output, parsed."""
        return [json.loads(line) for line in list(self.out) if line.startswith("{")]

    def rewrite(self, configuration):
        """Another configuration, and SIGHUP."""
        self.configuration.write_text(configuration)
        self.send(signal.SIGHUP)
