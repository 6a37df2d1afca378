// SPDX-License-Identifier: Apache-2.0
#include "agents/funding/grant.hpp"

#include <algorithm>
#include <cmath>

#include "agents/support/meetings.hpp"
#include "agents/support/work.hpp"

namespace polder::agents {

namespace {

std::vector<FieldInfo> grant_fields() {
  std::vector<FieldInfo> fields = budget_fields();
  const std::vector<FieldInfo> own{
      {"eligible", "formula", "", "", "", "condition on the applicant", "scenario"},
      {"request", "formula", "rd_plan * 12 months", "", "", "money asked for by one applicant", "scenario"},
      {"applicants", "label", "firm", "", "", "kinds that may apply: firm, institute", "scenario"},
      {"application_rate", "1", "50 %", "0", "1", "share of eligible applicants that apply to a call",
       "assumption"},
      {"cofunding.private_at_least", "1", "0 %", "0", "0.95", "smallest private share of a project of firms",
       "scenario"},
      {"allocation.method", "label", "ranked", "", "", "ranked, first_come or lottery", "scenario"},
      {"allocation.score", "formula", "expected_quality", "", "", "score of an application when ranked",
       "scenario"},
      {"allocation.noise", "1", "0", "0", "",
       "standard deviation of the committee's error, in units of the score", "assumption"},
      {"allocation.cadence", "month", "", "1 month", "120 months",
       "months between calls; default 12, first_come 1", "scenario"},
      {"payout.over", "month", "24 months", "1 month", "240 months", "length of a project", "scenario"},
      {"payout.tranches", "list", "1", "0", "1", "shares of an award, paid at equal intervals", "scenario"},
      {"stacking.public_at_most", "1", "100 %", "0", "1", "ceiling on all public money in a firm's R&D plan",
       "EU state aid rules"},
      {"consortium.min", "1", "1", "1", "100", "smallest number of members", "scenario"},
      {"consortium.max", "1", "", "1", "100", "largest number of members; default the smallest", "scenario"},
      {"consortium.group", "EUR/month", "0 EUR/month", "0 EUR/month", "",
       "`rd_plan` of one group of an institute, each of which may coordinate a proposal; 0: an institute is "
       "one",
       "scenario"},
      {"consortium.abroad", "1", "0", "0", "100",
       "mean number of further members from abroad, paid beside the budget; 0: none", "scenario"},
      {"consortium.abroad_spread", "1", "0", "0", "100", "its standard deviation (log-normal)", "scenario"},
      {"consortium.setup_effort", "1", "0.1", "0", "10", "effort a further member costs, relative to trust",
       "assumption"},
  };
  fields.insert(fields.end(), own.begin(), own.end());
  return fields;
}

Method read_method(const Terms& terms) {
  const std::string word = terms.word("allocation.method", allocation_methods);
  return word == "ranked" ? Method::ranked : word == "lottery" ? Method::lottery : Method::first_come;
}

int grant_cadence(const Terms& terms) {
  if (terms.has("allocation.cadence"))
    return static_cast<int>(std::lround(terms.number("allocation.cadence")));
  return read_method(terms) == Method::first_come ? 1 : 12;
}

Payout read_payout(const Terms& terms) {
  Payout payout{static_cast<int>(std::lround(terms.number("payout.over"))), terms.numbers("payout.tranches")};
  double sum = 0;
  for (const double share : payout.tranches) sum += share;
  if (std::fabs(sum - 1) > 1e-6) terms.mistake("payout.tranches", "other sums", "shares that sum to 100 %");
  if (payout.months < static_cast<int>(payout.tranches.size()) || payout.tranches.empty()) {
    terms.mistake("payout.tranches", "more tranches than months",
                  "at most one tranche a month of `payout.over`");
    payout = {std::max(1, payout.months), {1.0}};
  }
  return payout;
}

ConsortiumRules read_consortium(const Terms& terms) {
  ConsortiumRules rules;
  rules.min_members = static_cast<int>(std::lround(terms.number("consortium.min")));
  rules.max_members = terms.has("consortium.max")
                          ? static_cast<int>(std::lround(terms.number("consortium.max")))
                          : rules.min_members;
  rules.setup_effort = terms.number("consortium.setup_effort");
  if (rules.max_members < rules.min_members) {
    terms.mistake("consortium.max", "less than consortium.min", "at least consortium.min");
    rules.max_members = rules.min_members;
  }
  return rules;
}

std::optional<ApplicantRules> grant_rules(const Terms& terms, const std::string& kind) {
  const auto kinds = terms.words("applicants");
  for (const auto& word : kinds) {
    if (word != "firm" && word != "institute") terms.mistake("applicants", word, "firm or institute");
  }
  if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) return std::nullopt;
  return ApplicantRules(terms, kind, true);
}

RecipientFlows read_flows(const Terms& terms) {
  Setup& setup = terms.setup();
  return {setup.instrument_flow(terms.spec().id, "government.cash", "firm.cash"),
          setup.instrument_flow(terms.spec().id, "government.cash", "institute.cash")};
}

}  // namespace

