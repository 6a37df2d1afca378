// SPDX-License-Identifier: Apache-2.0
// A domain of two kinds, two mechanisms and three forms: enough to read and compile small scenarios in tests.
#pragma once
#include <memory>

#include "engine/mechanism.hpp"

namespace polder::testing {

/// Changes nothing.
class Idle final : public Mechanism {
 public:
  void step(Turn&) const override {}
};

inline std::unique_ptr<Mechanism> make_rd_investment(Setup& setup) {
  setup.parameter("elasticity");
  setup.parameter("adjustment.time");
  return std::make_unique<Idle>();
}

inline std::unique_ptr<Mechanism> make_knowledge_spillover(Setup& setup) {
  setup.parameter("half_distance");
  return std::make_unique<Idle>();
}

inline KindInfo small_firm() {
  KindInfo kind;
  kind.name = "firm";
  kind.scaled = true;
  kind.meaning = "an enterprise";
  kind.attributes = {{.name = "staff",
                      .type = ColumnType::number,
                      .unit = "person",
                      .meaning = "people employed",
                      .start = "10 person"},
                     {.name = "cash",
                      .type = ColumnType::money,
                      .unit = "",
                      .meaning = "money at hand",
                      .start = "100 kEUR",
                      .account = true},
                     {.name = "type",
                      .type = ColumnType::category,
                      .unit = "",
                      .meaning = "size and age",
                      .labels = "startup|sme|large_firm"},
                     {.name = "theme",
                      .type = ColumnType::category,
                      .unit = "",
                      .meaning = "what it works on",
                      .labels = "themes"}};
  return kind;
}

inline KindInfo small_university() {
  KindInfo kind;
  kind.name = "university";
  kind.scaled = false;
  kind.meaning = "a place of research";
  kind.attributes = {{.name = "openness",
                      .type = ColumnType::number,
                      .unit = "1",
                      .meaning = "readiness to share",
                      .start = "0.5"}};
  return kind;
}

inline MechanismInfo small_mechanism(const char* name, std::vector<FieldInfo> fields,
                                     std::vector<ColumnUse> columns,
                                     std::unique_ptr<Mechanism> (*make)(Setup&)) {
  MechanismInfo info{};
  info.name = name;
  info.family = "knowledge";
  info.sentence = "Does nothing, for tests.";
  info.equation = "";
  info.source = "";
  info.ignores = "everything";
  info.fields = std::move(fields);
  info.columns = std::move(columns);
  info.make = make;
  return info;
}

/// Kinds firm and university; mechanisms rd_investment and knowledge_spillover; forms grant, loan, facility
/// and regulation.
inline Catalogue small_catalogue() {
  Catalogue catalogue;
  catalogue.kinds.push_back(small_firm());
  catalogue.kinds.push_back(small_university());
  catalogue.mechanisms.push_back(small_mechanism(
      "rd_investment",
      {{"elasticity", "1", "0.8", "0", "2", "response of R&D to its user cost", "assumption"},
       {"adjustment.time", "month", "18 months", "1 month", "10 years", "time to adjust", "assumption"}},
      {{"firm", "staff", Access::read},
       {"firm", "cash", Access::read},
       {"firm", "type", Access::read},
       {"firm", "theme", Access::read}},
      make_rd_investment));
  catalogue.mechanisms.push_back(small_mechanism(
      "knowledge_spillover",
      {{"half_distance", "km", "350 km", "1 km", "", "distance at which spillovers halve", "assumption"}},
      {{"university", "openness", Access::read}}, make_knowledge_spillover));
  const std::vector<FieldInfo> money{
      {"budget.total", "EUR", "", "", "", "money over the window", ""},
      {"budget.per_year", "list", "", "", "", "shares of the programme years", ""},
      {"budget.carry_over", "flag", "true", "", "", "unspent money moves on", ""},
      {"eligible", "formula", "true", "", "", "who may apply", ""},
      {"request", "formula", "", "", "", "amount asked for", ""},
      {"allocation.method", "label", "ranked", "", "", "how winners are found", ""}};
  catalogue.forms.push_back({"grant", "money that is not paid back", money});
  catalogue.forms.push_back({"loan", "money that is paid back", money});
  catalogue.forms.push_back(
      {"facility",
       "a place with slots",
       {{"place", "label", "(required)", "", "", "region of the facility", ""},
        {"budget.total", "EUR", "(required, or budget.yearly)", "", "", "money for the whole window", ""},
        {"budget.yearly", "EUR", "0 EUR", "", "", "money for each programme year", ""},
        {"serves.capacity", "1", "(required)", "", "", "projects served at a time", ""}}});
  catalogue.forms.push_back(
      {"regulation", "a rule of law", {{"threshold", "1", "0", "", "", "where it bites", ""}}});
  return catalogue;
}

}  // namespace polder::testing
