#include "policy/jose/signature.hpp"

#include "policy/jose/thumbprint.hpp"

#include <utility>

namespace policy::jose {

Key::Key(KeyType type, std::string kid, AlgorithmSet algorithms, std::string_view members,
         std::string description)
    : type_(type), kid_(std::move(kid)), algorithms_(algorithms),
      material_(make_key_id(members, {})), id_(make_key_id(members, algorithms)),
      description_(std::move(description)) {}

} // namespace policy::jose
