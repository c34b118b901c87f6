#include "tests/unit/policy/review/support.hpp"

#include <gtest/gtest.h>

namespace policy::review {
namespace {

using test::names_of;
using test::review_of;
using test::routes;

TEST(MethodGap, SaysWhichMethodsAndWhatTheyAreNotAsked) {
    EXPECT_EQ(
        review_of(routes({"path: /orders/**, access: { scopes: [read] }",
                          "path: /orders/**, methods: [POST], access: { scopes: [write] }"})),
        "2:5 [method_gap] PUT, PATCH and DELETE of this path are decided here, without what "
        "line 3 asks for POST (write down the `methods` of this route, or ask for as much)\n");
}

TEST(MethodGap, IsAWeakerRouteForTheMethodsThatAreLeft) {
    struct Row {
        std::string_view rest; ///< access without methods, or with some
        std::string_view methods, access;
        bool is_gap;
    };
    const Row table[] = {
        {"public", "[POST]", "authenticated", true},
        {"public", "[GET]", "{ scopes: [read] }", true},
        {"optional", "[POST]", "authenticated", true},
        {"authenticated", "[POST, PUT, PATCH]", "{ roles: [admin] }", true},
        {"{ roles: [a] }", "[DELETE]", "{ roles: [a, b] }", true},
        {"{ roles: [a] }", "[DELETE]", "{ roles: [a], scopes: [b] }", true},
        {"{ claims: { a: 1 } }", "[DELETE]", "{ claims: { a: 2 } }", true},
        {"{ scopes: [a], mode: shadow }", "[DELETE]", "{ scopes: [a] }", true},
        {"{ roles: [a] }, mode: shadow", "[DELETE]", "{ roles: [a] }", true},

        {"{ roles: [a] }", "[DELETE]", "{ roles: [a] }, mode: shadow", false},
        {"authenticated", "[GET]", "public", false},
        {"{ roles: [admin] }", "[POST]", "authenticated", false},
        {"{ roles: [a, b] }", "[DELETE]", "{ roles: [a] }", false},
        {"{ roles: [a], scopes: [b] }", "[DELETE]", "{ scopes: [b] }", false},
        {"{ claims: { a: 1, b: { one_of: [x] } } }", "[DELETE]",
         "{ claims: { a: 1, b: { one_of: [x] } } }", false},
        {"authenticated", "[POST, PUT, PATCH, DELETE]", "{ roles: [admin] }", false},
        {"public, methods: [GET, HEAD]", "[POST]", "{ roles: [admin] }", false},
    };
    for (const Row& row : table) {
        const std::string rest(row.rest), methods(row.methods), access(row.access);
        EXPECT_EQ(names_of(routes({"path: '/a/{x}', access: " + rest,
                                   "path: '/a/{y}', methods: " + methods + ", access: " + access})),
                  row.is_gap ? "2 method_gap\n" : "")
            << rest << " beside " << methods << ' ' << access;
    }
}

TEST(MethodGap, IsOfOnePathAndOneHost) {
    EXPECT_EQ(names_of(routes({"path: '/{x}', access: authenticated",
                               "path: '/{x:int}', methods: [POST], access: { roles: [a] }"})),
              "");
    EXPECT_EQ(
        names_of(routes({"path: /a, host: a.example, access: authenticated",
                         "path: /a, host: b.example, methods: [POST], access: { roles: [a] }"})),
        "");
    EXPECT_EQ(
        names_of(routes({"path: /a, hosts: [b.example, a.example], access: authenticated",
                         "path: /a, host: a.example, methods: [POST], access: { roles: [a] }"})),
        "2 method_gap\n");
}

} // namespace
} // namespace policy::review