struct GrantInstrument::Applicant {
  Recipient who;
  double request = 0, score = 0;  ///< EUR and score of one real applicant
  double weight = 1;
};

struct GrantInstrument::Proposal {
  std::vector<std::size_t> members;
  Bid bid;
  double quality = 0;       ///< chance of a good end
  std::uint32_t group = 0;  ///< of the coordinator
};

const FormInfo& grant_form() {
  static const FormInfo form{"grant", "Calls for proposals; awards are paid in tranches and spent on R&D",
                             grant_fields()};
  return form;
}

GrantInstrument::GrantInstrument(const Terms& terms, const Columns& columns, const Geography& map)
    : Instrument(terms, columns, grant_cadence(terms)),
      firm_rules_(grant_rules(terms, "firm")),
      institute_rules_(grant_rules(terms, "institute")),
      method_(read_method(terms)),
      noise_(terms.number("allocation.noise")),
      application_rate_(terms.number("application_rate")),
      private_share_(terms.number("cofunding.private_at_least")),
      public_ceiling_(terms.number("stacking.public_at_most")),
      consortium_(read_consortium(terms)),
      group_plan_(terms.number("consortium.group")),
      abroad_(terms.number("consortium.abroad")),
      abroad_spread_(terms.number("consortium.abroad_spread")),
      payout_(read_payout(terms)),
      projects_(columns, payout_, read_flows(terms), purpose("project")),
      map_(&map) {}

void GrantInstrument::step(Purse& purse) const {
  projects_.run(purse, plan().carry_over && plan().open(purse.turn().month()));
  if (plan().call(purse.turn().month()) && purse.available() > 0) hold_call(purse);
}

/// The committee's error about the proposal of one group.
double GrantInstrument::judgement(Turn& turn, AgentId applicant, std::uint32_t group) const {
  return noise_ > 0 ? noise_ * normal(turn.key(purpose("judge")), applicant, turn.step(), group) : 0.0;
}

/// Groups of an institute, at least one, or the real firms that a simulated one stands for: a fraction by
/// lot.
int GrantInstrument::num_groups(Turn& turn, const Recipient& who) const {
  if (who.is_firm) {
    const double weight = turn.table(who.columns->kind).weights()[who.row];
    return whole_by_lot(weight, uniform(turn.key(purpose("groups")), who.id, turn.step()));
  }
  if (group_plan_ <= 0) return 1;
  return std::max(1, static_cast<int>(turn.read(who.columns->rd_plan)[who.row] / group_plan_));
}

void GrantInstrument::add_applicants(Turn& turn, const ApplicantRules& rules, bool firms,
                                     std::vector<Applicant>& list) const {
  const Table& table = turn.table(rules.kind());
  const RecipientColumns& recipient = firms ? columns().firm : columns().institute;
  const Attention attention = plan().cadence == 1 ? Attention::once_a_year : Attention::everybody;
  const auto rows = rules.eligible(turn, applying(turn, rules.kind(), application_rate_, attention));
  const auto requests = rules.requests(turn, rows);
  const auto scores = rules.scores(turn, rows);
  const auto plans = turn.read(recipient.rd_plan);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Row row = rows[i];
    const AgentId id = table.ids()[row];
    double request = requests[i];
    if (firms) {
      const double cost = plans[row] * payout_.months;
      const double support = turn.read(columns().firm_support_rate)[row] * cost +
                             turn.write(recipient.rd_funded)[row] * payout_.months;
      request = admissible_request(request, cost, cost, support, private_share_, public_ceiling_);
    }
    if (request <= 0) continue;
    list.push_back(
        {{id, &recipient, row, firms}, request, scores[i] + judgement(turn, id, 0), table.weights()[row]});
  }
}

std::vector<GrantInstrument::Applicant> GrantInstrument::applicants(Turn& turn) const {
  std::vector<Applicant> list;
  if (firm_rules_) add_applicants(turn, *firm_rules_, true, list);
  if (institute_rules_) add_applicants(turn, *institute_rules_, false, list);
  std::sort(list.begin(), list.end(),
            [](const Applicant& a, const Applicant& b) { return raw(a.who.id) < raw(b.who.id); });
  return list;
}

