// SPDX-License-Identifier: Apache-2.0
// The tables of the clearance mechanism and its constructor.
#include <cmath>
#include <memory>

#include "agents/regulation/clearance_state.hpp"

namespace polder::agents {

namespace {

const std::vector<FieldInfo> clearance_fields{
    {"shape", "1", "4", "1", "50", "shape of the distribution of assessment times, a whole number",
     "assumption"},
    {"file_level", "1", "6", "1", "8", "readiness level at which clearance is asked for",
     "assumption: clearance is asked for at levels 6 to 8"},
    {"dialogue_level", "1", "4", "1", "8", "readiness level at which early dialogue starts",
     "assumption: early dialogue is held at levels 3 and 4"},
    {"gate_level", "1", "7", "2", "8", "readiness level that a product without clearance does not leave",
     "assumption: clearance is needed from levels 6 to 8 on"},
    {"parallel", "1", "60 %", "0", "1", "part of the assessment that early dialogue can do in parallel",
     "assumption"},
    {"dialogue_refusal", "1", "50 %", "0", "1", "chance of refusal after early dialogue, by that without",
     "assumption"},
    {"dialogue_variance", "1", "60 %", "0", "1", "regulatory variance after early dialogue, by that without",
     "assumption"},
    {"sandbox_term", "month", "12 months", "1 month", "60 months", "length of a temporary licence",
     "assumption"},
    {"sandbox_work", "1", "60 %", "0", "1", "assessment that is left after a sandbox, by that before",
     "assumption"},
    {"sandbox_refusal", "1", "60 %", "0", "1", "chance of refusal after a sandbox, by that without",
     "assumption"},
    {"sandbox_variance", "1", "40 %", "0", "1", "regulatory variance with a sandbox, by that without",
     "assumption: channel named by Cornelli et al. 2020"},
    {"redesign", "month", "9 months", "0 months", "60 months", "time to redesign a refused product",
     "assumption"},
    {"second_assessment", "1", "50 %", "0", "1", "length of an assessment after a redesign, by the first",
     "assumption"},
};

std::vector<ColumnUse> clearance_columns() {
  using enum Access;
  std::vector<ColumnUse> uses{{"venture", "theme", read},
                              {"venture", "trl", read},
                              {"venture", "firm", read},
                              {"firm", "cash", read},
                              {"firm", "cash", add}};
  for (const char* column : {"clearance", "clearance_state", "talked_early", "refusals", "pending", "blocked",
                             "regulatory_variance", "sandbox", "trial_data"})
    uses.push_back({"venture", column, write});
  for (const char* column : {"theme", "concerned", "time", "cost", "refusal", "variance", "staff", "cases",
                             "extra_staff", "dialogue", "slots", "harmonised"})
    uses.push_back({"regulator", column, read});
  for (const char* column : {"unused", "pending", "in_sandbox", "queue", "cleared", "refused"})
    uses.push_back({"regulator", column, write});
  return uses;
}

std::unique_ptr<Mechanism> make_clearance(Setup& setup) {
  return std::make_unique<Clearance>(setup);
}

}  // namespace

const MechanismInfo& clearance_mechanism() {
  static const MechanismInfo info{
      .name = "clearance",
      .family = "regulation",
      .sentence =
          "Products of regulated themes wait for clearance, and investors discount rules not yet settled",
      .equation =
          "T ~ Gamma(k, t / k), served first come within staff * cases, refused with chance r; value * "
          "exp(-caution V)",
      .source = "Cornelli et al. 2020 (channels of sandboxes)",
      .ignores = "risks and benefits that are weighed, appeals, products of firms that are no ventures",
      .fields = clearance_fields,
      .columns = clearance_columns(),
      .flows = {{"clearance_cost", "firm.cash", "suppliers"}},
      .networks = {},
      .events = {"clearances", "clearance_refusals"},
      .after = {"instruments"},
      .make = make_clearance};
  return info;
}

Clearance::Clearance(Setup& s)
    : venture_(s.kind("venture")),
      regulator_(s.kind("regulator")),
      firm_(s.kind("firm")),
      theme_(s.column<std::uint8_t>("regulator", "theme")),
      concerned_(s.column<double>("regulator", "concerned")),
      time_(s.column<double>("regulator", "time")),
      cost_(s.column<double>("regulator", "cost")),
      refusal_(s.column<double>("regulator", "refusal")),
      variance_(s.column<double>("regulator", "variance")),
      staff_(s.column<double>("regulator", "staff")),
      cases_(s.column<double>("regulator", "cases")),
      extra_staff_(s.column<double>("regulator", "extra_staff")),
      dialogue_(s.column<double>("regulator", "dialogue")),
      slots_(s.column<double>("regulator", "slots")),
      harmonised_(s.column<double>("regulator", "harmonised")),
      unused_(s.column<double>("regulator", "unused")),
      pending_count_(s.column<double>("regulator", "pending")),
      in_sandbox_(s.column<double>("regulator", "in_sandbox")),
      queue_(s.column<double>("regulator", "queue")),
      cleared_(s.column<double>("regulator", "cleared")),
      refused_(s.column<double>("regulator", "refused")),
      venture_theme_(s.column<std::uint8_t>("venture", "theme")),
      state_(s.column<std::uint8_t>("venture", "clearance_state")),
      blocked_(s.column<std::uint8_t>("venture", "blocked")),
      trial_data_(s.column<std::uint8_t>("venture", "trial_data")),
      talked_(s.column<std::uint8_t>("venture", "talked_early")),
      trl_(s.column<std::int64_t>("venture", "trl")),
      refusals_(s.column<std::int64_t>("venture", "refusals")),
      left_(s.column<double>("venture", "clearance")),
      pending_(s.column<double>("venture", "pending")),
      venture_variance_(s.column<double>("venture", "regulatory_variance")),
      sandbox_(s.column<double>("venture", "sandbox")),
      venture_firm_(s.column<AgentId>("venture", "firm")),
      cash_(s.column<std::int64_t>("firm", "cash")),
      cost_flow_(s.flow("clearance_cost", "firm.cash", "suppliers")),
      cleared_event_(s.event("clearances")),
      refused_event_(s.event("clearance_refusals")),
      shape_(static_cast<int>(std::lround(s.parameter("shape")))),
      file_level_(std::lround(s.parameter("file_level"))),
      dialogue_level_(std::lround(s.parameter("dialogue_level"))),
      gate_level_(std::lround(s.parameter("gate_level"))),
      parallel_(s.parameter("parallel")),
      dialogue_refusal_(s.parameter("dialogue_refusal")),
      dialogue_variance_(s.parameter("dialogue_variance")),
      sandbox_term_(s.parameter("sandbox_term")),
      sandbox_work_(s.parameter("sandbox_work")),
      sandbox_refusal_(s.parameter("sandbox_refusal")),
      sandbox_variance_(s.parameter("sandbox_variance")),
      redesign_(s.parameter("redesign")),
      second_(s.parameter("second_assessment")),
      concern_draw_(s.purpose("concern")),
      time_draw_(s.purpose("time")),
      join_draw_(s.purpose("join")),
      order_(s.purpose("order")),
      refuse_(s.purpose("refuse")) {}

}  // namespace polder::agents
