"""Documents tell the truth about the tree: links lead somewhere, and files that they name exist."""

import re
from pathlib import PurePosixPath

import sources

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
NAMED = re.compile(r"`((?:config|policy|gateway|tests|deploy|docs)/[\w./-]*[\w/])`")


def exists(path):
    return (sources.ROOT / path).exists()


def problems(name, text):
    folder = PurePosixPath(name).parent
    for match in LINK.finditer(text):
        target = match.group(1).split("#")[0]
        if not target or "://" in target or target.startswith("mailto:"):
            continue
        if not exists(folder / target):
            yield name, sources.line_of(text, match.start()), f"a link to nowhere: {target}"
    for match in NAMED.finditer(text):
        if not exists(match.group(1)):
            yield name, sources.line_of(text, match.start()), f"no such file: {match.group(1)}"


if __name__ == "__main__":
    sources.report(problem for name in sources.files(".md")
                   for problem in problems(name, sources.read(name)))
