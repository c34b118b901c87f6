// `claimgate token`: a lab for tokens.

#include "gateway/cli/command.hpp"
#include "gateway/cli/time.hpp"
#include "gateway/cli/token_inspect.hpp"
#include "gateway/cli/token_sign.hpp"
#include "gateway/cli/token_verify.hpp"

#include <CLI/CLI.hpp>

#include <map>
#include <memory>
#include <string>

namespace gateway::cli {
namespace {

void add_inspect(CLI::App& token, Command& chosen) {
    auto options = std::make_shared<InspectOptions>();
    CLI::App* command =
        token.add_subcommand("inspect", "Show what a token says, without believing it");
    command
        ->add_option("TOKEN", options->token, "The token; - for standard input, @FILE for a file")
        ->required();
    command->add_flag("--json", options->json, "Print JSON, for programs");
    command->callback([options, &chosen] {
        chosen = [options](Console& console) {
            return inspect_token(*options, system_now(), console);
        };
    });
}

void add_verify(CLI::App& token, Command& chosen) {
    auto options = std::make_shared<VerifyOptions>();
    CLI::App* command =
        token.add_subcommand("verify", "Say whether a token is believed, check by check");
    command
        ->add_option("TOKEN", options->token, "The token; - for standard input, @FILE for a file")
        ->required();
    command->add_option("--config", options->config, "The configuration file")
        ->capture_default_str();
    command->add_option("--issuer", options->issuer, "The issuer whose it must be");
    command->add_option("--at", options->at,
                        "Time of the decision, RFC 3339 or seconds; default: now");
    command->add_option("--jwks", options->jwks,
                        "ISSUER=FILE: the key set of an issuer whose keys are fetched otherwise");
    command->add_flag("--json", options->json, "Print JSON, for programs");
    command->callback([options, &chosen] {
        chosen = [options](Console& console) { return verify_token(*options, console); };
    });
}

void add_sign(CLI::App& token, Command& chosen) {
    auto options = std::make_shared<SignOptions>();
    CLI::App* command =
        token.add_subcommand("sign", "Sign a token with a key of your own, for trying things out");
    const std::map<std::string, std::int64_t> units = {
        {"s", 1}, {"m", 60}, {"h", 3600}, {"d", 86400}};
    command->add_option("--key", options->key, "Private key, JWK or PEM; - for standard input")
        ->required();
    command->add_option("--alg", options->algorithm, "Where the key fits several algorithms");
    command->add_option("--issuer", options->issuer, "iss");
    command->add_option("--subject", options->subject, "sub");
    command->add_option("--audience", options->audiences, "aud; may be given several times");
    command->add_option("--lifetime", options->lifetime, "exp, from now: 90s, 10m, 8h, 30d")
        ->transform(CLI::AsNumberWithUnit(units, CLI::AsNumberWithUnit::CASE_SENSITIVE))
        ->default_str("10m");
    command->add_option("--type", options->type, "typ of the header")->capture_default_str();
    command->add_option("--claims", options->claims, "More claims: a JSON object, or @FILE");
    command->add_option(
        "--claim", options->claim_list,
        "NAME=VALUE; may be given several times; a VALUE that is JSON is taken as such");
    command->callback([options, &chosen] {
        chosen = [options](Console& console) {
            return sign_token(*options, system_now(), console);
        };
    });
}

} // namespace

void add_token(CLI::App& app, Command& chosen) {
    CLI::App* token =
        app.add_subcommand("token", "Look into tokens, verify them, and sign some of your own");
    token->require_subcommand(1);
    add_inspect(*token, chosen);
    add_sign(*token, chosen);
    add_verify(*token, chosen);
}

} // namespace gateway::cli
