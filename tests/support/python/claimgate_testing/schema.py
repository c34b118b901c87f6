"""A schema that is shipped, as an editor uses it: npm's yaml and ajv in a process that answers line by line."""

import json
import subprocess

from .process import ROOT


class Schema:
    def __init__(self, path="config/schema.json"):
        self.process = subprocess.Popen(["node", ROOT / "tests/e2e/schema/validate.mjs", ROOT / path], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()

    def errors(self, text):
        """What is wrong with the file `text`; nothing when it is right."""
        self.process.stdin.write(json.dumps(text) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())
