#include "policy/jose/base64url.hpp"

#include <gtest/gtest.h>

namespace policy::jose {
namespace {

TEST(Base64url, DecodesTheVectorsOfRfc4648) {
    const std::pair<const char*, const char*> cases[] = {
        {"", ""},           {"Zg", "f"},          {"Zm8", "fo"},          {"Zm9v", "foo"},
        {"Zm9vYg", "foob"}, {"Zm9vYmE", "fooba"}, {"Zm9vYmFy", "foobar"}, {"-_-_", "\xfb\xff\xbf"}};
    for (const auto& [text, bytes] : cases) {
        EXPECT_EQ(decode_base64url(text), bytes);
        EXPECT_EQ(encode_base64url(bytes), text);
    }
}

TEST(Base64url, RefusesPadding) {
    for (const char* text : {"Zg==", "Zg=", "Zm8=", "=", "====", "Zm9v=", "Zm9v===="})
        EXPECT_FALSE(decode_base64url(text)) << text;
}

TEST(Base64url, RefusesTheOtherAlphabet) {
    EXPECT_FALSE(decode_base64url("+/+/"));
    EXPECT_FALSE(decode_base64url("Zm+v"));
}

TEST(Base64url, RefusesEveryForeignByteAtEveryPlace) {
    const std::string_view alphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    for (int byte = 0; byte < 256; ++byte) {
        const char c = static_cast<char>(byte);
        const bool known = alphabet.find(c) != std::string_view::npos;
        for (std::size_t at = 0; at < 5; ++at) {
            std::string text = "AAAAAA"; // four, and a tail of two
            text[at] = c;
            EXPECT_EQ(decode_base64url(text).has_value(), known) << byte << " at " << at;
        }
        if (!known) {
            EXPECT_FALSE(decode_base64url(std::string("AAAAA") + c)) << byte;
        }
        std::string tail = "AAA";
        tail[1] = c;
        EXPECT_EQ(decode_base64url(tail).has_value(), known) << byte;
    }
}

TEST(Base64url, RefusesNonZeroTrailingBits) {
    int accepted_two = 0, accepted_three = 0;
    for (const char c :
         std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")) {
        accepted_two += decode_base64url(std::string("A") + c).has_value();
        accepted_three += decode_base64url(std::string("AA") + c).has_value();
    }
    EXPECT_EQ(accepted_two, 4);    // two bits of the second character count
    EXPECT_EQ(accepted_three, 16); // four of the third
    EXPECT_FALSE(decode_base64url("Zh"));
    EXPECT_FALSE(decode_base64url("Zm9vYmF"));
}

TEST(Base64url, RefusesALengthThatNoBytesHave) {
    for (const char* text : {"A", "AAAAA", "AAAAAAAAA"})
        EXPECT_FALSE(decode_base64url(text)) << text;
}

TEST(Base64url, WritesNoMoreThanItPromises) {
    for (std::size_t size = 0; size < 70; ++size) {
        const std::string bytes(size, '\xa5');
        const std::string text = encode_base64url(bytes);
        EXPECT_EQ(decoded_size(text.size()), size);
        std::string out(size + 1, '#');
        EXPECT_EQ(decode_base64url(text, out.data()), size);
        EXPECT_EQ(out, bytes + "#");
    }
}

} // namespace
} // namespace policy::jose
