"""Lint that cannot fail is no lint: each rule meets its fault here."""

from pathlib import PurePath

import coroutines
import documents
import headers
import layers
import names
import pytest
import tree


def messages(found):
    return [message for _, _, message in found]


@pytest.mark.parametrize("name, include", [
    ("config/load.cpp", '#include "policy/json.hpp"'),
    ("policy/pipeline.cpp", '#include "gateway/io.hpp"'),
    ("policy/pipeline.cpp", "#include <boost/asio/post.hpp>"),
    ("policy/token/verify.cpp", "#include <openssl/evp.h>"),
    ("config/yaml.hpp", "#include <yaml-cpp/yaml.h>"),
    ("gateway/server.cpp", "#include <rapidjson/reader.h>"),
    ("policy/clock.cpp", "#include <thread>"),
    ("gateway/server.cpp", '#include "../policy/json.hpp"'),
    ("gateway/server.cpp", "#include <curl/curl.h>"),
])
def test_layers_refuse(name, include):
    assert len(list(layers.problems(name, include))) == 1


@pytest.mark.parametrize("name, include", [
    ("gateway/server.cpp", '#include "policy/json.hpp"'),
    ("policy/json.cpp", "#include <rapidjson/reader.h>"),
    ("policy/token/proof_cache.cpp", "#include <sys/random.h>"),
    ("gateway/listener.cpp", "#include <sys/socket.h>"),
])
def test_layers_accept(name, include):
    assert not list(layers.problems(name, include))


@pytest.mark.parametrize("name, code", [
    ("policy/x.cpp", "auto now = std::chrono::system_clock::now();"),
    ("gateway/x.cpp", 'std::cout << "hello";'),
    ("gateway/x.cpp", "std::atomic<std::shared_ptr<int>> shared;"),
    ("tests/unit/x_test.cpp", "std::this_thread::sleep_for(1s);"),
    ("policy/x.hpp", "using namespace std;"),
])
def test_names_refuse(name, code):
    assert len(list(names.problems(name, code))) == 1


def test_names_ignore_comments_and_strings():
    assert not list(names.problems("gateway/x.cpp", '// std::cout\nauto text = "std::cout";\n'))


@pytest.mark.parametrize("statement, fault", [
    ("co_await spawn(io, [s]() -> Task { co_return; }, token);", "a capturing lambda"),
    ("co_await f({a, b});", "braces"),
    ("auto x = c ? co_await f(x) : co_await f(y);", "?:"),
    ("auto p = new T(co_await f());", "new"),
    ("Both both{co_await f(), co_await g()};", "a second co_await"),
    ("return co_await f(Options{.retries = 2});", "braces"),
])
def test_coroutines_refuse(statement, fault):
    code = "Task run() {\n    int before = 1;\n    " + statement + "\n}\n"
    assert any(fault in message for message in messages(coroutines.problems("gateway/x.cpp", code)))


@pytest.mark.parametrize("statement", [
    "auto [ec, n] = co_await op(as_result);",
    "if (auto r = co_await f(); r) { g({1}); }",
    "while (co_await one(stream)) {\n    }",
    "auto f = [s] { return s; };\n    co_await g(std::move(f));",
    "const int c = a ? 1 : 2;\n    co_await f(c);",
    "co_await f(items[0]);",
])
def test_coroutines_accept(statement):
    code = "Task run() {\n    " + statement + "\n}\n"
    assert not list(coroutines.problems("gateway/x.cpp", code))


def test_tree_refuses_long_unfinished_and_unguarded_files():
    assert messages(tree.problems("gateway/x.cpp", "\n" * 501))
    assert messages(tree.problems("gateway/x.cpp", "// TO" "DO later\n"))
    assert messages(tree.problems("gateway/x.hpp", "int x;\n"))
    assert not messages(tree.problems("gateway/x.hpp", "#pragma once\n"))


def test_tree_finds_sources_that_nothing_builds():
    named = [("policy/json.cpp", "policy", "add_library(policy\n  json.cpp)"),
             ("policy/jose/jws.cpp", "policy", "  jose/jws.cpp"),
             ("tests/support/world.cpp", "tests/unit", "${CMAKE_SOURCE_DIR}/tests/support/world.cpp"),
             ("tests/fuzz/json_fuzz.cpp", "tests/fuzz", "foreach(noun json token)")]
    for path, folder, text in named:
        assert tree.is_named(PurePath(path), PurePath(folder), text)
    assert not tree.is_named(PurePath("policy/json.cpp"), PurePath("policy"), "  other_json.cpp")
    assert not tree.is_named(PurePath("policy/jose/jws.cpp"), PurePath("policy"), "  jws.cpp")


def test_headers_want_their_source_to_include_them_first():
    assert headers.includes_itself_first("policy/json.cpp", '#include "policy/json.hpp"\n')
    assert not headers.includes_itself_first("policy/json.cpp", '#include <map>\n#include "policy/json.hpp"\n')


def test_documents_must_not_name_what_is_not_there():
    text = "See [the tree](../nowhere.md) and `policy/no_such_file.hpp`, and `policy/json.hpp`."
    assert messages(documents.problems("docs/x.md", text)) == [
        "a link to nowhere: ../nowhere.md", "no such file: policy/no_such_file.hpp"]
