#pragma once

// JSON values in the plainest form, for the slow evaluator: it shares no code with policy/json.

#include <string>
#include <vector>

namespace support::oracle {

struct Json {
    enum class Kind { null, boolean, number, string, array, object };
    Kind kind = Kind::null;
    bool boolean = false;
    std::string text;               ///< of a string; of a number, as it is written
    std::vector<Json> items;        ///< of an array; an object's values
    std::vector<std::string> names; ///< an object's, one for each item

    bool is_scalar() const { return kind != Kind::array && kind != Kind::object; }
    const Json* find(const std::string& name) const; ///< a member; nullptr when there is none
};

Json json_text(std::string text);
Json json_number(std::string as_written);
Json json_boolean(bool value);
Json json_array(std::vector<Json> items);
void add_member(Json& object, std::string name, Json value);

/// For texts of printable ASCII without '"' and '\'.
std::string print(const Json& value);

} // namespace support::oracle
