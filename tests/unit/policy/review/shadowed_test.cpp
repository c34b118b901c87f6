#include "tests/unit/policy/review/support.hpp"

#include <gtest/gtest.h>

namespace policy::review {
namespace {

using test::names_of;
using test::review_of;
using test::routes;

TEST(ShadowedRoute, NamesOneThatTakesItsPlace) {
    EXPECT_EQ(
        review_of(routes({"path: /a/**, access: authenticated",
                          "path: '/a/{x}/**', access: authenticated",
                          "path: /a, access: authenticated", "path: /a/, access: authenticated"})),
        "2:5 [shadowed_route] this route is never chosen: what it is for goes to more specific "
        "routes, such as that of line 4 (remove it, or give it a path, a host or methods of "
        "its own)\n");
}

TEST(ShadowedRoute, KnowsWhereOthersAnswer405) {
    EXPECT_EQ(
        review_of(routes({"path: /a/**, access: authenticated, methods: [POST]",
                          "path: '/a/{x}/**', access: authenticated, methods: [GET]",
                          "path: /a, access: authenticated, methods: [GET]",
                          "path: /a/, access: authenticated, methods: [GET]"})),
        "2:5 [shadowed_route] this route is never chosen: more specific routes answer 405 for it "
        "(remove it, or give it a path, a host or methods of its own)\n");
}

TEST(ShadowedRoute, IsFoundByAskingTheRouter) {
    struct Row {
        std::vector<std::string> routes;
        std::string_view names;
    };
    const std::string all = "methods: [GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS]";
    const Row table[] = {
        // bad
        {{"path: /a, access: authenticated", "path: /a, access: authenticated, " + all},
         "2 shadowed_route\n"},
        {{"path: /a, access: authenticated, host: a.example",
          "path: /a, access: authenticated, host: a.example, " + all},
         "2 shadowed_route\n"},
        {{"path: '/{x}/**', access: authenticated", "path: '/{x}/{y}/**', access: authenticated",
          "path: '/{x}', access: authenticated", "path: '/{x}/', access: authenticated"},
         "2 shadowed_route\n"},
        // good
        {{"path: /a, access: authenticated",
          "path: /a, access: authenticated, methods: [GET, POST, PUT, PATCH, DELETE]"},
         ""},
        {{"path: /a, access: authenticated, host: '*.example'",
          "path: /a, access: authenticated, host: a.example, " + all},
         ""},
        {{"path: /a/**, access: authenticated", "path: '/a/{x}/**', access: authenticated"}, ""},
        {{"path: '/{x}', access: authenticated", "path: '/{x:int}', access: authenticated",
          "path: '/{x:uuid}', access: authenticated"},
         ""},
        {{"path: '/{x:int}/{y:uuid}', access: authenticated",
          "path: '/{x}/{y}', access: authenticated"},
         ""},
        {{"path: /**, access: authenticated", "path: '/{x}/**', access: authenticated"}, ""},
        {{"path: /, access: authenticated", "path: /**, access: authenticated"}, ""},
        {{"path: /a/b, access: authenticated", "path: /a/**, access: authenticated"}, ""},
    };
    for (const Row& row : table)
        EXPECT_EQ(names_of(routes(row.routes)), row.names) << routes(row.routes);
}

} // namespace
} // namespace policy::review
