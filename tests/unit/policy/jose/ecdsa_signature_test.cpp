#include "policy/jose/ecdsa_signature.hpp"

#include <gtest/gtest.h>

namespace policy::jose {
namespace {

using namespace std::string_literals;

// A toy order of four bytes: the rules do not depend on the size.
const std::string order = "\xff\xff\xff\x00"s;

std::string der_of(const std::string& signature) {
    EcdsaDer der;
    if (!encode_ecdsa_signature(signature, order, der)) return "refused";
    return {reinterpret_cast<const char*>(der.bytes.data()), der.size};
}

TEST(EcdsaSignature, WritesTheShortestIntegers) {
    EXPECT_EQ(der_of("\x00\x00\x00\x01\x7f\x00\x00\x00"s),
              "\x30\x09\x02\x01\x01\x02\x04\x7f\x00\x00\x00"s);
    EXPECT_EQ(der_of("\x80\x00\x00\x00\x00\x80\x00\x00"s),
              "\x30\x0d\x02\x05\x00\x80\x00\x00\x00\x02\x04\x00\x80\x00\x00"s);
}

TEST(EcdsaSignature, RefusesHalvesOutsideOneToOrder) {
    const std::string zero(4, '\0'), one = "\x00\x00\x00\x01"s, last = "\xff\xff\xfe\xff"s,
                                     above = "\xff\xff\xff\x01"s;
    for (const std::string& bad : {zero, order, above}) {
        EXPECT_EQ(der_of(bad + one), "refused");
        EXPECT_EQ(der_of(one + bad), "refused");
        EXPECT_EQ(der_of(bad + bad), "refused");
    }
    EXPECT_NE(der_of(last + one), "refused");
    EXPECT_NE(der_of(one + last), "refused");
}

TEST(EcdsaSignature, RefusesEveryOtherLength) {
    for (std::size_t size = 0; size < 20; ++size)
        EXPECT_EQ(der_of(std::string(size, '\x01')) == "refused", size != 8) << size;
}

TEST(EcdsaSignature, ComesBackFromDer) {
    for (const std::string& signature :
         {"\x00\x00\x00\x01\x7f\x00\x00\x00"s, "\x80\x00\x00\x00\x00\x80\x00\x00"s,
          "\xff\xff\xfe\xff\x00\x00\x00\xff"s})
        EXPECT_EQ(decode_ecdsa_signature(der_of(signature), 4), signature);
}

TEST(EcdsaSignature, FitsItsBufferAtTheLargestCurve) {
    std::string p521 = "\x01\xff"s + std::string(64, '\xff');
    const std::string top = "\x01\xfe"s + std::string(64, '\xff');
    EcdsaDer der;
    ASSERT_TRUE(encode_ecdsa_signature(top + top, p521, der));
    EXPECT_EQ(der.size, 3u + 2 * (2 + 66));
    EXPECT_EQ(der.bytes[1], 0x81);
    EXPECT_EQ(
        decode_ecdsa_signature({reinterpret_cast<const char*>(der.bytes.data()), der.size}, 66),
        top + top);
    const std::string wide = std::string(66, '\xff'), widest(66, '\xfe');
    ASSERT_TRUE(encode_ecdsa_signature(widest + widest, wide, der));
    EXPECT_LE(der.size, der.bytes.size());
}

TEST(EcdsaSignature, RefusesBrokenDer) {
    for (const std::string& der : {""s, "\x30"s, "\x30\x00"s, "\x31\x06\x02\x01\x01\x02\x01\x01"s,
                                   "\x30\x06\x02\x01\x01\x02\x05\x01"s, "\x30\x03\x02\x01\x01"s,
                                   "\x30\x09\x02\x05\x01\x01\x01\x01\x01\x02\x01\x01"s})
        EXPECT_FALSE(decode_ecdsa_signature(der, 4));
}

} // namespace
} // namespace policy::jose
