// SPDX-License-Identifier: Apache-2.0
#include "agents/talent/dual_appointments.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <vector>

#include "agents/kinds/kinds.hpp"

namespace polder::agents {

double beginning_chance(double share, double ending) {
  return share < 1 ? std::clamp(share * ending / (1 - share), 0.0, 1.0) : 1.0;
}

Row chosen(std::span<const Partner> partners, Row former, double draw) {
  const auto known = std::find_if(partners.begin(), partners.end(),
                                  [&](const Partner& p) { return former != no_row && p.firm == former; });
  if (known != partners.end()) return known->firm;
  const double point = draw * partners.back().until;
  const auto by_trust = std::partition_point(partners.begin(), partners.end(),
                                             [&](const Partner& p) { return p.until < point; });
  return by_trust == partners.end() ? partners.back().firm : by_trust->firm;
}

namespace {

constexpr int month_of_change = 9;  // appointments begin and end with the academic year

using Partners = std::map<AgentId, std::vector<Partner>>;  ///< by institute

class DualAppointments final : public Mechanism {
 public:
  explicit DualAppointments(Setup& setup);
  void step(Turn& turn) const override {
    if (turn.month().month() != month_of_change) return;
    const bool first = num_own(turn) == 0 && turn.in_burn_in();  // ties exist from the first month on
    end(turn);
    begin(turn, first ? share_ : beginning_chance(share_, ending_));
    keep(turn);
  }

 private:
  bool own(AgentId second, AgentId scheme) const { return second != nobody && scheme == nobody; }
  std::size_t num_own(Turn& turn) const;
  Partners partners(Turn& turn) const;
  void end(Turn& turn) const;
  void begin(Turn& turn, double chance) const;
  void keep(Turn& turn) const;

