#include "config/schema.hpp"

#include "config/decode/areas.hpp"
#include "config/decode/scalar.hpp"
#include "config/json_string.hpp"
#include "config/suite/areas.hpp"

#include <set>
#include <utility>
#include <vector>

namespace config {
namespace {

using decode::KeyFacts;
using decode::Need;
using decode::Shape;
using decode::Table;

// A variable may stand wherever a scalar does, and is replaced after parsing: ${NAME}.
constexpr std::string_view variable = R"(\$\{)";

std::string or_variable(std::string_view pattern) {
    return json_string(std::string(pattern) + "|" + std::string(variable));
}

/// Members of a JSON object on one line: `"type": "string", "minLength": 1`.
using Members = std::string;

Members only_variable() { return R"("pattern": )" + json_string(variable); }

// A plain number or boolean is read as a text wherever one is expected.
constexpr std::string_view text = R"("type": ["string", "number", "boolean"], "minLength": 1)";

Members bounds(const Shape& shape) {
    return R"("minimum": )" + std::to_string(shape.least) + R"(, "maximum": )" +
           std::to_string(shape.most);
}

/// The words, and those that YAML reads as numbers (1.2) as numbers too.
Members words(const Shape& shape) {
    std::string list;
    for (const std::string_view word : shape.words) {
        list += (list.empty() ? "" : ", ") + json_string(word);
        if (decode::parse_decimal(word)) list += ", " + std::string(word);
    }
    return R"("anyOf": [{ "enum": [)" + list + R"(] }, { "$ref": "#/definitions/variable" }])";
}

/// What a person should know beyond the description, and a type cannot say.
std::string range_text(const Shape& shape) {
    const auto from_to = [](const std::string& least, const std::string& most) {
        return " (" + least + " to " + most + ")";
    };
    if (shape.kind == Shape::Kind::duration)
        return from_to(decode::duration_text(Duration(shape.least)),
                       decode::duration_text(Duration(shape.most)));
    if (shape.kind == Shape::Kind::size)
        return from_to(decode::size_text(static_cast<std::size_t>(shape.least)),
                       decode::size_text(static_cast<std::size_t>(shape.most)));
    return {};
}

/// Prints the tables that are needed as definitions, each once.
class Printer {
public:
    std::string print(const Table& root, std::string_view title) {
        out_ = R"({
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "urn:claimgate:)" +
               std::string(root.name) + "\",\n  \"title\": " + json_string(title) + ",\n";
        write_table(root, "  ");
        out_ += ",\n  \"definitions\": {\n    \"variable\": { \"type\": \"string\", \"pattern\": " +
                json_string(variable) + " },\n    \"text\": { " + std::string(text) + " }";
        for (std::size_t i = 0; i < needed_.size(); ++i) { // grows while it is walked
            const Table table = needed_[i];
            out_ += ",\n    " + json_string(table.name) + ": {\n";
            write_table(table, "      ");
            out_ += "\n    }";
        }
        out_ += "\n  }\n}\n";
        return std::move(out_);
    }

private:
    void write_table(const Table& table, const std::string& indent) {
        std::string required;
        out_ += indent + "\"type\": \"object\",\n" + indent + "\"additionalProperties\": false,\n";
        if (table.least > 0)
            out_ += indent + "\"minProperties\": " + std::to_string(table.least) + ",\n";
        out_ += indent + "\"properties\": {";
        std::string_view separator = "\n";
        for (std::size_t i = 0; i < table.size; ++i) {
            const KeyFacts key = table.key(i);
            if (key.need == Need::later) continue;
            if (key.need == Need::required)
                required += (required.empty() ? "" : ", ") + json_string(key.name);
            out_ += std::string(separator) + indent + "  " + json_string(key.name) +
                    ": { \"description\": " +
                    json_string(std::string(key.description) + range_text(key.shape)) + ", " +
                    members(key.shape) + " }";
            separator = ",\n";
        }
        out_ += "\n" + indent + "}";
        if (!required.empty()) out_ += ",\n" + indent + "\"required\": [" + required + "]";
    }

    Members members(const Shape& shape) {
        using Kind = Shape::Kind;
        switch (shape.kind) {
        case Kind::text:
            if (shape.pattern.empty()) return R"("$ref": "#/definitions/text")";
            return std::string(text) + pattern(shape);
        case Kind::form: return R"("type": "string")" + pattern(shape);
        case Kind::boolean: return R"("type": ["boolean", "string"], )" + only_variable();
        case Kind::integer:
            return R"("type": ["integer", "string"], )" + bounds(shape) + ", " + only_variable();
        case Kind::number: return R"("type": ["number", "string"], )" + only_variable();
        case Kind::duration:
            return R"("type": "string", "pattern": )" + or_variable("^[0-9]+(ms|s|m|h|d)$");
        case Kind::size:
            return R"("type": ["integer", "string"], )" + bounds(shape) + R"(, "pattern": )" +
                   or_variable("^[0-9]+(B|KiB|MiB|GiB)?$");
        case Kind::any:
            return R"("type": ["string", "number", "boolean", "null", "array", "object"])";
        case Kind::scalar: return R"("type": ["string", "number", "boolean", "null"])";
        case Kind::word: return words(shape);
        case Kind::list:
            return R"("type": "array", "minItems": 1, )" +
                   std::string(shape.distinct ? R"("uniqueItems": true, )" : "") + R"("items": )" +
                   object(*shape.parts[0]);
        case Kind::map:
            return R"("type": "object", )" +
                   std::string(shape.least > 0 ? R"("minProperties": 1, )" : "") +
                   R"("propertyNames": { "pattern": )" + json_string(shape.pattern) +
                   R"( }, "additionalProperties": )" + object(*shape.parts[0]);
        case Kind::mapping: return R"("$ref": ")" + reference(shape.table()) + '"';
        case Kind::either: break;
        }
        std::string list;
        for (const Shape* part : shape.parts)
            if (part) list += (list.empty() ? "" : ", ") + object(*part);
        return R"("anyOf": [)" + list + "]";
    }

    static Members pattern(const Shape& shape) {
        if (shape.pattern.empty()) return {};
        return R"(, "pattern": )" + or_variable(shape.pattern);
    }

    std::string object(const Shape& shape) { return "{ " + members(shape) + " }"; }

    std::string reference(const Table& table) {
        if (known_.insert(table.name).second) needed_.push_back(table);
        return "#/definitions/" + std::string(table.name);
    }

    std::string out_;
    std::vector<Table> needed_;
    std::set<std::string_view> known_;
};

} // namespace

std::string schema() {
    return Printer().print(decode::configuration_table(), "The configuration of claimgate");
}

std::string suite_schema() {
    return Printer().print(suite::suite_table(), "Policy tests for claimgate");
}

} // namespace config
