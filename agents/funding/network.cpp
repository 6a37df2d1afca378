// SPDX-License-Identifier: Apache-2.0
#include "agents/funding/network.hpp"

#include <algorithm>
#include <cmath>

#include "agents/support/meetings.hpp"

namespace polder::agents {

namespace {

std::vector<FieldInfo> network_fields() {
  std::vector<FieldInfo> fields = budget_fields();
  const std::vector<FieldInfo> own{
      {"eligible", "formula", "", "", "", "condition on a member", "scenario"},
      {"request", "formula", "0 EUR", "", "", "not used: members get help, not money", ""},
      {"applicants", "label", "firm|institute", "", "", "kinds of members: firm, institute", "scenario"},
      {"broker_share", "1", "60 %", "0 %", "100 %", "part of the money for brokers, the rest for meetings",
       "assumption"},
      {"cost_per_broker", "EUR/year", "110 kEUR/year", "10 kEUR/year", "1 MEUR/year", "cost of one broker",
       "assumption"},
      {"reach", "1", "40", "1", "10000", "members that one broker serves", "assumption"},
      {"relief", "1", "50 %", "0 %", "100 %",
       "part of a member's effort to set up a consortium that brokers take over", "assumption"},
      {"attendance", "1", "10 %", "0 %", "100 %", "chance that a member comes to a meeting in a month",
       "assumption"},
      {"price_of_meeting", "EUR", "400 EUR", "1 EUR", "1 MEUR", "cost of one participant", "assumption"},
      {"cofunding.private_at_least", "1", "0 %", "0 %", "95 %", "part of the price that firms pay themselves",
       "scenario"},
      {"meeting", "1", "10 %", "0 %", "100 %", "chance that a participant makes a tie", "assumption"},
      {"strength", "1", "0.15", "0", "1", "strength that a meeting adds to a tie", "assumption"},
  };
  fields.insert(fields.end(), own.begin(), own.end());
  return fields;
}

std::optional<ApplicantRules> read_rules(const Terms& terms, const std::string& kind) {
  const auto kinds = terms.words("applicants");
  for (const auto& word : kinds)
    if (word != "firm" && word != "institute") terms.mistake("applicants", word, "firm or institute");
  if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) return std::nullopt;
  return ApplicantRules(terms, kind, false);
}

}  // namespace

const FormInfo& network_form() {
  static const FormInfo form{"network", "Brokers and meetings of a cluster or campus", network_fields()};
  return form;
}

double brokers_needed(double money, double cost, double members, double reach) {
  return std::min(money / cost, members / reach);
}

NetworkInstrument::NetworkInstrument(const Terms& terms, const Columns& columns)
    : Instrument(terms, columns, 1),
      firm_rules_(read_rules(terms, "firm")),
      institute_rules_(read_rules(terms, "institute")),
      broker_share_(terms.number("broker_share")),
      cost_per_broker_(terms.number("cost_per_broker")),
      reach_(terms.number("reach")),
      relief_(terms.number("relief")),
      attendance_(terms.number("attendance")),
      price_(terms.number("price_of_meeting")),
      private_share_(terms.number("cofunding.private_at_least")),
      meeting_(terms.number("meeting")),
      strength_(terms.number("strength")),
      broker_flow_(terms.setup().instrument_flow(terms.spec().id, "government.cash", "households")),
      meeting_flow_(terms.setup().instrument_flow(terms.spec().id, "government.cash", "suppliers")),
      own_flow_(terms.setup().flow("meeting_fee", "firm.cash", "suppliers")) {}

std::vector<NetworkInstrument::Member> NetworkInstrument::members(Turn& turn) const {
  const DrawKey key = turn.key(purpose("place"));
  std::vector<Member> list;
  for (const auto* rules : {&firm_rules_, &institute_rules_}) {
    if (!*rules) continue;
    const bool firms = rules == &firm_rules_;
    const RecipientColumns& recipient = firms ? columns().firm : columns().institute;
    const Table& table = turn.table(recipient.kind);
    std::vector<Row> rows;
    for (Row row = 0; row < table.num_rows(); ++row)
      if (table.alive()[row]) rows.push_back(row);
    for (const Row row : (*rules)->eligible(turn, std::move(rows))) {
      const AgentId id = table.ids()[row];
      list.push_back({id, &recipient, row, firms, table.weights()[row], draw_words(key, id, 0)[0]});
    }
  }
  std::sort(list.begin(), list.end(), [](const Member& a, const Member& b) {
    return a.place != b.place ? a.place < b.place : raw(a.id) < raw(b.id);
  });
  return list;
}

void NetworkInstrument::serve(Purse& purse, const std::vector<Member>& members, Cents money) const {
  double all = 0;
  for (const Member& m : members) all += m.weight;
  const double brokers = brokers_needed(to_euros(money), cost_per_broker_, all, reach_);
  const Cents wages = std::min(money, to_cents(brokers * cost_per_broker_));
  if (wages <= 0) return;
  purse.commit(wages);
  purse.pay(broker_flow_, 0, wages);
  double places = brokers * reach_, served = 0;
  for (const Member& m : members) {
    const double part = std::min(1.0, places / m.weight);  // of the real members it stands for
    if (part <= 0) break;
    double& organised = purse.turn().write(m.columns->organised)[m.row];
    organised = std::max(organised, relief_ * part);
    places -= part * m.weight;
    served += part * m.weight;
  }
  purse.count(applications_event(), all / 12, awards_event(), served / 12);  // member years
}

void NetworkInstrument::gather(Purse& purse, const std::vector<Member>& members, Cents money) const {
  Turn& turn = purse.turn();
  const DrawKey key = turn.key(purpose("attend"));
  std::vector<Participant> participants;
  for (const Member& m : members) {
    if (uniform(key, m.id, turn.step()) >= attendance_) continue;
    const Cents own = m.is_firm ? to_cents(price_ * private_share_ * m.weight) : 0;
    const Cents due = to_cents(price_ * m.weight) - own;
    const bool pays = own == 0 || turn.read(columns().firm_cash)[m.row] >= own;
    if (due > money || !pays) continue;
    money -= due;
    purse.commit(due);
    purse.pay(meeting_flow_, 0, due);
    if (own > 0) turn.transfer(own_flow_, m.row, 0, own);
    participants.push_back({m.id, m.weight});
  }
  meet_on_circle(turn, columns().collaboration, participants,
                 {turn.key(purpose("meet")), 0, meeting_, static_cast<float>(strength_)});
}

void NetworkInstrument::step(Purse& purse) const {
  if (!plan().open(purse.turn().month()) || purse.available() <= 0) return;
  const auto list = members(purse.turn());
  if (list.empty()) return;
  const Cents for_brokers = to_cents(to_euros(purse.available()) * broker_share_);
  const Cents for_meetings = purse.available() - for_brokers;
  serve(purse, list, for_brokers);
  gather(purse, list, for_meetings);
}

}  // namespace polder::agents
