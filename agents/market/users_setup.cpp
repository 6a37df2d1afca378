// SPDX-License-Identifier: Apache-2.0
// The tables of the users mechanism and its constructor.
#include <cmath>
#include <memory>

#include "agents/market/users_state.hpp"

namespace polder::agents {

namespace {

const std::vector<FieldInfo> user_fields{
    {"involvement", "1", "4 %", "0", "1", "chance a month of an iteration with users", "assumption"},
    {"facility_involvement", "1", "2", "0", "20",
     "times that a slot in a facility adds to that chance: users are met there", "assumption (strategy, 2)"},
    {"coaching_involvement", "1", "1", "0", "20",
     "times that full coaching in an incubator adds to that chance: mentors send startups to users",
     "assumption; coached founders test their ideas more (Camuffo et al. 2020, recalled)"},
    {"first_level", "1", "4", "1", "9", "readiness level from which users can judge a product", "assumption"},
    {"step", "1", "12 %", "0", "1", "part of what is missing that an iteration adds to the match",
     "assumption"},
    {"full_match", "1", "0.7", "0.1", "1", "match of a product that sells what its maturity allows",
     "calibrated: mean uptake of ventures on the market near 1"},
    {"elasticity", "1", "0.5", "0", "5",
     "fall of the accepted match by the price that externalities add to old products", "assumption"},
    {"market_level", "1", "7", "1", "9", "readiness level from which products are sold", "assumption"},
    {"reference_rate", "1/year", "0.15 /year", "0 /year", "12 /year",
     "rate at which an accepted product finds its first large customer", "assumption"},
    {"product_life", "month", "60 months", "6 months", "600 months",
     "time after which adopters want a newer product", "assumption"},
    {"burn_in_pace", "1", "5", "1", "60",
     "months of diffusion in a month of the burn-in: old products have had years to spread", "assumption"},
};

std::unique_ptr<Mechanism> make_user(Setup& setup) {
  return std::make_unique<Users>(setup);
}

}  // namespace

const MechanismInfo& users_mechanism() {
  using enum Access;
  static const MechanismInfo info{
      .name = "users",
      .family = "market",
      .sentence = "Products of ventures come nearer to what users require, are accepted, sell and diffuse",
      .equation =
          "match' = match + s (1 - match) an iteration; uptake = clamp(match / m), halved below the "
          "threshold; Bass diffusion within budgets",
      .source = "Bass 1969; Czarnitzki et al. 2020",
      .ignores = "prices, word of mouth between groups, products of firms that are no ventures",
      .fields = user_fields,
      .columns = {{"user", "theme", read},          {"user", "user_type", read},
                  {"user", "size", read},           {"user", "requirement", read},
                  {"user", "threshold", read},      {"user", "innovators", read},
                  {"user", "imitators", read},      {"user", "budget", read},
                  {"user", "standard", read},       {"user", "ban", read},
                  {"user", "levy", read},           {"user", "adopted", write},
                  {"user", "supply", write},        {"venture", "theme", read},
                  {"venture", "blocked", read},     {"venture", "trl", read},
                  {"venture", "firm", read},        {"venture", "access", read},
                  {"venture", "coached", read},     {"venture", "user", write},
                  {"venture", "user_match", write}, {"venture", "iterations", write},
                  {"venture", "reference", write},  {"firm", "knowledge", read},
                  {"firm", "contract_left", read},  {"firm", "contract_new", read},
                  {"firm", "uptake", write}},
      .flows = {},
      .networks = {},
      .events = {"user_iterations", "first_customers"},
      .after = {"instruments", "clearance", "facilities"},
      .make = make_user};
  return info;
}

Users::Users(Setup& s)
    : user_(s.kind("user")),
      venture_(s.kind("venture")),
      firm_(s.kind("firm")),
      theme_(s.column<std::uint8_t>("user", "theme")),
      requirement_(s.column<double>("user", "requirement")),
      threshold_(s.column<double>("user", "threshold")),
      innovators_(s.column<double>("user", "innovators")),
      imitators_(s.column<double>("user", "imitators")),
      budget_(s.column<double>("user", "budget")),
      adopted_(s.column<double>("user", "adopted")),
      supply_(s.column<double>("user", "supply")),
      standard_(s.column<double>("user", "standard")),
      ban_(s.column<double>("user", "ban")),
      levy_(s.column<double>("user", "levy")),
      venture_theme_(s.column<std::uint8_t>("venture", "theme")),
      blocked_(s.column<std::uint8_t>("venture", "blocked")),
      trl_(s.column<std::int64_t>("venture", "trl")),
      venture_firm_(s.column<AgentId>("venture", "firm")),
      venture_user_(s.column<AgentId>("venture", "user")),
      match_(s.column<double>("venture", "user_match")),
      iterations_(s.column<double>("venture", "iterations")),
      reference_(s.column<double>("venture", "reference")),
      access_(s.column<double>("venture", "access")),
      coached_(s.column<double>("venture", "coached")),
      knowledge_(s.column<double>("firm", "knowledge")),
      uptake_(s.column<double>("firm", "uptake")),
      contract_left_(s.column<double>("firm", "contract_left")),
      contract_new_(s.column<std::uint8_t>("firm", "contract_new")),
      iteration_event_(s.event("user_iterations")),
      reference_event_(s.event("first_customers")),
      involvement_(s.parameter("involvement")),
      facility_involvement_(s.parameter("facility_involvement")),
      coaching_involvement_(s.parameter("coaching_involvement")),
      first_level_(s.parameter("first_level")),
      step_(s.parameter("step")),
      full_match_(s.parameter("full_match")),
      elasticity_(s.parameter("elasticity")),
      market_level_(s.parameter("market_level")),
      reference_rate_(s.parameter("reference_rate")),
      life_(s.parameter("product_life")),
      burn_in_pace_(static_cast<int>(std::lround(s.parameter("burn_in_pace")))),
      group_draw_(s.purpose("group")),
      involve_(s.purpose("involve")),
      sign_draw_(s.purpose("sign")) {}

}  // namespace polder::agents
