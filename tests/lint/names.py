"""Names that must not appear, and where."""

import re
from fnmatch import fnmatch

import sources

# Pattern, files it is banned in, files excepted, why.
BANNED = [
    (r"\bawaitable_operators\b", "*", [], "in Asio 1.26 these can outlive what they cancel"),
    (r"\bparallel_group\b", "*", [], "not thread-safe in Asio 1.26"),
    (r"\bexperimental::channel\b", "*", [], "broken cancellation in Asio 1.26"),
    (r"\batomic<\s*std::shared_ptr", "*", [], "a spin lock in GCC 12: send a message instead"),
    (r"\bstd::regex\b", "*", [], "recursive: use RE2"),
    (r"\b(s?rand)\s*\(", "*", [], "not random"),
    (r"\b(strtok|gets|sprintf|strcpy|strcat)\s*\(", "*", [], "no bounds, or state of its own"),
    (r"\bstd::(cout|cerr)\b", "*", ["gateway/main.cpp", "gateway/cli/run.cpp", "tests/*"],
     "commands write to their Console"),
    (r"\b(system|steady)_clock::now\b", "policy/*", [], "time is an argument of policy"),
    (r"\bgetenv\b", "policy/*", [], "policy has no environment"),
    (r"\bEVP_sha\w*\b", "policy/*", ["policy/jose/*"], "digests are policy/jose's"),
    (r"\bsleep_for\b|\busleep\b", "tests/*", [], "tests wait for events"),
    (r"\bboost::urls\b|boost/url", "*", [], "Boost.URL 1.81 reads hosts wrongly"),
]

NAMESPACE_DUMP = re.compile(r"^using namespace\b", re.MULTILINE)


def problems(name, text):
    code = sources.code_only(text)
    for pattern, where, excepted, why in BANNED:
        if not fnmatch(name, where) or any(fnmatch(name, other) for other in excepted):
            continue
        for match in re.finditer(pattern, code):
            yield name, sources.line_of(code, match.start()), f"{match.group(0).strip()}: {why}"
    for match in NAMESPACE_DUMP.finditer(code):
        if name.endswith(".hpp"):
            yield name, sources.line_of(code, match.start()), "using namespace in a header"


if __name__ == "__main__":
    sources.report(problem for name in sources.files(".cpp", ".hpp")
                   for problem in problems(name, sources.read(name)))
