// SPDX-License-Identifier: Apache-2.0
#include "agents/funding/block.hpp"

#include <algorithm>
#include <numeric>

namespace polder::agents {

namespace {

constexpr double turnover = 0.1;  // researchers of an institute who are replaced in a year (assumption)

std::vector<FieldInfo> block_fields() {
  std::vector<FieldInfo> fields = budget_fields();
  const std::vector<FieldInfo> own{
      {"applicants", "label", "institute", "", "", "who gets the money: institute or hub", "scenario"},
      {"eligible", "formula", "", "", "", "condition on the institute or hub", "scenario"},
      {"request", "formula", "research_budget * 1 month", "", "", "weight by which the money is split",
       "assumption: as base funding is"},
      {"permanent", "1", "0 %", "0 %", "100 %", "part of the money that pays permanent research posts",
       "scenario"},
      {"transfer", "1", "0 %", "0 %", "100 %", "part of the money that pays transfer staff", "scenario"},
      {"cost_per_post", "EUR/year", "136.2 kEUR/year", "10 kEUR/year", "1 MEUR/year", "cost of one post",
       "CBS 84644NED 2019: 4,900 MEUR for 35,963 fte"},
  };
  fields.insert(fields.end(), own.begin(), own.end());
  return fields;
}

}  // namespace

const FormInfo& block_form() {
  static const FormInfo form{"block", "Block funding of institutes, with posts for research or transfer",
                             block_fields()};
  return form;
}

double permanent_share(double posts, double researchers) {
  const double others = turnover * std::max(0.0, researchers);
  return posts > 0 ? posts / (posts + others) : 0.0;
}

BlockInstrument::BlockInstrument(const Terms& terms, const Columns& columns)
    : Instrument(terms, columns, 1),
      to_hubs_(read_kind(terms) == "hub"),
      rules_(terms, read_kind(terms), false),
      permanent_(terms.number("permanent")),
      transfer_(terms.number("transfer")),
      cost_per_post_(terms.number("cost_per_post")),
      levers_(terms.setup()),
      pay_flow_(terms.setup().instrument_flow(terms.spec().id, "government.cash",
                                              to_hubs_ ? "hub.cash" : "institute.cash")),
      wage_flow_(terms.setup().flow("transfer_wages", "institute.cash", "households")) {
  if (permanent_ + transfer_ > 1)
    terms.mistake("transfer", "parts above 100 %", "`permanent` and `transfer` of at most 100 % together");
  if (to_hubs_ && permanent_ + transfer_ > 0)
    terms.mistake("applicants", "hub", "institute, when the money pays posts");
}

std::string BlockInstrument::read_kind(const Terms& terms) {
  return terms.word("applicants", "institute|hub");
}

void BlockInstrument::use(Turn& turn, Row institute, Cents amount) const {
  const double weight = turn.table(columns().institute.kind).weights()[institute];
  const Cents officers = to_cents(to_euros(amount) * transfer_);
  turn.transfer(wage_flow_, institute, 0, officers);
  turn.write(levers_.block_funded)[institute] += to_euros(amount - officers) / weight;
  turn.write(levers_.transfer_posts)[institute] += to_euros(officers) / weight / cost_per_post_;
  double& posts = turn.write(levers_.funded_posts)[institute];
  posts += to_euros(amount) * permanent_ / weight / cost_per_post_;
  turn.write(levers_.permanent_offer)[institute] =
      permanent_share(posts, turn.read(levers_.researchers)[institute]);
}

void BlockInstrument::step(Purse& purse) const {
  Turn& turn = purse.turn();
  if (!plan().open(turn.month()) || purse.available() <= 0) return;
  const auto by_id = turn.table(rules_.kind()).by_id();
  const auto rows = rules_.eligible(turn, {by_id.begin(), by_id.end()});
  auto weights = rules_.requests(turn, rows);
  for (double& w : weights) w = std::max(0.0, w);
  if (std::accumulate(weights.begin(), weights.end(), 0.0) <= 0) return;
  const Cents total = purse.available();
  std::vector<Cents> parts(rows.size());
  split(total, weights, parts);
  purse.commit(total);
  double paid = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (parts[i] <= 0) continue;
    purse.pay(pay_flow_, rows[i], parts[i]);
    if (!to_hubs_) use(turn, rows[i], parts[i]);
    paid += 1;
  }
  purse.count(applications_event(), paid / 12, awards_event(), paid / 12);  // institute years
}

}  // namespace polder::agents
