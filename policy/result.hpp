#pragma once

// Result<T, E>: a value or the reason why there is none. The only place that names the library
// behind it. Use: `auto claims = parse_claims(text); if (!claims) return claims.error();`

#include <boost/system/result.hpp>

namespace policy {

template <class T, class E> using Result = boost::system::result<T, E>;

} // namespace policy
