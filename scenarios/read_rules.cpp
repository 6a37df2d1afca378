// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "scenarios/sections.hpp"

namespace polder::scenarios {

namespace {

Action::Verb verb_of(std::string_view word) {
  using Verb = Action::Verb;
  if (word == "add") return Verb::add;
  if (word == "multiply") return Verb::multiply;
  if (word == "maximum") return Verb::maximum;
  if (word == "learn") return Verb::learn;
  if (word == "tie") return Verb::tie;
  if (word == "transfer") return Verb::transfer;
  if (word == "enter") return Verb::enter;
  if (word == "exit") return Verb::exit;
  return Verb::set;
}

MatchSpec read_match(const Node& node, const std::string& path, Reading& reading) {
  const Fields fields(node, path, match_keys(), reading.mistakes);
  MatchSpec spec;
  spec.mark = node.mark;
  spec.with = fields.word("with");
  spec.with_mark = fields.mark("with");
  spec.count = fields.formula("count");
  spec.weight = fields.formula("weight");
  spec.where = fields.formula("where");
  spec.candidates = fields.formula("candidates");
  spec.network = fields.word("network");
  spec.network_mark = fields.mark("network");
  return spec;
}

FundSpec read_fund(const Node& node, const std::string& path, Reading& reading) {
  const Fields fields(node, path, fund_keys(), reading.mistakes);
  FundSpec spec;
  spec.mark = node.mark;
  spec.from = fields.word("from");
  spec.from_mark = fields.mark("from");
  spec.request = fields.formula("request");
  spec.budget = fields.formula("budget");
  spec.rank = fields.formula("rank");
  return spec;
}

/// learn, tie, transfer and enter: the maps under a verb.
void read_details(const Node& node, const std::string& path, Action& action, Reading& reading) {
  using Verb = Action::Verb;
  const auto note = [&](const Fields& fields, const char* name) {
    action.name_mark = fields.mark(name);
    action.from_mark = fields.mark("from");
    action.to_mark = fields.mark("to");
  };
  if (action.verb == Verb::learn) {
    const Fields fields(node, path, learn_keys(), reading.mistakes);
    action.name = fields.word("attribute");
    note(fields, "attribute");
    action.from = fields.choice("from");
    action.to = fields.choice("to");
    action.amount = fields.formula("strength");
  } else if (action.verb == Verb::tie) {
    const Fields fields(node, path, tie_keys(), reading.mistakes);
    action.name = fields.word("network");
    note(fields, "network");
    action.amount = fields.formula("strength");
  } else if (action.verb == Verb::transfer) {
    const Fields fields(node, path, transfer_keys(), reading.mistakes);
    action.from = fields.word("from");
    action.to = fields.word("to");
    action.amount = fields.formula("amount");
    action.name = fields.word("for");
    note(fields, "for");
  } else {
    const Fields fields(node, path, enter_keys(), reading.mistakes);
    action.name = fields.word("kind");
    note(fields, "kind");
    action.assignments = fields.formulas("set");
  }
}

/// One line of `do`: a map with one verb, or plain `exit`.
Action read_action(const Node& item, const std::string& path, Reading& reading) {
  Action action;
  action.mark = action.name_mark = item.mark;
  action.path = path;
  if (item.is_scalar() && item.text == "exit") {
    action.verb = Action::Verb::exit;
    action.name = "self";
    return action;
  }
  if (!item.is_map() || item.entries.size() != 1) {
    refuse_type(item, path, fmt::format("one action an item: {}", fmt::join(key_names(action_keys()), ", ")),
                reading.mistakes);
    return action;
  }
  const Fields fields(item, path, action_keys(), reading.mistakes);
  const Node::Entry& entry = item.entries.front();
  const Key* key = action_keys().find(entry.key);
  if (!key) return action;
  action.verb = verb_of(entry.key);
  if (key->type == KeyType::formulas) {
    action.assignments = fields.formulas(entry.key);
  } else if (key->type == KeyType::choice) {
    action.name = fields.choice(entry.key);
    action.name_mark = entry.value.mark;
  } else {
    read_details(entry.value, fields.path(entry.key), action, reading);
  }
  return action;
}

RuleSpec read_rule(const Node& item, const std::string& path, Reading& reading) {
  const Fields fields(item, path, rule_keys(), reading.mistakes);
  RuleSpec rule;
  rule.mark = item.mark;
  rule.id = fields.word("id");
  rule.title = fields.text("title");
  rule.family = fields.choice("family");
  rule.who = fields.word("who");
  rule.who_mark = fields.mark("who");
  rule.every = fields.cadence("every").value_or(1);
  rule.when = fields.formula("when");
  rule.chance = fields.formula("chance");
  rule.require = fields.formula("require");
  rule.let = fields.formulas("let");
  rule.after = fields.words("after");
  if (const Node* match = fields.node("match"))
    rule.match = read_match(*match, fields.path("match"), reading);
  if (const Node* fund = fields.node("fund")) rule.fund = read_fund(*fund, fields.path("fund"), reading);
  if (fields.has("match") && fields.has("fund"))
    fields.refuse("fund", "a rule has 'match' or 'fund', not both; write two rules");
  if (const Node* actions = fields.node("do"))
    rule.actions = read_actions(*actions, fields.path("do"), reading);
  if (item.is_map() && !fields.has("do") && !fields.has("fund"))
    reading.mistakes.add(item.mark, path, {}, "the rule does nothing: the key 'do' is missing");
  return rule;
}

}  // namespace

std::vector<Action> read_actions(const Node& list, const std::string& path, Reading& reading) {
  std::vector<Action> actions;
  if (!list.is_list() || list.items.empty()) {
    refuse_type(list, path, "a list such as '- set: {x: x + 1}'", reading.mistakes);
    return actions;
  }
  for (std::size_t i = 0; i < list.items.size(); ++i)
    actions.push_back(read_action(list.items[i], item_path(path, i + 1), reading));
  return actions;
}

void read_rules(const Fields& file, Reading& reading) {
  const Node* rules = file.node("rules");
  if (!rules) return;
  if (!rules->is_list()) {
    refuse_type(*rules, "rules", "a list of rules, each with an id", reading.mistakes);
    return;
  }
  for (std::size_t i = 0; i < rules->items.size(); ++i)
    reading.scenario.rules.push_back(
        read_rule(rules->items[i], thing_path("rules", rules->items[i], i), reading));
}

}  // namespace polder::scenarios
