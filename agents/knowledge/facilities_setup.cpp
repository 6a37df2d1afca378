// SPDX-License-Identifier: Apache-2.0
// The tables of the facilities mechanism and its constructor.
#include <memory>

#include "agents/kinds/kinds.hpp"
#include "agents/knowledge/facilities_state.hpp"
#include "agents/support/labels.hpp"

namespace polder::agents {

namespace {

const std::vector<FieldInfo> facility_fields{
    {"need", "1", "30 %", "0", "1", "chance that the next step of a venture's readiness needs a test",
     "assumption: three quarters of the slots of 2020 in use"},
    {"firm_project_need", "1", "20 %", "0", "1",
     "chance that a funded project led by a firm needs a facility", "assumption"},
    {"institute_project_need", "1", "20 %", "0", "1",
     "chance that a funded project led by an institute needs a facility", "assumption"},
    {"disrepair", "1/month", "0.02 /month", "0 /month", "1 /month",
     "speed at which the condition follows the paid part of running costs", "assumption"},
    {"wage_share", "1", "60 %", "0", "1", "share of running costs that is wages", "assumption"},
};

std::vector<ColumnUse> facility_columns() {
  using enum Access;
  std::vector<ColumnUse> uses{
      {"venture", "trl", read},       {"venture", "theme", read},     {"venture", "region", read},
      {"venture", "firm", read},      {"venture", "facility", write}, {"venture", "test_level", write},
      {"venture", "access", write},   {"venture", "waited", write},   {"project", "coordinator", read},
      {"project", "units", read},     {"project", "repaying", read},  {"project", "asked", write},
      {"project", "facility", write}, {"project", "access", write},   {"project", "waited", write},
      {"firm", "region", read},       {"firm", "theme", read},        {"firm", "size_class", read},
      {"firm", "cash", read},         {"firm", "cash", add},          {"institute", "region", read},
      {"institute", "theme", read},   {"institute", "cash", read},    {"institute", "cash", add},
      {"facility", "cash", read},     {"facility", "cash", add}};
  for (const char* column : {"facility_type", "region", "theme", "trl_low", "trl_high", "capacity", "fee",
                             "fee_small_firm", "reach", "meeting", "staff", "opex", "host_share", "built"})
    uses.push_back({"facility", column, read});
  for (const char* column :
       {"condition", "used", "used_by_ventures", "used_by_firms", "used_by_institutes", "waiting", "waited"})
    uses.push_back({"facility", column, write});
  return uses;
}

std::unique_ptr<Mechanism> make_facility(Setup& setup) {
  return std::make_unique<Facilities>(setup);
}

}  // namespace

const MechanismInfo& facilities_mechanism() {
  static const MechanismInfo info{
      .name = "facilities",
      .family = "knowledge",
      .sentence =
          "Ventures and funded projects queue for slots in research and test facilities, pay, and meet",
      .equation = "slots = capacity built c, c' = c + d (min(1, h + spent / opex) - c); tie: 1 - (1 - p)^m",
      .source = "Helmers & Overman 2017 (inputs, no bonus on productivity)",
      .ignores =
          "use by the hosts' own research, booking ahead, quality of staff, effects on projects' results",
      .fields = facility_fields,
      .columns = facility_columns(),
      .flows = {{"facility_fee", "firm.cash", "facility.cash"},
                {"facility_fee", "institute.cash", "facility.cash"},
                {"facility_wages", "facility.cash", "households"},
                {"facility_inputs", "facility.cash", "suppliers"}},
      .networks = {"collaboration"},
      .events = {},
      .after = {"policy", "instruments"},
      .make = make_facility};
  return info;
}

Facilities::Facilities(Setup& s)
    : facility_(s.kind("facility")),
      venture_(s.kind("venture")),
      project_(s.kind("project")),
      firm_(s.kind("firm")),
      institute_(s.kind("institute")),
      region_(s.column<std::uint8_t>("facility", "region")),
      theme_(s.column<std::uint8_t>("facility", "theme")),
      low_(s.column<double>("facility", "trl_low")),
      high_(s.column<double>("facility", "trl_high")),
      capacity_(s.column<double>("facility", "capacity")),
      fee_(s.column<double>("facility", "fee")),
      fee_small_(s.column<double>("facility", "fee_small_firm")),
      reach_(s.column<double>("facility", "reach")),
      meeting_(s.column<double>("facility", "meeting")),
      opex_(s.column<double>("facility", "opex")),
      host_share_(s.column<double>("facility", "host_share")),
      built_(s.column<double>("facility", "built")),
      cash_(s.column<std::int64_t>("facility", "cash")),
      condition_(s.column<double>("facility", "condition")),
      used_(s.column<double>("facility", "used")),
      by_ventures_(s.column<double>("facility", "used_by_ventures")),
      by_firms_(s.column<double>("facility", "used_by_firms")),
      by_institutes_(s.column<double>("facility", "used_by_institutes")),
      waiting_(s.column<double>("facility", "waiting")),
      waited_sum_(s.column<double>("facility", "waited")),
      trl_(s.column<std::int64_t>("venture", "trl")),
      test_level_(s.column<std::int64_t>("venture", "test_level")),
      venture_theme_(s.column<std::uint8_t>("venture", "theme")),
      venture_region_(s.column<std::uint8_t>("venture", "region")),
      venture_firm_(s.column<AgentId>("venture", "firm")),
      venture_facility_(s.column<AgentId>("venture", "facility")),
      venture_access_(s.column<double>("venture", "access")),
      venture_waited_(s.column<double>("venture", "waited")),
      coordinator_(s.column<AgentId>("project", "coordinator")),
      project_facility_(s.column<AgentId>("project", "facility")),
      project_units_(s.column<double>("project", "units")),
      asked_(s.column<std::uint8_t>("project", "asked")),
      repaying_(s.column<std::uint8_t>("project", "repaying")),
      project_access_(s.column<double>("project", "access")),
      project_waited_(s.column<double>("project", "waited")),
      firm_region_(s.column<std::uint8_t>("firm", "region")),
      firm_theme_(s.column<std::uint8_t>("firm", "theme")),
      firm_size_(s.column<std::uint8_t>("firm", "size_class")),
      institute_region_(s.column<std::uint8_t>("institute", "region")),
      institute_theme_(s.column<std::uint8_t>("institute", "theme")),
      firm_cash_(s.column<std::int64_t>("firm", "cash")),
      institute_cash_(s.column<std::int64_t>("institute", "cash")),
      firm_fee_(s.flow("facility_fee", "firm.cash", "facility.cash")),
      institute_fee_(s.flow("facility_fee", "institute.cash", "facility.cash")),
      wages_(s.flow("facility_wages", "facility.cash", "households")),
      inputs_(s.flow("facility_inputs", "facility.cash", "suppliers")),
      collaboration_(s.network("collaboration")),
      map_(s.scenario()),
      no_theme_(theme_none(s, "facility")),
      need_(s.parameter("need")),
      firm_project_need_(s.parameter("firm_project_need")),
      institute_project_need_(s.parameter("institute_project_need")),
      disrepair_(s.parameter("disrepair")),
      wage_share_(s.parameter("wage_share")),
      need_draw_(s.purpose("need")),
      choice_(s.purpose("choice")),
      queue_(s.purpose("queue")),
      meet_(s.purpose("meet")) {}

}  // namespace polder::agents
