// SPDX-License-Identifier: Apache-2.0
// The tables of the venture mechanism and its constructor.
#include <memory>

#include "agents/funding/venture_rounds.hpp"

namespace polder::agents {

namespace {

const std::vector<FieldInfo> fields{
    {"mean_log_value", "1", "15.1", "5", "25", "mean of the log of a venture's value in EUR",
     "calibrated: about 300 rounds a year"},
    {"log_value_sd", "1", "2.4", "0.1", "5", "standard deviation of the log-value",
     "calibrated: 55 to 65 % of financings lose"},
    {"signal_noise", "1", "1.2", "0.01", "10", "standard deviation of a milestone's signal at TRL 5",
     "assumption"},
    {"success", "1", "0.8", "0.01", "1", "chance that a milestone is reached when its work is done",
     "assumption"},
    {"facility_speed", "1", "0.5", "0", "3", "gain in speed through a facility slot",
     "assumption (domain C2)"},
    {"runway", "month", "9 months", "0 months", "60 months", "cash in months of burn at which a round opens",
     "assumption"},
    {"min_gap", "month", "9 months", "0 months", "60 months", "least time between two rounds",
     "data README 4: 13 to 19"},
    {"round_length", "month", "18 months", "3 months", "60 months", "months that a round pays",
     "data README 4: 13 to 19"},
    {"research_share", "1", "60 %", "0", "1", "share of a round that is meant for R&D", "assumption"},
    {"ambition", "1", "50 %", "0", "1",
     "part of the next round that a venture keeps in cash before it opens that round", "assumption"},
    {"size_spread", "1", "1.0", "0", "2", "standard deviation of the log of round sizes",
     "data README 4: 0.93 to 1.4"},
    {"max_share", "1", "40 %", "1 %", "100 %", "largest share given away in a round", "assumption"},
    {"caution", "1", "0.15", "0", "2", "weight of risk in the investors' value", "assumption"},
    {"patience", "month", "18 months", "1 month", "120 months", "months a venture looks for a round",
     "assumption"},
    {"closure", "1", "35 %", "0", "1", "chance of closing after the search failed", "assumption"},
    {"foreign_buyer", "1", "50 %", "0", "1", "share of exits to buyers abroad", "assumption"},
    {"succession", "month", "60 months", "12 months", "240 months", "months between a manager's funds",
     "assumption"},
    {"dutch_share", "1", "10 %", "0", "1", "share of foreign funds meant for Dutch ventures",
     "data README: assumption"},
};

std::vector<ColumnUse> column_uses() {
  using enum Access;
  std::vector<ColumnUse> uses{{"firm", "type", read},
                              {"firm", "rd_performer", read},
                              {"firm", "region", read},
                              {"firm", "theme", read},
                              {"firm", "age", read},
                              {"firm", "rd_spending", read},
                              {"firm", "cash", read},
                              {"firm", "cash", add},
                              {"firm", "stage", write},
                              {"firm", "venture_plan", write},
                              {"firm", "trl", write},
                              {"firm", "staff", read},
                              {"firm", "rd_staff", read},
                              {"firm", "wage", read},
                              {"firm", "value_added", read},
                              {"firm", "foreign_owned", write},
                              {"venture", "access", read},
                              {"financier", "type", read},
                              {"financier", "region", read},
                              {"financier", "theme", read},
                              {"financier", "first_stage", read},
                              {"financier", "last_stage", read},
                              {"financier", "cash", add},
                              {"financier", "fund_size", read},
                              {"financier", "vintage", write},
                              {"financier", "life", read},
                              {"financier", "ticket_min", read},
                              {"financier", "ticket_max", read},
                              {"financier", "hurdle_rate", read},
                              {"financier", "reserve_share", read},
                              {"financier", "home_bias", read},
                              {"financier", "invested", write},
                              {"financier", "proceeds", write},
                              {"financier", "public_repaid", read}};
  for (const char* column :
       {"firm", "lead", "theme", "region", "stage", "seeking", "trl", "quality", "belief_mean",
        "belief_precision", "milestone_in", "burn", "need", "seeking_since", "raised", "founders_share"})
    uses.push_back({"venture", column, write});
  return uses;
}

std::unique_ptr<Mechanism> make(Setup& setup) {
  return std::make_unique<VentureRounds>(setup);
}

}  // namespace

const MechanismInfo& venture_rounds_mechanism() {
  static const MechanismInfo info{
      .name = "venture_rounds",
      .family = "funding",
      .sentence =
          "Ventures reach milestones with their R&D and raise staged rounds from funds that believe in them, "
          "or fail to",
      .equation =
          "share = need / (exp(m + (1/2 - caution) / P) p_exit / (1 + hurdle)^years), a deal when share <= "
          "max_share",
      .source = "Kerr, Nanda & Rhodes-Kropf 2014 (staged experimentation); domain 1.12, C3; data README 4",
      .ignores = "debt, secondary sales, preferences of share classes, management fees, clearance times",
      .fields = fields,
      .columns = column_uses(),
      .flows = {{"venture_capital", "financier.cash", "firm.cash"},
                {"foreign_venture_capital", "financier.cash", "firm.cash"},
                {"capital_call", "households", "financier.cash"},
                {"foreign_capital_call", "rest_of_world", "financier.cash"},
                {"distribution", "financier.cash", "households"},
                {"foreign_distribution", "financier.cash", "rest_of_world"},
                {"exit_proceeds", "households", "financier.cash"},
                {"foreign_exit_proceeds", "rest_of_world", "financier.cash"},
                {"founders_proceeds", "rest_of_world", "households"},
                {"founding_capital", "households", "firm.cash"}},
      .networks = {"holdings"},
      .events = {"venture_rounds", "seed_rounds", "series_a_rounds", "series_b_rounds", "series_c_rounds",
                 "foreign_led_rounds", "venture_exits", "venture_closures"},
      .after = {"instruments", "market", "accounts", "rd_investment"},
      .make = make};
  return info;
}

VentureRounds::VentureRounds(Setup& s)
    : firm_{s.kind("firm"),
            s.column<std::uint8_t>("firm", "type"),
            s.column<std::uint8_t>("firm", "rd_performer"),
            s.column<std::uint8_t>("firm", "region"),
            s.column<std::uint8_t>("firm", "theme"),
            s.column<std::uint8_t>("firm", "stage"),
            s.column<std::uint8_t>("firm", "foreign_owned"),
            s.column<double>("firm", "age"),
            s.column<double>("firm", "staff"),
            s.column<double>("firm", "rd_staff"),
            s.column<double>("firm", "wage"),
            s.column<double>("firm", "value_added"),
            s.column<double>("firm", "rd_spending"),
            s.column<double>("firm", "venture_plan"),
            s.column<std::int64_t>("firm", "cash"),
            s.column<std::int64_t>("firm", "trl")},
      venture_{s.kind("venture"),
               s.column<AgentId>("venture", "firm"),
               s.column<AgentId>("venture", "lead"),
               s.column<std::uint8_t>("venture", "theme"),
               s.column<std::uint8_t>("venture", "region"),
               s.column<std::uint8_t>("venture", "stage"),
               s.column<std::uint8_t>("venture", "seeking"),
               s.column<std::int64_t>("venture", "trl"),
               s.column<double>("venture", "quality"),
               s.column<double>("venture", "belief_mean"),
               s.column<double>("venture", "belief_precision"),
               s.column<double>("venture", "milestone_in"),
               s.column<double>("venture", "burn"),
               s.column<double>("venture", "need"),
               s.column<double>("venture", "seeking_since"),
               s.column<double>("venture", "raised"),
               s.column<double>("venture", "founders_share"),
               s.column<double>("venture", "access")},
      fund_{s.kind("financier"),
            s.column<std::uint8_t>("financier", "type"),
            s.column<std::uint8_t>("financier", "region"),
            s.column<std::uint8_t>("financier", "theme"),
            s.column<std::uint8_t>("financier", "first_stage"),
            s.column<std::uint8_t>("financier", "last_stage"),
            s.column<std::int64_t>("financier", "cash"),
            s.column<double>("financier", "fund_size"),
            s.column<double>("financier", "vintage"),
            s.column<double>("financier", "life"),
            s.column<double>("financier", "ticket_min"),
            s.column<double>("financier", "ticket_max"),
            s.column<double>("financier", "hurdle_rate"),
            s.column<double>("financier", "reserve_share"),
            s.column<double>("financier", "home_bias"),
            s.column<double>("financier", "invested"),
            s.column<double>("financier", "proceeds"),
            s.column<double>("financier", "public_repaid")},
      flow_{s.flow("venture_capital", "financier.cash", "firm.cash"),
            s.flow("foreign_venture_capital", "financier.cash", "firm.cash"),
            s.flow("capital_call", "households", "financier.cash"),
            s.flow("foreign_capital_call", "rest_of_world", "financier.cash"),
            s.flow("distribution", "financier.cash", "households"),
            s.flow("foreign_distribution", "financier.cash", "rest_of_world"),
            s.flow("exit_proceeds", "households", "financier.cash"),
            s.flow("foreign_exit_proceeds", "rest_of_world", "financier.cash"),
            s.flow("founders_proceeds", "rest_of_world", "households"),
            s.flow("founding_capital", "households", "firm.cash")},
      event_{s.event("venture_rounds"),
             {s.event("seed_rounds"), s.event("series_a_rounds"), s.event("series_b_rounds"),
              s.event("series_c_rounds")},
             s.event("foreign_led_rounds"),
             s.event("venture_exits"),
             s.event("venture_closures")},
      rule_{s.parameter("mean_log_value"), s.parameter("log_value_sd"),   s.parameter("signal_noise"),
            s.parameter("success"),        s.parameter("facility_speed"), s.parameter("runway"),
            s.parameter("min_gap"),        s.parameter("round_length"),   s.parameter("research_share"),
            s.parameter("ambition"),       s.parameter("size_spread"),    s.parameter("max_share"),
            s.parameter("caution"),        s.parameter("patience"),       s.parameter("closure"),
            s.parameter("foreign_buyer"),  s.parameter("succession"),     s.parameter("dutch_share")},
      map_(s.scenario()),
      holdings_(s.network("holdings")),
      no_theme_(static_cast<std::uint8_t>(s.labels("firm", "theme").find("none").value_or(255))),
      entry_(s.purpose("entry")),
      quality_(s.purpose("quality")),
      milestone_(s.purpose("milestone")),
      signal_(s.purpose("signal")),
      size_(s.purpose("size")),
      notice_(s.purpose("notice")),
      exit_(s.purpose("exit")),
      buyer_(s.purpose("buyer")),
      closure_(s.purpose("closure")) {}

}  // namespace polder::agents
