// `claimgate keys`: generate makes a private key, jwks publishes the public half.

#include "gateway/cli/command.hpp"
#include "gateway/cli/exit_code.hpp"
#include "gateway/cli/input.hpp"
#include "policy/jose/private_key.hpp"

#include <CLI/CLI.hpp>

#include <cerrno>
#include <fcntl.h>
#include <memory>
#include <ostream>
#include <string>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <vector>

namespace gateway::cli {
namespace {

namespace jose = policy::jose;

struct GenerateOptions {
    std::string algorithm = "ES256";
    std::string kid;
    std::string out;
    std::string format = "jwk";
    unsigned bits = 2048;
};

int complain(Console& console, std::string_view what) {
    console.err << "claimgate keys: " << what << '\n';
    return exit_code::usage;
}

/// A new file that only its owner can read; never an existing one. Answers what went wrong, or
/// nothing.
std::string write_private(const std::string& path, std::string_view text) {
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) return "cannot create " + path + ": " + std::generic_category().message(errno);
    const ssize_t written = ::write(file, text.data(), text.size());
    const bool complete = written == static_cast<ssize_t>(text.size()) && ::fsync(file) == 0;
    ::close(file);
    if (complete) return {};
    ::unlink(path.c_str()); // half a key is worse than none
    return "cannot write " + path;
}

int generate(const GenerateOptions& options, Console& console) {
    const auto algorithm = jose::parse_algorithm(options.algorithm);
    if (!algorithm) return complain(console, "unknown algorithm " + options.algorithm);
    const auto key = jose::generate_private_key(*algorithm, options.kid, options.bits);
    if (!key) return complain(console, jose::to_string(key.error()));
    std::string text = options.format == "pem" ? jose::to_pem(*key) : jose::to_jwk(*key);
    if (text.empty()) return complain(console, "a secret has no PEM form: use --format jwk");
    if (text.back() != '\n') text += '\n';
    if (options.out.empty()) {
        console.out << text;
        return exit_code::good;
    }
    const std::string problem = write_private(options.out, text);
    if (!problem.empty()) return complain(console, problem);
    console.err << "Wrote " << options.out << ": " << key->description() << " for "
                << jose::to_string(key->algorithm()) << ", kid " << key->kid() << '\n';
    return exit_code::good;
}

int jwks(const std::vector<std::string>& files, Console& console) {
    std::vector<jose::PrivateKey> keys;
    for (const std::string& file : files) {
        std::string problem;
        const auto text = read_input(file, console, problem);
        if (!text) return complain(console, problem);
        auto key = jose::parse_private_key(*text);
        if (!key) return complain(console, file + ": " + std::string(to_string(key.error())));
        if (jose::is_symmetric(key->algorithm()))
            return complain(console, file + ": a secret has no public part");
        keys.push_back(std::move(*key));
    }
    console.out << jose::to_public_jwks(keys) << '\n';
    return exit_code::good;
}

void add_generate(CLI::App& keys, Command& chosen) {
    auto options = std::make_shared<GenerateOptions>();
    CLI::App* command = keys.add_subcommand("generate", "Make a private key for signing tokens");
    command
        ->add_option("--algorithm", options->algorithm,
                     "RS256 ... RS512, PS256 ..., ES256 ..., EdDSA, Ed25519, Ed448, HS256 ...")
        ->capture_default_str();
    command->add_option("--kid", options->kid, "The key's name; default: its RFC 7638 thumbprint");
    command->add_option("--out", options->out, "A new file, readable by its owner only");
    command->add_option("--format", options->format, "jwk or pem")
        ->check(CLI::IsMember({"jwk", "pem"}))
        ->capture_default_str();
    command->add_option("--bits", options->bits, "Size of an RSA key")
        ->check(CLI::Range(2048, 4096))
        ->capture_default_str();
    command->callback([options, &chosen] {
        chosen = [options](Console& console) { return generate(*options, console); };
    });
}

void add_jwks(CLI::App& keys, Command& chosen) {
    auto files = std::make_shared<std::vector<std::string>>();
    CLI::App* command = keys.add_subcommand(
        "jwks", "Print the public key set of private keys, for an issuer to publish");
    command->add_option("FILE", *files, "Private keys, JWK or PEM; - for standard input")
        ->required();
    command->callback(
        [files, &chosen] { chosen = [files](Console& console) { return jwks(*files, console); }; });
}

} // namespace

void add_keys(CLI::App& app, Command& chosen) {
    CLI::App* keys = app.add_subcommand("keys", "Make keys, and publish their public half");
    keys->require_subcommand(1);
    add_generate(*keys, chosen);
    add_jwks(*keys, chosen);
}

} // namespace gateway::cli
