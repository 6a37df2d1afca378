// SPDX-License-Identifier: Apache-2.0
#include "agents/funding/regulation.hpp"

#include <algorithm>

#include "agents/kinds/kinds.hpp"

namespace polder::agents {

namespace {

constexpr const char* measures = "capacity|early_dialogue|sandbox|harmonisation|standard|ban|levy";

std::vector<FieldInfo> regulation_fields() {
  std::vector<FieldInfo> fields = budget_fields();
  for (FieldInfo& field : fields) {
    if (std::string_view(field.name) == "budget.total")
      field.default_value = "0 EUR";  // rules may cost nothing
  }
  const std::vector<FieldInfo> own{
      {"measure", "label", "(required)", "", "",
       "capacity, early_dialogue, sandbox, harmonisation, standard, ban or levy", "scenario"},
      {"themes", "label", "", "", "", "technology themes concerned; default all", "scenario"},
      {"strength", "1", "50 %", "0", "1",
       "share of innovators in dialogue, part of assessment saved, reach of a standard, part of old products "
       "banned, or levy by their price",
       "scenario"},
      {"staff", "person", "10 persons", "0 persons", "", "assessors that `capacity` adds a regulator",
       "scenario"},
      {"places", "1", "10", "0", "", "sandbox places a regulator", "scenario"},
      {"cost", "EUR/month", "0 EUR/month", "0 EUR/month", "",
       "running cost at full strength; above 0 it needs a budget", "scenario"},
  };
  fields.insert(fields.end(), own.begin(), own.end());
  return fields;
}

}  // namespace

const FormInfo& regulation_form() {
  static const FormInfo form{"regulation",
                             "Permission, time and signals: clearance, sandboxes, standards, bans",
                             regulation_fields()};
  return form;
}

double regulation_effort(double money, double cost) {
  return cost > 0 ? std::clamp(money / cost, 0.0, 1.0) : 1.0;
}

double combined(double a, double b) {
  return 1 - (1 - a) * (1 - b);
}

RegulationInstrument::RegulationInstrument(const Terms& terms, const Columns& columns)
    : Instrument(terms, columns, 1, BudgetNeed::optional),
      strength_(terms.number("strength")),
      staff_(terms.number("staff")),
      places_(terms.number("places")),
      cost_(terms.number("cost")),
      regulator_(terms.setup().kind("regulator")),
      user_(terms.setup().kind("user")),
      regulator_theme_(terms.setup().column<std::uint8_t>("regulator", "theme")),
      user_theme_(terms.setup().column<std::uint8_t>("user", "theme")),
      extra_staff_(terms.setup().column<double>("regulator", "extra_staff")),
      dialogue_(terms.setup().column<double>("regulator", "dialogue")),
      slots_(terms.setup().column<double>("regulator", "slots")),
      harmonised_(terms.setup().column<double>("regulator", "harmonised")),
      standard_(terms.setup().column<double>("user", "standard")),
      ban_(terms.setup().column<double>("user", "ban")),
      levy_(terms.setup().column<double>("user", "levy")),
      flow_(terms.setup().instrument_flow(terms.spec().id, "government.cash", "households")) {
  const auto known = split_words(measures);
  const std::string word = terms.word("measure", measures);
  measure_ = static_cast<Measure>(std::find(known.begin(), known.end(), word) - known.begin());
  for (const std::string& theme : terms.words("themes"))
    themes_.push_back(terms.setup().label("themes", theme));
  const char* needed = about_users() ? "users" : "clearance";
  const auto& mechanisms = terms.setup().scenario().mechanisms;
  if (std::none_of(mechanisms.begin(), mechanisms.end(), [&](const auto& m) { return m.name == needed; }))
    terms.mistake("measure", word,
                  std::string("the mechanism `") + needed + "` in the scenario: it is what it acts on");
  if (cost_ > 0 && plan().total() == 0 && !terms.has("budget.total") && !terms.has("budget.yearly"))
    terms.mistake("cost", "a running cost without a budget", "`budget`, or no cost");
}

bool RegulationInstrument::serves(std::uint8_t theme) const {
  return themes_.empty() || std::find(themes_.begin(), themes_.end(), theme) != themes_.end();
}

void RegulationInstrument::step(Purse& purse) const {
  Turn& turn = purse.turn();
  if (!plan().open(turn.month())) return;
  double effort = 1;
  if (cost_ > 0) {
    const Cents amount = std::min(purse.available(), to_cents(cost_));
    if (amount <= 0) return;
    purse.commit(amount);
    purse.pay(flow_, 0, amount);
    effort = regulation_effort(to_euros(amount), cost_);
  }
  const KindId kind = about_users() ? user_ : regulator_;
  for (const Row row : turn.table(kind).by_id()) {
    if (!serves(turn.read(about_users() ? user_theme_ : regulator_theme_)[row])) continue;
    const auto combine_with = [&](Handle<double> column) {
      double& value = turn.write(column)[row];
      value = combined(value, effort * strength_);
    };
    switch (measure_) {
      case Measure::capacity:
        turn.write(extra_staff_)[row] += effort * staff_;
        break;
      case Measure::early_dialogue:
        combine_with(dialogue_);
        break;
      case Measure::sandbox:
        turn.write(slots_)[row] += effort * places_;
        break;
      case Measure::harmonisation:
        combine_with(harmonised_);
        break;
      case Measure::standard:
        combine_with(standard_);
        break;
      case Measure::ban:
        combine_with(ban_);
        break;
      case Measure::levy:
        turn.write(levy_)[row] += effort * strength_;
        break;
    }
  }
}

}  // namespace polder::agents
