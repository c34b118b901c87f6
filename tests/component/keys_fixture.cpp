#include "tests/component/keys_fixture.hpp"

#include <boost/asio/co_spawn.hpp>

#include <cstdlib>
#include <fstream>

namespace component {

using namespace gateway::keys;

FetchResult<Fetched> fetch(FetchJob job) {
    boost::asio::io_context io;
    FetchResult<Fetched> result = FetchError{FetchFailure::not_http, "the coroutine threw"};
    boost::asio::co_spawn(io.get_executor(), fetch_keys(std::move(job)),
                          [&](std::exception_ptr thrown, FetchResult<Fetched> fetched) {
                              if (!thrown) result = std::move(fetched);
                          });
    io.run();
    return result;
}

FetchTest::FetchTest() {
    std::string pattern = (std::filesystem::temp_directory_path() / "claimgate-XXXXXX").string();
    directory_ = ::mkdtemp(pattern.data());
    ca_file_ = directory_ / "ca.pem";
    std::ofstream(ca_file_) << authority_.certificate_pem();
}

FetchTest::~FetchTest() { std::filesystem::remove_all(directory_); }

} // namespace component
