"""The files that lint reads, and C++ without its comments and strings."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def files(*suffixes):
    """Every file of the tree with such a suffix that git would keep, as paths relative to the root."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True)
    if listed.returncode == 0:
        names = listed.stdout.splitlines()
    else:  # a source archive without its history
        skipped = {"build", "node_modules", "__pycache__", ".git"}
        names = [str(path.relative_to(ROOT)) for path in ROOT.rglob("*")
                 if path.is_file() and not skipped & set(path.relative_to(ROOT).parts)]
    return sorted(name for name in set(names)
                  if (not suffixes or name.endswith(suffixes)) and (ROOT / name).is_file())


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


TOKEN = re.compile(
    r'//[^\n]*'
    r'|/\*.*?\*/'
    r'|R"([^()\s\\]{0,16})\(.*?\)\1"'
    r'|"(?:\\.|[^"\\\n])*"'
    r"|(?<![0-9A-Fa-f])'(?:\\.|[^'\\\n])+'",
    re.DOTALL)


def code_only(text):
    """C++ text with comments and the insides of strings blanked out; lines stay where they are."""
    def blank(match):
        found = match.group(0)
        lines = "\n" * found.count("\n")
        if found.startswith("/"):
            return " " + lines
        return found[0].replace("R", '"') + lines + found[-1]
    return TOKEN.sub(blank, text)


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1


def report(problems):
    """Prints `path:line: message` for each and ends the process: 1 when there was any."""
    found = list(problems)
    for name, line, message in found:
        print(f"{name}:{line}: {message}")
    print(f"{len(found)} problems" if found else "clean")
    sys.exit(1 if found else 0)
