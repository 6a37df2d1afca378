// SPDX-License-Identifier: Apache-2.0
#include "scenarios/keys.hpp"

#include <algorithm>

namespace polder::scenarios {

namespace {

using enum KeyType;

constexpr Key clock_table[] = {{"start", month, true, "first month of the run"},
                               {"end", month, false, "last month of the run (or give `length`)"},
                               {"length", duration, false, "length of the run, instead of `end`"},
                               {"burn_in", duration, false, "months simulated before `start`; default none"}};
constexpr KeyTable clock_{"a clock", clock_table};

constexpr Key parameter_table[] = {
    {"value", formula, true, "number with unit, or a formula over other parameters"},
    {"unit", KeyType::unit, false, "unit for reports; default that of the value"},
    {"range", range, false, "lowest and highest value that make sense"},
    {"source", text, true, "where the number comes from, or `assumption`"},
    {"label", text, false, "what users see"},
    {"step", formula, false, "step of a slider"}};
constexpr KeyTable parameter_{"a parameter", parameter_table, false, "value"};

constexpr Key found_table[] = {
    {"count", formula, false, "number of founders at scale 1 (or give `from`)"},
    {"from", path, false,
     "CSV file with one founding cell a row: column `count` (default 1), others set attributes"}};
constexpr KeyTable found_{"found", found_table};

constexpr Key attribute_table[] = {
    {"start", formula, false, "value of founders and entrants; default 0, false, the first label, nobody"},
    {"type", choice, false, "default number, category with `labels`, vector with `size`, id with `of`",
     "number|money|integer|flag|category|id|vector"},
    {"unit", KeyType::unit, false, "of numbers and vectors; default 1"},
    {"size", integer, false, "numbers in a vector"},
    {"labels", labels, false,
     "of a category, or of a vector with a number for each: a list of labels, or the name of a label set "
     "(sectors, regions, themes)"},
    {"of", word, false, "of an id: the kind it refers to"},
    {"meaning", text, false, "one sentence for the documentation"}};
constexpr KeyTable attribute_{"an attribute", attribute_table, false, "start"};

constexpr Key actor_table[] = {
    {"found", map, false, "who exists at the start", "", &found_},
    {"scaled", flag, false,
     "true: founders are multiplied by `scale` and stand for 1/scale; default that of the kind, else false"},
    {"attributes", named, false, "attributes and start values; a plain value is the start value", "",
     &attribute_}};
constexpr KeyTable actor_{"an actor kind", actor_table};

constexpr Key network_table[] = {
    {"decay", formula, false, "monthly loss of strength, for example 2 % /month"}};
constexpr KeyTable network_{"a network", network_table};

constexpr Key window_table[] = {
    {"start", month, true, "first month of the instrument"},
    {"end", month, true, "last month of the instrument"},
    {"announced", month, false, "month in which actors learn of it; default `start`"}};
constexpr KeyTable window_{"a window", window_table};

constexpr Key instrument_table[] = {
    {"id", word, true, "name in results and for `--set`"},
    {"form", word, true, "form of the instrument: grant, loan, equity, ... (`polder describe form`)"},
    {"window", map, true, "months in which it works", "", &window_},
    {"payer", word, false, "account that pays; required with a budget and for forms that pay"},
    {"title", title, false, "what users see"},
    {"source", text, false, "where the figures come from, or `assumption`"}};
constexpr KeyTable instrument_{"an instrument", instrument_table, true};

constexpr Key match_table[] = {
    {"with", word, true, "kind of the partner"},
    {"count", formula, false, "partners a month; default 1"},
    {"weight", formula, false, "weight of a candidate, 0 or less: never chosen; default all alike"},
    {"where", formula, false, "condition that a candidate fulfils"},
    {"candidates", formula, false, "candidates sampled when there is a weight; default all up to 64"},
    {"network", word, false, "candidates are neighbours in this network"}};
constexpr KeyTable match_{"a match", match_table};

constexpr Key fund_table[] = {{"from", word, true, "kind of the payers"},
                              {"request", formula, true, "amount that an applicant asks for"},
                              {"budget", formula, true, "budget of each payer a month"},
                              {"rank", formula, true, "highest first, ties by id"}};
constexpr KeyTable fund_{"a fund", fund_table};

constexpr Key learn_table[] = {
    {"attribute", KeyType::name, false, "vector that moves; default the only vector of the kind"},
    {"from", choice, true, "from whom is learnt", "self|partner"},
    {"to", choice, true, "who learns: this vector moves", "self|partner"},
    {"strength", formula, true, "part of the way, for example 10 %"}};
constexpr KeyTable learn_{"learn", learn_table};

constexpr Key tie_table[] = {{"network", word, true, "network of the tie"},
                             {"strength", formula, true, "what is added to its strength"}};
constexpr KeyTable tie_{"tie", tie_table};

constexpr Key transfer_table[] = {{"from", word, true, "self, partner or a named account"},
                                  {"to", word, true, "self, partner or a named account"},
                                  {"amount", formula, true, "money"},
                                  {"for", word, true, "purpose under which it is booked"}};
constexpr KeyTable transfer_{"transfer", transfer_table};

constexpr Key enter_table[] = {{"kind", word, true, "kind of the entrant"},
                               {"set", formulas, false, "start values of the entrant"}};
constexpr KeyTable enter_{"enter", enter_table};

constexpr Key action_table[] = {
    {"set", formulas, false, "attribute or partner.attribute becomes the value"},
    {"add", formulas, false, "the value is added"},
    {"multiply", formulas, false, "the attribute is multiplied by the value"},
    {"maximum", formulas, false, "the attribute becomes the larger of both"},
    {"learn", map, false, "a vector moves towards another's", "", &learn_},
    {"tie", map, false, "a tie becomes stronger or weaker", "", &tie_},
    {"transfer", map, false, "money moves", "", &transfer_},
    {"enter", map, false, "someone enters at the end of the month", "", &enter_},
    {"exit", choice, false, "someone leaves at the end of the month", "self|partner"}};
constexpr KeyTable action_{"an action", action_table};

constexpr Key rule_table[] = {
    {"id", word, true, "name; also the name of its draws"},
    {"title", text, false, "what users see"},
    {"family", choice, false, "for the documentation",
     "funding|talent|knowledge|market|regulation|demography"},
    {"who", word, true, "kind whose members act"},
    {"every", cadence, false, "default month"},
    {"when", formula, false, "condition on who acts"},
    {"chance", formula, false, "chance of acting, for example 2 % /month"},
    {"let", formulas, false, "names for values, in order"},
    {"match", map, false, "finds a partner", "", &match_},
    {"require", formula, false, "condition on the pair"},
    {"fund", map, false, "applications ranked under the payers' budgets; who is paid acts", "", &fund_},
    {"do", maps, false, "what happens, in order", "", &action_},
    {"after", words, false, "rules and mechanisms whose results of this month it reads"}};
constexpr KeyTable rule_{"a rule", rule_table};

constexpr Key indicator_table[] = {
    {"id", KeyType::name, true, "name in results"},
    {"annex", integer, false, "number in the strategy's annex, 1 to 50"},
    {"category", choice, false, "where it stands in the chain",
     "impact|outcome|output|activity|input|condition"},
    {"class", choice, false, "how near it is to what is measured", "direct|proxy|index"},
    {"title", title, false, "what users see"},
    {"definition", text, false, "one sentence"},
    {"unit", KeyType::unit, false, "unit in results; default 1"},
    {"value", formula, true, "formula over aggregates"},
    {"by", words, false, "breakdowns: category attributes such as sector, region"},
    {"every", cadence, false, "default year"},
    {"period", choice, false, "value at the sample, or mean over the months since the last one; default end",
     "end|mean"},
    {"source", text, false, "where the definition comes from"}};
constexpr KeyTable indicator_{"an indicator", indicator_table};

constexpr Key control_table[] = {{"label", text, false, "what users see; default that of the parameter"},
                                 {"range", range, false, "ends of the slider; default the parameter's range"},
                                 {"step", formula, false, "step of the slider"}};
constexpr KeyTable control_{"a control", control_table};

constexpr Key lesson_table[] = {{"en", text, false, "English"}, {"nl", text, false, "Dutch"}};
constexpr KeyTable lesson_{"a lesson", lesson_table};

constexpr Key scenario_table[] = {
    {"polder", integer, true, "version of the format, 1"},
    {"name", word, true, "short name, used for files and arms"},
    {"title", title, false, "what users see"},
    {"description", text, false, "what the scenario is for"},
    {"extends", path, false, "scenario that this file changes; only what differs is written"},
    {"use", words, false, "files of instruments/ and indicators/ to take in, by name"},
    {"remove", other, false, "{section: [names]}: takes things of the extended scenario away"},
    {"clock", map, true, "months of the run", "", &clock_},
    {"scale", number, false, "simulated agents per real one, above 0 to 1; default 1"},
    {"seed", integer, false, "seed of all draws; default 1"},
    {"sectors", labels, false, "label set `sectors`"},
    {"regions", labels, false, "label set `regions`"},
    {"themes", labels, false, "label set `themes`"},
    {"labels", other, false, "{name: labels}: further label sets"},
    {"parameters", named, false,
     "numbers with unit, range and source; in an overlay a plain value is the value", "", &parameter_},
    {"actors", named, false, "kinds of agents, their founders and attributes", "", &actor_},
    {"accounts", words, false, "named accounts, beside those of the mechanisms"},
    {"networks", named, false, "networks of ties; a list of names will do", "", &network_},
    {"mechanisms", free, false,
     "list of mechanisms: `- name`, or `- name: {key: value}` (`polder describe mechanism`)"},
    {"instruments", maps, false, "policy instruments", "", &instrument_},
    {"rules", maps, false, "rules written here", "", &rule_},
    {"indicators", maps, false, "what is measured", "", &indicator_},
    {"controls", named, false,
     "sliders of a teacher's page: a map by parameter, or a list with the key `parameter`", "", &control_},
    {"lesson", map, false, "text beside the sliders", "", &lesson_}};
constexpr KeyTable scenario_{"a scenario", scenario_table};

}  // namespace

const Key* KeyTable::find(std::string_view name) const {
  const auto it = std::find_if(keys.begin(), keys.end(), [&](const Key& key) { return name == key.name; });
  return it == keys.end() ? nullptr : &*it;
}

const KeyTable& scenario_keys() {
  return scenario_;
}
const KeyTable& clock_keys() {
  return clock_;
}
const KeyTable& parameter_keys() {
  return parameter_;
}
const KeyTable& actor_keys() {
  return actor_;
}
const KeyTable& found_keys() {
  return found_;
}
const KeyTable& attribute_keys() {
  return attribute_;
}
const KeyTable& network_keys() {
  return network_;
}
const KeyTable& instrument_keys() {
  return instrument_;
}
const KeyTable& window_keys() {
  return window_;
}
const KeyTable& rule_keys() {
  return rule_;
}
const KeyTable& match_keys() {
  return match_;
}
const KeyTable& fund_keys() {
  return fund_;
}
const KeyTable& action_keys() {
  return action_;
}
const KeyTable& learn_keys() {
  return learn_;
}
const KeyTable& tie_keys() {
  return tie_;
}
const KeyTable& transfer_keys() {
  return transfer_;
}
const KeyTable& enter_keys() {
  return enter_;
}
const KeyTable& indicator_keys() {
  return indicator_;
}
const KeyTable& control_keys() {
  return control_;
}
const KeyTable& lesson_keys() {
  return lesson_;
}

const char* describe(KeyType type) {
  switch (type) {
    case text:
      return "a text";
    case title:
      return "a text, or {en: text, nl: text}";
    case word:
      return "a name of letters, digits, '_', '-' and '.'";
    case words:
      return "a list of names";
    case KeyType::name:
      return "a name of letters, digits and '_' that starts with a letter";
    case path:
      return "the path of a file";
    case month:
      return "a month from 1800-01 to 2500-12, such as 2020-01";
    case duration:
      return "a number of months, such as 60 months or 5 years";
    case cadence:
      return "month, quarter, year, or a number of months such as 6 months";
    case number:
      return "a number";
    case integer:
      return "a whole number";
    case flag:
      return "true or false";
    case KeyType::unit:
      return "a unit, such as kEUR/month";
    case choice:
      return "one of the words";
    case formula:
      return "a number with unit, or a formula";
    case range:
      return "two values, [low, high]";
    case map:
      return "a map";
    case maps:
      return "a list of maps";
    case named:
      return "a map from names";
    case formulas:
      return "a map from names to formulas";
    case labels:
      return "a list of labels, or the path of a CSV file";
    case KeyType::free:
      return "a list of mechanisms";
    case other:
      break;
  }
  return "a map";
}

std::vector<std::string> split_choices(std::string_view choices) {
  std::vector<std::string> parts;
  while (!choices.empty()) {
    const std::size_t bar = std::min(choices.find('|'), choices.size());
    parts.emplace_back(choices.substr(0, bar));
    choices.remove_prefix(std::min(bar + 1, choices.size()));
  }
  return parts;
}

std::vector<std::string> key_names(const KeyTable& table) {
  std::vector<std::string> names;
  for (const Key& key : table.keys) names.emplace_back(key.name);
  return names;
}

}  // namespace polder::scenarios
