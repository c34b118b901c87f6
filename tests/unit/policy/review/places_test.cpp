#include "tests/unit/policy/review/support.hpp"

#include <gtest/gtest.h>

namespace policy::review {
namespace {

using test::names_of;
using test::review_of;
using test::routes;

TEST(PublicRoutes, AreToldWhereTheirNeighboursAreProtected) {
    EXPECT_EQ(
        review_of(routes(
            {"path: /admin/**, access: { roles: [admin] }", "path: /admin/login, access: public"})),
        "3:5 [public_in_protected] this public route lies inside the protected tree of line 2 "
        "(nothing to do if that is what you mean)\n");
    EXPECT_EQ(review_of(routes({"path: /orders/list, access: authenticated",
                                "path: /orders/export, access: public",
                                "path: /orders/count, access: authenticated"})),
              "3:5 [public_beside_protected] this is the only public route below `/orders/`; the "
              "others, such as that of line 2, are protected (nothing to do if that is what you "
              "mean)\n");
}

TEST(PublicRoutes, AreToldForTheirOwnPlaceOnly) {
    struct Row {
        std::vector<std::string> routes;
        std::string_view names;
    };
    const Row table[] = {
        // bad
        {{"path: /a/**, access: optional", "path: /a/b/c, access: public"},
         "3 public_in_protected\n"},
        {{"path: /a/**, access: authenticated", "path: /a/b/**, access: public"},
         "3 public_in_protected\n"},
        {{"path: /a/b/**, access: authenticated", "path: /a/**, access: authenticated",
          "path: '/a/b/{id}', access: public"},
         "4 public_in_protected\n"},
        {{"path: /a/x, access: authenticated", "path: /a/y, access: public",
          "path: '/a/{id}', access: authenticated"},
         "3 public_beside_protected\n"},
        // good
        {{"path: /**, access: authenticated", "path: /health, access: public"}, ""},
        {{"path: /admin/**, access: authenticated", "path: /administration, access: public"}, ""},
        {{"path: /a, access: authenticated", "path: /b, access: authenticated",
          "path: /health, access: public"},
         ""},
        {{"path: /a/x, access: authenticated", "path: /a/y, access: public"}, ""},
        {{"path: /a/x, access: authenticated", "path: /a/y, access: authenticated",
          "path: /a/1, access: public", "path: /a/2, access: public"},
         ""},
        {{"path: /a/x, access: authenticated", "path: /a/y, access: authenticated",
          "path: /a/z, access: public, methods: [GET]",
          "path: /a/z, access: authenticated, methods: [POST]"},
         ""},
        {{"path: /assets/**, access: public", "path: /assets/new, access: authenticated"}, ""},
    };
    for (const Row& row : table)
        EXPECT_EQ(names_of(routes(row.routes)), row.names) << routes(row.routes);
}

} // namespace
} // namespace policy::review
