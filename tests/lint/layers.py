"""Includes point one way: gateway -> policy -> config. A third-party library shows only in its home."""

import re
from fnmatch import fnmatch

import sources

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)

MAY_SEE = {
    "config": {"config"},
    "policy": {"policy", "config"},
    "gateway": {"gateway", "policy", "config"},
    "tests": {"tests", "gateway", "policy", "config"},
}

# Library, and the files that may include it. `tests/*` may include anything. First match wins.
HOMES = [
    ("boost/system/result.hpp", ["policy/result.hpp", "gateway/*"]),
    ("boost/*", ["gateway/*"]),
    ("nghttp2/*", ["gateway/http2/*"]),
    ("openssl/*", ["policy/jose/*", "gateway/*"]),
    ("rapidjson/*", ["policy/json.cpp"]),
    ("yaml-cpp/*", ["config/yaml.cpp"]),
    ("re2/*", ["policy/rule/*.cpp"]),
    ("CLI/*", ["gateway/main.cpp", "gateway/cli/*.cpp"]),
    ("gtest/*", []),
    ("gmock/*", []),
]

SYSTEM = re.compile(r"^(sys|netinet|arpa|linux|net|bits)/")

# policy/ is a function of its arguments: it has no clock, no thread, no file and no socket.
# Random bytes for a hash key are the one thing it asks of the system.
NOT_IN_POLICY = re.compile(
    r"^(fstream|iostream|filesystem|thread|mutex|shared_mutex|condition_variable|future|unistd\.h|"
    r"fcntl\.h|pthread\.h|netdb\.h|(sys|netinet|arpa|linux)/(?!random\.h).*)$")


def own_header_problem(folder, header):
    top = header.split("/")[0]
    if top not in MAY_SEE:
        return f'include from the root of the tree, not "{header}"'
    if top not in MAY_SEE[folder]:
        return f"{folder}/ must not know {top}/ ({header})"
    return None


def foreign_header_problem(name, header):
    if name.startswith("tests/"):
        return None
    if name.startswith("policy/") and NOT_IN_POLICY.match(header):
        return f"policy/ must not use <{header}>"
    if "/" not in header or SYSTEM.match(header):
        return None
    for library, homes in HOMES:
        if fnmatch(header, library):
            if any(fnmatch(name, home) for home in homes):
                return None
            return f"<{header}> belongs only in {', '.join(homes) or 'tests/*'}"
    return f"<{header}> is of a library that has no home yet (tests/lint/layers.py)"


def problems(name, text):
    folder = name.split("/")[0]
    if folder not in MAY_SEE:
        return
    for match in INCLUDE.finditer(text):
        quote, header = match.groups()
        if quote == '"':
            message = own_header_problem(folder, header)
        else:
            message = foreign_header_problem(name, header)
        if message:
            yield name, sources.line_of(text, match.start(1)), message


if __name__ == "__main__":
    sources.report(problem for name in sources.files(".cpp", ".hpp")
                   for problem in problems(name, sources.read(name)))
