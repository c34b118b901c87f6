#include "policy/headers/value.hpp"

#include <gtest/gtest.h>

#include <string>

namespace policy::headers {
namespace {

TEST(HeaderValue, CarriesTextWithoutControls) {
    for (const std::string& value :
         {std::string("ada"), std::string(""), std::string("a b"), std::string("\xc3\xa4"),
          std::string("\xc2\xa0x"), std::string(4096, 'a'), std::string("a,b")})
        EXPECT_TRUE(is_forwardable(value)) << value;
}

TEST(HeaderValue, RefusesWhatAReceiverCouldReadInAnotherWay) {
    // H100
    for (const std::string& value :
         {std::string("a\r\nX-Admin: true"), std::string("a\nb"), std::string("a\0b", 3),
          std::string("a\tb"), std::string("a\x7f"),
          std::string("a\xc2\x85"
                      "b"),
          std::string("a\xc2\x80"), std::string(" a"), std::string("a "), std::string(4097, 'a'),
          std::string("\xff"), std::string("\xc3"), std::string("\xc3x"), std::string("\xc0\x8a"),
          std::string("\xed\xa0\x80")})
        EXPECT_FALSE(is_forwardable(value)) << value;
}

} // namespace
} // namespace policy::headers
