// SPDX-License-Identifier: Apache-2.0
#include "agents/demography/firm_demography.hpp"

#include <memory>

#include "agents/demography/firm_births.hpp"
#include "agents/demography/firm_lives.hpp"

namespace polder::agents {

namespace {

class FirmDemography final : public Mechanism {
 public:
  explicit FirmDemography(Setup& setup) : lives_(setup), births_(setup) {}
  void found(Turn& turn) const override { lives_.found(turn); }
  void step(Turn& turn) const override { births_.bear(turn, lives_.live(turn)); }

 private:
  FirmLives lives_;
  FirmBirths births_;
};

}  // namespace

const MechanismInfo& firm_demography_mechanism() {
  using enum Access;
  static const MechanismInfo info{
      "firm_demography",
      "demography",
      "Firms are born, become scale-ups, SMEs or large firms, and leave by age, size and insolvency",
      "exit chance 1 - exp(-(h(age) - h0) r z(size) / 12); births B' = B exp(growth of work)",
      "CBS cohort of 2015 and new employers a year; ScaleUp Dashboard",
      "mergers, takeovers, moves, self-employed without staff",
      {{"late_hazard", "1/year", "0.018", "0", "1",
        "exit hazard from the sixth year on, beside exits for lack of cash or staff",
        "calibrated: 423,000 firms in 2020, 437,000 in 2023 (CBS)"},
       {"employer_hazard", "1", "1.66", "0", "10",
        "exit hazard of firms that are no startups, in the first five years, by that of all new enterprises",
        "CBS, cohort of 2015: 49 % of new employers are employers after five years, 65 % of new enterprises "
        "are "
        "there; log 0.49 by log 0.65"},
       {"other_exits", "1/year", "0.02", "0", "0.04",
        "exits for lack of cash or staff that the hazards of years two to five include, those of year one a "
        "third",
        "calibrated: survival of new firms after one, three and five years (CBS, cohort of 2015)"},
       {"insolvency_chance", "1", "0.1", "0", "1", "chance a month to leave with cash below 0", "assumption"},
       {"smallest_staff", "person", "0.5", "0", "10", "a firm with less staff leaves", "assumption"},
       {"scale_up_growth", "1", "0.2", "0", "1",
        "growth of staff or sales a year over three years that makes a scale-up", "ScaleUp Dashboard: 20 %"},
       {"birth_rate", "1/year", "0.062", "0", "1", "births by firms of a sector whose data give no births",
        "26,000 new employers (CBS) by 420,000 firms, derived"},
       {"from_one_person", "1", "0", "0", "2",
        "firms that take on a second person, over the births of the data: new employers do not hold all who "
        "grow "
        "from one person to two",
        "calibrated: 426,700 firms of two or more persons in 2024, 412,600 in 2020 (CBS 81588NED, 81589NED)"},
       {"entrant_staff", "person", "2.6", "1.7", "100", "mean staff of an entrant", "assumption"},
       {"entrant_spread", "1", "0.2", "0", "1",
        "standard deviation of log productivity against the firm it came from", "assumption"},
       {"startups", "firms/year", "1300", "0", "100000", "startups founded a year beside spin-offs",
        "assumption: 10,000 startups growing 6 % a year (Techleap 2020)"},
       {"startup_research", "1", "0.7", "0", "1", "share of startups founded that perform R&D",
        "assumption: WBSO counts 2,405 starters a year (2022)"},
       {"startup_cash", "EUR", "150000", "0", "10000000", "money a startup begins with", "assumption"},
       {"startup_weight", "1", "10", "1", "1000000",
        "real startups that one simulated startup stands for at most: few of them get most of the venture "
        "capital",
        "numerical: keeps the spread of venture capital small in small samples"},
       {"start_cash", "month", "3 months", "0 months", "36 months", "wages that other entrants begin with",
        "assumption"}},
      {{"firm", "age", read},           {"firm", "staff", read},
       {"firm", "cash", read},          {"firm", "sector", read},
       {"firm", "region", read},        {"firm", "theme", read},
       {"firm", "productivity", read},  {"firm", "wage", read},
       {"firm", "exports_share", read}, {"firm", "rd_intensity", read},
       {"firm", "rd_performer", read},  {"firm", "type", write},
       {"firm", "size_class", write},   {"firm", "staff_3y_ago", write},
       {"firm", "staff_2y_ago", write}, {"firm", "staff_1y_ago", write},
       {"firm", "sales", read},         {"firm", "sales_3y_ago", write},
       {"firm", "sales_2y_ago", write}, {"firm", "sales_1y_ago", write},
       {"industry", "sector", read},    {"industry", "work_growth", read},
       {"industry", "births", write}},
      {},
      {},
      {"births", "exits", "insolvencies", "scale_ups"},
      {"market", "accounts", "rd_investment", "research", "absorption", "knowledge_spillover",
       "collaboration", "venture_rounds", "technology_transfer", "talent_market"},
      [](Setup& setup) -> std::unique_ptr<Mechanism> { return std::make_unique<FirmDemography>(setup); }};
  return info;
}

}  // namespace polder::agents
