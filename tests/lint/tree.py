"""Files stay short and finished; every header begins with `#pragma once`; every source is built."""

import re
from pathlib import PurePath

import sources

LONGEST = 500
UNFINISHED = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b")
TEXT = (".cpp", ".hpp", ".py", ".mjs", ".js", ".cmake", ".txt", ".yaml", ".yml", ".md", ".sh")


def problems(name, text):
    lines = text.count("\n")
    if lines > LONGEST and name.endswith((".cpp", ".hpp", ".py", ".mjs", ".js")):
        yield name, lines, f"{lines} lines: split it by behaviour (at most {LONGEST})"
    for match in UNFINISHED.finditer(text):
        yield name, sources.line_of(text, match.start()), f"{match.group(0)}: finish it, or open an issue"
    if name.endswith(".hpp") and not text.lstrip().startswith("#pragma once"):
        yield name, 1, "#pragma once is missing"


def is_named(path, folder, text):
    """Whether the CMakeLists.txt of `folder` names the source: from the root, from there, or a fuzz target by its noun."""
    names = [str(path)]
    if folder in path.parents:
        names.append(str(path.relative_to(folder)))
    if folder == path.parent and path.stem.endswith("_fuzz"):
        names.append(path.stem.removesuffix("_fuzz"))
    return any(re.search(rf"(?<![\w.-]){re.escape(name)}(?![\w-])", text) for name in names)


def unbuilt(names):
    """Sources that no CMakeLists.txt names: they would be dead code."""
    lists = {PurePath(name).parent: sources.read(name) for name in names
             if PurePath(name).name == "CMakeLists.txt"}
    for name in names:
        if name.endswith(".cpp") and not any(is_named(PurePath(name), *entry) for entry in lists.items()):
            yield name, 1, "no CMakeLists.txt builds it"


def all_problems():
    names = sources.files(*TEXT)
    for name in names:
        yield from problems(name, sources.read(name))
    yield from unbuilt(names)


if __name__ == "__main__":
    sources.report(all_problems())