std::vector<GrantInstrument::Proposal> GrantInstrument::proposals(
    Turn& turn, const std::vector<Applicant>& applicants) const {
  std::vector<Proposal> list;
  if (consortium_.max_members == 1) {
    for (std::size_t i = 0; i < applicants.size(); ++i) list.push_back({{i}, {}, 0, 0});
  } else {
    std::vector<Candidate> candidates;
    for (const Applicant& a : applicants) {
      const auto knowledge = turn.read(a.who.columns->knowledge);
      const std::size_t size = knowledge.size() / turn.table(a.who.columns->kind).num_rows();
      candidates.push_back({a.who.id, turn.read(a.who.columns->region)[a.who.row],
                            turn.read(a.who.columns->theme)[a.who.row],
                            knowledge.subspan(a.who.row * size, size), !a.who.is_firm,
                            std::max(turn.write(a.who.columns->organised)[a.who.row],
                                     turn.read(a.who.columns->brokered)[a.who.row]),
                            num_groups(turn, a.who)});
    }
    for (auto& c : form_consortia(candidates, consortium_, turn.ties(columns().collaboration), *map_,
                                  turn.key(purpose("consortium")), turn.step()))
      list.push_back({std::move(c.members), {}, 0, c.group});
  }
  for (Proposal& p : list) {
    double request = 0, score = 0;
    const Applicant& leader = applicants[p.members.front()];
    for (const std::size_t m : p.members) {
      request += applicants[m].request;
      score += applicants[m].score;
    }
    if (p.group > 0) score += judgement(turn, leader.who.id, p.group) - judgement(turn, leader.who.id, 0);
    const double lot = uniform(turn.key(purpose("order")), leader.who.id, turn.step(), p.group);
    const double mean_score = score / static_cast<double>(p.members.size());
    p.quality = std::clamp(mean_score, 0.0, 1.0);
    p.bid = {leader.who.id, method_ == Method::ranked ? mean_score : lot,
             consortium_.max_members > 1 ? 1.0 : leader.weight, to_cents(request)};
  }
  return list;
}

void GrantInstrument::award(Purse& purse, const Proposal& proposal, const Grant& grant,
                            const std::vector<Applicant>& applicants) const {
  NewProject project{grant.amount, proposal.quality, {}, {}, 0, grant.units};
  double request = 0;
  for (const std::size_t m : proposal.members) request += applicants[m].request;
  for (const std::size_t m : proposal.members) {
    const Recipient& who = applicants[m].who;
    project.members.push_back(who.id);
    project.shares.push_back(applicants[m].request / request);
    const double lot =
        uniform(purse.turn().key(purpose("newcomer")), who.id, purse.turn().step(), proposal.group);
    if (makes_tie(grant.units, applicants[m].weight, 1, lot))
      purse.turn().write(who.columns->newcomer)[who.row] = 0;
  }
  const double luck = abroad_ > 0 ? normal(purse.turn().key(purpose("abroad")), project.members.front(),
                                           purse.turn().step(), proposal.group)
                                  : 0;
  project.abroad = members_abroad(abroad_, abroad_spread_, luck);
  purse.commit(grant.amount);
  projects_.start(purse, project, proposal.group);
}

/// Those who knew each other trust each other less.
void GrantInstrument::reject(Turn& turn, const Proposal& proposal,
                             const std::vector<Applicant>& applicants) const {
  const DrawKey key = turn.key(purpose("reject"));
  for (std::size_t m = 1; m < proposal.members.size(); ++m) {
    for (std::size_t n = 0; n < m; ++n) {
      const Applicant &a = applicants[proposal.members[n]], &b = applicants[proposal.members[m]];
      if (!turn.ties(columns().collaboration).find(a.who.id, b.who.id)) continue;
      const AgentId pair{combine(raw(a.who.id), raw(b.who.id))};
      if (makes_tie(1, a.weight, b.weight, uniform(key, pair, turn.step(), proposal.group)))
        turn.tie(columns().collaboration, a.who.id, b.who.id, trust::rejected);
    }
  }
}

void GrantInstrument::hold_call(Purse& purse) const {
  Turn& turn = purse.turn();
  const auto list = applicants(turn);
  const auto made = proposals(turn, list);
  std::vector<Bid> bids;
  double applications = 0, awards = 0;
  for (const Proposal& p : made) {
    bids.push_back(p.bid);
    applications += p.bid.units;
  }
  std::vector<std::uint8_t> granted(made.size(), 0);
  for (const Grant& grant : allocate(bids, purse.available())) {
    granted[grant.bid] = 1;
    awards += grant.units;
    award(purse, made[grant.bid], grant, list);
  }
  for (std::size_t p = 0; p < made.size(); ++p)
    if (!granted[p]) reject(turn, made[p], list);
  purse.count(applications_event(), applications, awards_event(), awards);
}

}  // namespace polder::agents
