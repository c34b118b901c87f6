// Public routes where their neighbours are protected: often left from a test, or a path that was
// written a little differently.

#include "policy/review/families.hpp"

#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace policy::review {

namespace {

using config::Access;
using config::Route;

constexpr std::string_view rest = "/**";

/// The path above: "/a/b" of "/a/b/c".
std::string_view above(std::string_view path) { return path.substr(0, path.rfind('/')); }

/// Protected trees by the path that they hang on; `/**` is everybody's parent, and means nothing.
using Trees = std::unordered_map<std::string_view, const Route*>;

Trees protected_trees(const config::Model& model) {
    Trees trees;
    for (const Route& route : model.routes) {
        const std::string_view path = route.path;
        if (route.access != Access::everyone && path.ends_with(rest) && path != rest)
            trees.emplace(path.substr(0, path.size() - rest.size()), &route);
    }
    return trees;
}

const Route* tree_around(const Trees& trees, std::string_view path) {
    for (std::string_view parent = above(path); !parent.empty(); parent = above(parent))
        if (const auto tree = trees.find(parent); tree != trees.end()) return tree->second;
    return nullptr;
}

/// The paths directly below one parent.
struct Siblings {
    std::unordered_set<std::string_view> public_paths, protected_paths;
    const Route* guarded = nullptr; ///< one of the protected
};

} // namespace

void review_places(Review& review) {
    const Trees trees = protected_trees(review.model);
    std::unordered_map<std::string_view, Siblings> families;
    for (const Route& route : review.model.routes) {
        Siblings& siblings = families[above(route.path)];
        const bool is_public = route.access == Access::everyone;
        (is_public ? siblings.public_paths : siblings.protected_paths).insert(route.path);
        if (!is_public && !siblings.guarded) siblings.guarded = &route;
    }
    for (const Route& route : review.model.routes) {
        if (route.access != Access::everyone) continue;
        if (const Route* tree = tree_around(trees, route.path)) {
            review.warn(route.at, "public_in_protected",
                        "this public route lies inside the protected tree of " + in_line(tree->at),
                        "nothing to do if that is what you mean");
            continue;
        }
        const std::string_view parent = above(route.path);
        const Siblings& siblings = families[parent];
        const bool is_alone = siblings.public_paths.size() == 1 &&
                              siblings.protected_paths.size() > 1 &&
                              !siblings.protected_paths.contains(route.path);
        if (parent.empty() || !is_alone) continue;
        review.warn(route.at, "public_beside_protected",
                    "this is the only public route below `" + std::string(parent) +
                        "/`; the others, such as that of " + in_line(siblings.guarded->at) +
                        ", are protected",
                    "nothing to do if that is what you mean");
    }
}

} // namespace policy::review
