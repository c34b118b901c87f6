#include "policy/route/table.hpp"

#include "policy/route/trie.hpp"

namespace policy::route {

Table::Table() = default;
Table::Table(Table&&) noexcept = default;
Table& Table::operator=(Table&&) noexcept = default;
Table::~Table() = default;

Found Table::find(std::string_view host, std::string_view method, std::string_view path) const {
    return trie_ ? trie_->find(host, method, path) : Found{};
}

} // namespace policy::route
