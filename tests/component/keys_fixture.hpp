#pragma once

// What tests of fetching share: an authority of their own, and a loop that runs one fetch to its
// end.

#include "gateway/keys/fetcher.hpp"
#include "tests/component/keys_certificate.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

namespace component {

gateway::keys::FetchResult<gateway::keys::Fetched> fetch(gateway::keys::FetchJob job);

class FetchTest : public ::testing::Test {
protected:
    FetchTest();
    ~FetchTest() override;

    const Certificate authority_ = Certificate::make_authority();
    std::filesystem::path directory_; ///< removed at the end
    std::string ca_file_;             ///< of the authority
};

} // namespace component
