#include "policy/json.hpp"

namespace policy {

JsonType JsonValue::type() const { return document_->nodes_[index_].type; }

bool JsonValue::boolean() const { return document_->nodes_[index_].boolean; }

std::string_view JsonValue::text() const {
    const JsonDocument::Node& node = document_->nodes_[index_];
    return {document_->text_.data() + node.text_at, node.text_size};
}

const JsonNumber& JsonValue::number() const { return document_->nodes_[index_].number; }

std::string_view JsonValue::name() const {
    const JsonDocument::Node& node = document_->nodes_[index_];
    return {document_->text_.data() + node.name_at, node.name_size};
}

std::size_t JsonValue::size() const { return document_->nodes_[index_].size; }

std::optional<JsonValue> JsonValue::first() const {
    const std::uint32_t child = document_->nodes_[index_].child;
    if (child == 0) return std::nullopt;
    return JsonValue(*document_, child);
}

std::optional<JsonValue> JsonValue::next() const {
    const std::uint32_t next = document_->nodes_[index_].next;
    if (next == 0) return std::nullopt;
    return JsonValue(*document_, next);
}

std::optional<JsonValue> JsonValue::find(std::string_view name) const {
    // Where most of a rule's time goes, so it walks the nodes themselves.
    const JsonDocument::Node* const nodes = document_->nodes_.data();
    const char* const text = document_->text_.data();
    if (nodes[index_].type != JsonType::object) return std::nullopt;
    for (std::uint32_t i = nodes[index_].child; i != 0; i = nodes[i].next)
        if (nodes[i].name_size == name.size() &&
            std::string_view(text + nodes[i].name_at, name.size()) == name)
            return JsonValue(*document_, i);
    return std::nullopt;
}

std::size_t JsonDocument::memory() const {
    return nodes_.capacity() * sizeof(Node) + text_.capacity();
}

} // namespace policy
