// SPDX-License-Identifier: Apache-2.0
#include "agents/talent/technical_wages.hpp"

#include <algorithm>
#include <memory>

#include "agents/kinds/kinds.hpp"
#include "engine/elementary.hpp"

namespace polder::agents {

double scarcity_pay(double tightness, double normal_tightness, double elasticity) {
  return elementary::exp(elasticity * elementary::log(tightness / normal_tightness));
}

namespace {

class TechnicalWages final : public Mechanism {
 public:
  explicit TechnicalWages(Setup& s)
      : firm_(s.kind("firm")),
        institute_(s.kind("institute")),
        person_(s.kind("person")),
        industry_(s.kind("industry")),
        firm_vacancies_(s.column<std::int64_t>("firm", "vacancies")),
        institute_vacancies_(s.column<std::int64_t>("institute", "vacancies")),
        employer_(s.column<AgentId>("person", "employer")),
        type_(s.column<std::uint8_t>("person", "type")),
        pay_(s.column<double>("industry", "technical_pay")),
        price_(s.column<double>("industry", "research_price")),
        before_(s.column<double>("industry", "research_price_before")),
        normal_(s.column<double>("industry", "normal_tightness")),
        elasticity_(s.parameter("elasticity")),
        speed_(1.0 / s.parameter("adjustment")),
        labour_share_(s.parameter("labour_share")) {}
  void step(Turn& turn) const override;

 private:
  double vacancies(Turn& turn, KindId kind, Handle<std::int64_t> column) const;
  double searchers(Turn& turn) const;

  KindId firm_, institute_, person_, industry_;
  Handle<std::int64_t> firm_vacancies_, institute_vacancies_;
  Handle<AgentId> employer_;
  Handle<std::uint8_t> type_;
  Handle<double> pay_, price_, before_, normal_;
  double elasticity_, speed_, labour_share_;
};

/// Real vacancies, as whole numbers of thousandths, so that the order of rows does not matter.
double TechnicalWages::vacancies(Turn& turn, KindId kind, Handle<std::int64_t> column) const {
  const Table& table = turn.table(kind);
  const auto open = turn.read(column);
  const auto weights = table.weights();
  std::int64_t sum = 0;
  for (Row row = 0; row < table.num_rows(); ++row) {
    // Holes weigh nothing, and most firms have no vacancy, which no processor foresees: no branch.
    sum += static_cast<std::int64_t>(1000 * weights[row] *
                                     static_cast<double>(std::max<std::int64_t>(0, open[row])));
  }
  return 1e-3 * static_cast<double>(sum);
}

/// Real people without employer who are no students.
double TechnicalWages::searchers(Turn& turn) const {
  const Table& people = turn.table(person_);
  const auto employer = turn.read(employer_);
  const auto type = turn.read(type_);
  const auto alive = people.alive();
  const auto weights = people.weights();
  std::int64_t sum = 0;
  for (Row row = 0; row < people.num_rows(); ++row) {
    // One branch, since few search: who has no employer alone is hard to foresee, for many of them study.
    const int busy =
        int{employer[row] != nobody} | int{type[row] == static_cast<std::uint8_t>(ActorType::student)};
    if (busy != 0 || alive[row] == 0) continue;
    sum += static_cast<std::int64_t>(1000 * weights[row]);
  }
  return 1e-3 * static_cast<double>(sum);
}

void TechnicalWages::step(Turn& turn) const {
  const Table& industries = turn.table(industry_);
  const double open =
      vacancies(turn, firm_, firm_vacancies_) + vacancies(turn, institute_, institute_vacancies_);
  const double tightness = std::max(open, 1.0) / std::max(searchers(turn), 1.0);
  const auto pay = turn.write(pay_), price = turn.write(price_), before = turn.write(before_),
             normal = turn.write(normal_);
  for (const Row row : industries.by_id()) {
    before[row] = price[row];
    if (normal[row] <= 0) normal[row] = tightness;
    if (turn.in_burn_in()) {
      normal[row] += (tightness - normal[row]) * speed_;
    } else {
      pay[row] += (scarcity_pay(tightness, normal[row], elasticity_) - pay[row]) * speed_;
      price[row] = research_price(pay[row], labour_share_);
    }
  }
}

}  // namespace

const MechanismInfo& technical_wages_mechanism() {
  using enum Access;
  static const MechanismInfo info{
      .name = "technical_wages",
      .family = "talent",
      .sentence = "Pay of technical staff rises with vacancies a searcher, so that a euro of R&D buys less",
      .equation = "w* = (theta / theta0)^b; w' = w + (w* - w) / T; price of R&D = 1 + l (w - 1)",
      .source =
          "wage curve: Blanchflower & Oswald 1994, recalled; matching: Petrongolo & Pissarides 2001, "
          "recalled; "
          "support that ends in pay: Goolsbee 1998",
      .ignores = "pay by field and region, bargaining; pay of a person stands in talent_market",
      .fields =
          {{"elasticity", "1", "0.05", "0", "1", "elasticity of pay to vacancies a searcher",
            "-0.1 of pay to unemployment (Blanchflower & Oswald 1994) times 0.5 of matches to vacancies "
            "a searcher (Petrongolo & Pissarides 2001), both recalled"},
           {"adjustment", "month", "12 months", "1 month", "120 months", "time in which pay follows scarcity",
            "assumption: pay is settled once a year"},
           {"labour_share", "1", "0.70", "0", "1", "share of labour in R&D costs",
            "Rathenau Instituut 2023"}},
      .columns = {{"firm", "vacancies", read},
                  {"institute", "vacancies", read},
                  {"person", "employer", read},
                  {"person", "type", read},
                  {"industry", "technical_pay", write},
                  {"industry", "research_price", write},
                  {"industry", "research_price_before", write},
                  {"industry", "normal_tightness", write}},
      .flows = {},
      .networks = {},
      .events = {},
      .after = {"talent_market"},
      .make = [](Setup& setup) -> std::unique_ptr<Mechanism> {
        return std::make_unique<TechnicalWages>(setup);
      }};
  return info;
}

}  // namespace polder::agents
