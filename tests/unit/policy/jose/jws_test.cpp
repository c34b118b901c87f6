#include "policy/jose/jws.hpp"

#include <gtest/gtest.h>

namespace policy::jose {
namespace {

TEST(Jws, GivesThreePartsAndWhatWasSigned) {
    const auto jws = split_jws("aa.bbb.c");
    ASSERT_TRUE(jws);
    EXPECT_EQ(jws->header, "aa");
    EXPECT_EQ(jws->payload, "bbb");
    EXPECT_EQ(jws->signature, "c");
    EXPECT_EQ(jws->signed_text, "aa.bbb");
}

TEST(Jws, RefusesAnyOtherNumberOfParts) {
    for (const char* token : {"", ".", "..", "...", "a", "a.b", "a.b.", ".b.c", "a.b.c.", "a.b.c.d",
                              "a.b.c.d.e", ".a.b.c", "a..", "..c"})
        EXPECT_FALSE(split_jws(token)) << token;
}

TEST(Jws, LeavesAnEmptyPayloadToItsReader) { EXPECT_EQ(split_jws("a..c")->payload, ""); }

} // namespace
} // namespace policy::jose
