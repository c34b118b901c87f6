#include "gateway/exchange/candidate.hpp"

#include "gateway/worker.hpp"
#include "policy/rule/place.hpp"

#include <algorithm>
#include <bitset>

namespace gateway {

namespace {

using observe::Disagreement;
using policy::Reason;

/// Which fields the live decision dropped: restored when this goes.
class DroppedFields {
public:
    explicit DroppedFields(policy::FieldList& fields) : fields_(fields.all()) {
        for (std::size_t i = 0; i < fields_.size(); ++i) dropped_[i] = fields_[i].dropped;
    }
    DroppedFields(const DroppedFields&) = delete;
    DroppedFields& operator=(const DroppedFields&) = delete;
    ~DroppedFields() {
        for (std::size_t i = 0; i < fields_.size(); ++i) fields_[i].dropped = dropped_[i];
    }
    /// As the head was before the first stage: x-request-id alone is gone by then.
    void forget() {
        for (policy::Field& field : fields_)
            field.dropped = field.id == policy::FieldId::x_request_id;
    }

private:
    std::span<policy::Field> fields_;
    std::bitset<policy::FieldList::capacity> dropped_;
};

Reason reason_of(const policy::Outcome& outcome) {
    if (std::holds_alternative<policy::Admitted>(outcome)) return Reason::allowed;
    const auto* answer = std::get_if<policy::Answer>(&outcome);
    return answer ? answer->reason : Reason::keys_unavailable;
}

bool is_same_added(const policy::Admitted& a, const policy::Admitted& b) {
    return std::ranges::equal(a.added(), b.added(), [](const auto& x, const auto& y) {
        return x.name == y.name && x.value == y.value;
    });
}

const std::string& upstream_of(const policy::Admitted& admitted, const policy::Snapshot& snapshot) {
    return snapshot.model().upstreams[admitted.route().upstream].name;
}

std::optional<Disagreement> compare(const policy::Outcome& live, const policy::Snapshot& served,
                                    const policy::Outcome& tried,
                                    const policy::Snapshot& candidate) {
    const Reason before = reason_of(live), after = reason_of(tried);
    if (after == Reason::keys_unavailable && before != after) return Disagreement::unknown;
    if (before != Reason::allowed && after == Reason::allowed) return Disagreement::would_allow;
    if (before == Reason::allowed && after != Reason::allowed) return Disagreement::would_deny;
    if (before != Reason::allowed) {
        if (policy::info(before).status == policy::info(after).status) return std::nullopt;
        return Disagreement::other_answer;
    }
    const auto& was = std::get<policy::Admitted>(live);
    const auto& would = std::get<policy::Admitted>(tried);
    if (upstream_of(was, served) != upstream_of(would, candidate))
        return Disagreement::other_upstream;
    if (!is_same_added(was, would)) return Disagreement::other_headers;
    return std::nullopt;
}

struct Found {
    Disagreement what;
    Reason live, candidate;
    const policy::route::Route* route; ///< of the candidate, else the one in force
    std::optional<std::size_t> place;  ///< what of the candidate's rule says no
};

observe::SampledCell& cell_of(observe::CandidateCells& cells, const Found& found) {
    if (found.what == Disagreement::would_deny && found.place) return cells.denied_by[*found.place];
    if (found.what == Disagreement::would_deny)
        return cells.denied[static_cast<std::size_t>(found.candidate)];
    if (found.what == Disagreement::would_allow)
        return cells.allowed[static_cast<std::size_t>(found.live)];
    return cells.others[static_cast<std::size_t>(found.what)];
}

/// An example in a while, so that the log does not drown where the two never agree. The first of a
/// kind always is one.
bool is_example(observe::SampledCell& cell, CandidateTools& tools) {
    const auto now = std::chrono::steady_clock::now();
    const bool is_first = cell.next_example == std::chrono::steady_clock::time_point();
    if (!is_first && (now < cell.next_example || now < tools.next_example)) return false;
    cell.next_example = now + CandidateTools::pause_of_one;
    tools.next_example = now + CandidateTools::pause;
    return true;
}

void tell(const ExchangeMemory& memory, const observe::CandidateCells& cells, const Found& found,
          const Worker& worker) {
    constexpr std::size_t longest = 256;
    observe::ShadowExample example;
    example.at = memory.decided_at;
    example.what = found.what;
    example.live = found.live;
    example.candidate = found.candidate;
    example.request_id = memory.request_id;
    example.method = memory.request.method.substr(0, longest);
    example.path = memory.findings.path.substr(0, longest);
    if (found.route) example.route = found.route->settings->name;
    if (found.place) example.rule = cells.places[*found.place];
    worker.tell_shadow(std::move(example));
}

} // namespace

void judge_candidate(Exchange& exchange, Worker& worker, const Service& service) {
    ExchangeMemory& memory = exchange.memory();
    CandidateTools* const own = worker.candidate_tools();
    if (!own || !memory.outcome) return;
    const policy::Snapshot& candidate = *service.snapshot->candidate();
    own->scratch.reset();
    // What the live keys have proven need not be proven twice, where the candidate believes them.
    const policy::token::ProofPtr& proof = memory.findings.proof;
    if (proof && !own->proofs.find(proof->token)) own->proofs.insert(proof);

    DroppedFields dropped(memory.request.fields);
    dropped.forget();
    policy::Tools tools{own->scratch, own->proofs, false};
    policy::Findings findings;
    const policy::Outcome tried =
        policy::admit(candidate, memory.request, memory.peer, memory.decided_at, tools, findings);
    const auto what = compare(*memory.outcome, *service.snapshot, tried, candidate);
    if (!what) return;
    const policy::route::Route* const served = memory.findings.route;
    const Found found{*what, reason_of(*memory.outcome), reason_of(tried),
                      findings.route ? findings.route : served,
                      findings.route
                          ? policy::rule::index_of(findings.route->rule, findings.decider)
                          : std::nullopt};
    const std::size_t none = candidate.model().routes.size(); // see candidate_routes()
    const std::size_t index = findings.route ? findings.route->index
                              : served       ? none + 1 + served->index
                                             : none;
    observe::CandidateCells& cells = *service.cells.candidate[index];
    observe::SampledCell& cell = cell_of(cells, found);
    cell.add();
    if (is_example(cell, *own)) tell(memory, cells, found, worker);
}

} // namespace gateway