  KindId person_, firm_, institute_;
  Handle<std::uint8_t> type_, at_institute_;
  Handle<AgentId> employer_, former_, second_, by_;
  Handle<std::int64_t> cash_;
  FlowId pay_;
  std::size_t network_;
  double share_, ending_, cost_, contact_;
  Purpose end_, begin_, choose_;
};

DualAppointments::DualAppointments(Setup& s)
    : person_(s.kind("person")),
      firm_(s.kind("firm")),
      institute_(s.kind("institute")),
      type_(s.column<std::uint8_t>("person", "type")),
      at_institute_(s.column<std::uint8_t>("person", "at_institute")),
      employer_(s.column<AgentId>("person", "employer")),
      former_(s.column<AgentId>("person", "former_employer")),
      second_(s.column<AgentId>("person", "second_employer")),
      by_(s.column<AgentId>("person", "appointed_by")),
      cash_(s.column<std::int64_t>("firm", "cash")),
      pay_(s.flow("dual_appointment", "firm.cash", "institute.cash")),
      network_(s.network("collaboration")),
      share_(s.parameter("share")),
      ending_(s.parameter("ending")),
      cost_(s.parameter("cost")),
      contact_(s.parameter("contact")),
      end_(s.purpose("end")),
      begin_(s.purpose("begin")),
      choose_(s.purpose("choose")) {}

std::size_t DualAppointments::num_own(Turn& turn) const {
  const auto second = turn.write(second_);
  const auto by = turn.read(by_);
  std::size_t number = 0;
  for (std::size_t row = 0; row < second.size(); ++row) number += own(second[row], by[row]) ? 1U : 0U;
  return number;
}

Partners DualAppointments::partners(Turn& turn) const {
  const Table& firms = turn.table(firm_);
  const Table& institutes = turn.table(institute_);
  Partners all;
  for (const Row row : institutes.by_id()) {
    const AgentId id = institutes.ids()[row];
    std::vector<Partner> list;
    double sum = 0;
    for (const Tie& tie : turn.ties(network_).of(id)) {
      const Row firm = firms.find(tie.b);
      if (firm == no_row || tie.strength <= 0) continue;
      sum += static_cast<double>(tie.strength) * firms.weights()[firm];
      list.push_back({firm, sum});
    }
    if (!list.empty()) all.emplace(id, std::move(list));
  }
  return all;
}

void DualAppointments::end(Turn& turn) const {
  const Table& people = turn.table(person_);
  const Table& firms = turn.table(firm_);
  const auto second = turn.write(second_);
  const auto by = turn.read(by_);
  const auto at_institute = turn.read(at_institute_);
  for (Row row = 0; row < people.num_rows(); ++row) {
    if (!own(second[row], by[row])) continue;
    const bool ends = uniform(turn.key(end_), people.ids()[row], turn.step()) < ending_;
    if (ends || at_institute[row] == 0 || firms.find(second[row]) == no_row) second[row] = nobody;
  }
}

void DualAppointments::begin(Turn& turn, double chance) const {
  if (chance <= 0) return;
  const Table& people = turn.table(person_);
  const Table& firms = turn.table(firm_);
  const Partners trusted = partners(turn);
  const auto second = turn.write(second_);
  const auto type = turn.read(type_), at_institute = turn.read(at_institute_);
  const auto employer = turn.read(employer_), former = turn.read(former_);
  for (Row row = 0; row < people.num_rows(); ++row) {
    if (at_institute[row] == 0 || type[row] != static_cast<std::uint8_t>(ActorType::researcher)) continue;
    const AgentId id = people.ids()[row];
    if (second[row] != nobody || uniform(turn.key(begin_), id, turn.step()) >= chance) continue;
    const auto at = trusted.find(employer[row]);
    if (at == trusted.end()) continue;
    second[row] =
        firms.ids()[chosen(at->second, firms.find(former[row]), uniform(turn.key(choose_), id, turn.step()))];
  }
}

/// What a year of appointments does: firms pay their part, and both sides know each other better.
void DualAppointments::keep(Turn& turn) const {
  const Table& people = turn.table(person_);
  const Table& firms = turn.table(firm_);
  const Table& institutes = turn.table(institute_);
  const auto second = turn.write(second_);
  const auto by = turn.read(by_);
  const auto employer = turn.read(employer_);
  std::map<std::pair<AgentId, AgentId>, double> appointments;  // (institute, firm): real people
  std::vector<Row> appointed;
  for (Row row = 0; row < people.num_rows(); ++row)
    if (own(second[row], by[row])) appointed.push_back(row);
  const auto ids = people.ids();
  std::sort(appointed.begin(), appointed.end(), [&](Row a, Row b) { return ids[a] < ids[b]; });
  for (const Row row : appointed) appointments[{employer[row], second[row]}] += people.weights()[row];
  std::map<AgentId, Cents> left;
  for (const auto& [pair, number] : appointments) {
    const Row institute = institutes.find(pair.first), firm = firms.find(pair.second);
    if (institute == no_row || firm == no_row) continue;
    Cents& cash = left.try_emplace(pair.second, std::max<Cents>(0, turn.read(cash_)[firm])).first->second;
    const Cents paid = std::min(cash, to_cents(cost_ * number));
    cash -= paid;
    turn.transfer(pay_, firm, institute, paid);
    turn.tie(network_, pair.first, pair.second, static_cast<float>(contact_));
  }
}

}  // namespace

const MechanismInfo& dual_appointments_mechanism() {
  using enum Access;
  static const MechanismInfo info{
      .name = "dual_appointments",
      .family = "talent",
      .sentence = "Researchers of institutes also work at firms that their institute trusts",
      .equation = "begins with chance s e / (1 - s) a year, ends with chance e; firm drawn by trust",
      .source = "1,300 endowed part-time professors (Rathenau, recalled) and lectors",
      .ignores = "appointments of people of firms at institutes, which count as the same tie",
      .fields = {{"share", "1", "3 %", "0 %", "50 %",
                  "researchers of institutes who also work at a firm, without a scheme",
                  "recalled: 1,300 endowed professors by 32,000 fte of academic staff (Rathenau), less those "
                  "whose main work is no firm, with lectors"},
                 {"ending", "1", "20 %", "0 %", "100 %", "appointments that end in a year",
                  "assumption: terms of five years"},
                 {"cost", "EUR", "20 kEUR", "0 EUR", "1 MEUR", "what the firm pays for one a year",
                  "assumption: a day a week of 100 kEUR"},
                 {"contact", "1", "0.3", "0", "2", "strength that a year of one adds to the tie",
                  "assumption"}},
      .columns = {{"person", "type", read},
                  {"person", "employer", read},
                  {"person", "former_employer", read},
                  {"person", "at_institute", read},
                  {"person", "appointed_by", read},
                  {"person", "second_employer", write},
                  {"firm", "cash", read},
                  {"firm", "cash", add},
                  {"institute", "cash", add}},
      .flows = {{"dual_appointment", "firm.cash", "institute.cash"}},
      .networks = {"collaboration"},
      .events = {},
      .after = {"instruments", "talent_market", "collaboration"},
      .make = [](Setup& setup) -> std::unique_ptr<Mechanism> {
        return std::make_unique<DualAppointments>(setup);
      }};
  return info;
}

}  // namespace polder::agents
