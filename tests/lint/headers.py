"""Every header stands alone. One that has a source of its own name is proved by that source, which includes it first;
the others are compiled by themselves."""

import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import sources

FIRST_INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', re.MULTILINE)
PRODUCT = ("config/", "policy/", "gateway/")


def includes_itself_first(source, text):
    """True where a source begins with its own header."""
    first = FIRST_INCLUDE.search(text)
    return bool(first) and first.group(1) == source[:-len(".cpp")] + ".hpp"


def compile_alone(header):
    compiler = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("CXX", "g++")
    run = subprocess.run(
        [compiler, "-std=c++20", "-fsyntax-only", "-I", str(sources.ROOT), "-x", "c++", "-"],
        input=f'#include "{header}"\n#include "{header}"\n', capture_output=True, text=True)
    if run.returncode != 0:
        return [(header, 1, "does not compile alone: " + run.stderr.splitlines()[0])]
    return []


def problems():
    names = set(name for name in sources.files(".cpp", ".hpp") if name.startswith(PRODUCT))
    alone = []
    for header in sorted(name for name in names if name.endswith(".hpp")):
        source = header[:-len(".hpp")] + ".cpp"
        if source not in names:
            alone.append(header)
        elif not includes_itself_first(source, sources.read(source)):
            yield source, 1, f"include {header} first: that proves that it stands alone"
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
        for found in pool.map(compile_alone, alone):
            yield from found


if __name__ == "__main__":
    sources.report(problems())
