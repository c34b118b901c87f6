"""Shapes of a co_await that GCC 12 compiles into a double free: one await a statement, named operands only."""

import re

import sources

CAPTURING = re.compile(r"\[\s*[^\]\s][^\]]*\]\s*(?:\(|\{|mutable\b|->)")
CONTROL = re.compile(r"\s*(?:else\s+)?(?:if|while|switch|for)\s*(?:constexpr\s*)?\(")


def statement_start(code, offset):
    """Where the statement around `offset` begins: after the ; { or } before it that no parenthesis encloses."""
    depth = 0
    for at in range(offset - 1, -1, -1):
        char = code[at]
        if char in ")]":
            depth += 1
        elif char in "([":
            depth = max(0, depth - 1)
        elif char in ";{}" and depth == 0:
            return at + 1
    return 0


def statement_end(code, start):
    """Where it ends: at its ; or, for `if (...)` and its like, at the closing parenthesis."""
    control = CONTROL.match(code, start)
    depth = 0
    braces = 0
    for at in range(control.end() - 1 if control else start, len(code)):
        char = code[at]
        if char in "([":
            depth += 1
        elif char in ")]":
            depth -= 1
            if control and depth == 0:
                return at + 1
            if depth < 0:
                return at
        elif char == "{":
            braces += 1
        elif char == "}":
            braces -= 1
            if braces < 0:
                return at
        elif char == ";" and depth == 0 and braces == 0:
            return at
    return len(code)


def faults(statement):
    if CAPTURING.search(statement):
        yield "a capturing lambda"
    if "?" in statement:
        yield "?:"
    if "{" in statement:
        yield "braces"
    if re.search(r"\bnew\b", statement):
        yield "new"
    if statement.count("co_await") > 1:
        yield "a second co_await"


def problems(name, text):
    code = sources.code_only(text)
    seen = set()
    for match in re.finditer(r"\bco_await\b", code):
        start = statement_start(code, match.start())
        if start in seen:
            continue
        seen.add(start)
        for fault in faults(code[start:statement_end(code, start)]):
            yield (name, sources.line_of(code, match.start()),
                   f"co_await in one statement with {fault}: give it a name first")


if __name__ == "__main__":
    sources.report(problem for name in sources.files(".cpp", ".hpp")
                   for problem in problems(name, sources.read(name)))
