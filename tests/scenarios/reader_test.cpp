// SPDX-License-Identifier: Apache-2.0
#include "scenarios/reader.hpp"

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "tests/support/small_catalogue.hpp"

namespace polder::scenarios::reader_test {
namespace {

const std::string head = "polder: 1\nname: x\nclock: {start: 2020-01, end: 2021-12}\n";

Scenario read(const std::string& text, const std::map<std::string, std::string>& files = {},
              const std::vector<std::string>& sets = {}) {
  return read_text(text, files, sets, testing::small_catalogue());
}

std::string mistakes_of(const std::string& text) {
  try {
    read(text);
  } catch (const InputError& error) {
    return error.what();
  }
  return {};
}

TEST(Reader, reads_the_frame_of_a_run) {
  const Scenario s = read(
      "polder: 1\nname: nl\ntitle: {en: The Netherlands, nl: Nederland}\nscale: 0.1\nseed: "
      "18446744073709551615\n"
      "clock: {start: 2020-01, length: 5 years, burn_in: 60 months}\nlesson: {en: Try, nl: Probeer}\n");
  EXPECT_EQ(s.title, "The Netherlands");
  EXPECT_EQ(s.title_nl, "Nederland");
  EXPECT_EQ(s.scale, 0.1);
  EXPECT_EQ(s.seed, 18446744073709551615ULL);
  EXPECT_EQ(s.clock, (ClockSpec{Month::of(2020, 1), Month::of(2024, 12), 60}));
  EXPECT_EQ(s.lesson.at("nl"), "Probeer");
}

TEST(Reader, keeps_formulas_with_place_and_path) {
  const Scenario s = read(
      head + "rules:\n  - id: r\n    who: firm\n    do:\n      - set: {partner.staff: \"min(1, staff)\"}\n");
  const FormulaText& formula = s.rules.at(0).actions.at(0).assignments.at(0).formula;
  EXPECT_EQ(formula.text, "min(1, staff)");
  EXPECT_EQ(formula.path, "rules.r.do[1].set.partner.staff");
  EXPECT_EQ(formula.mark, (Mark{"scenario.yaml", 8, 31}));
}

TEST(Reader, reads_parameters_short_and_long) {
  const Scenario s = read(head +
                          "parameters:\n  a: {value: 3 km, source: test}\n  b: {value: 1, unit: km, range: "
                          "[0, 2], source: s, label: l, step: 0.1}\n");
  ASSERT_EQ(s.parameters.size(), 2U);
  EXPECT_EQ(s.parameters[0].value.text, "3 km");
  EXPECT_EQ(s.parameters[1].low.text, "0");
  EXPECT_EQ(s.parameters[1].high.text, "2");
  EXPECT_EQ(s.parameters[1].step.text, "0.1");
}

TEST(Reader, implies_the_type_of_an_attribute) {
  const Scenario s = read(
      head +
      "themes: [a, b]\nactors:\n  robot:\n    attributes:\n      x: 3\n      k: {size: 8}\n"
      "      t: {labels: themes}\n      l: {labels: [p, q]}\n      o: {of: firm}\n      m: {type: money}\n");
  const auto& attributes = s.kinds.at(0).attributes;
  ASSERT_EQ(attributes.size(), 6U);
  EXPECT_EQ(attributes[0].type, ColumnType::number);
  EXPECT_EQ(attributes[1].type, ColumnType::vector);
  EXPECT_EQ(attributes[1].size, 8);
  EXPECT_EQ(attributes[2].type, ColumnType::category);
  EXPECT_EQ(attributes[2].label_set, "themes");
  EXPECT_EQ(attributes[3].labels, (std::vector<std::string>{"p", "q"}));
  EXPECT_EQ(attributes[4].type, ColumnType::id);
  EXPECT_EQ(attributes[5].type, ColumnType::money);
}

const std::string known_kinds =
    "actors:\n  firm:\n    attributes: {staff: 3 person, cash: 5 EUR, type: sme}\n  university: {scaled: "
    "true}\n"
    "  robot: {}\n";

TEST(Reader, takes_type_unit_and_scaling_of_known_kinds_from_the_catalogue) {
  const Scenario s = read(head + "mechanisms: [rd_investment]\n" + known_kinds);
  EXPECT_TRUE(s.kinds[0].scaled);
  EXPECT_EQ(s.kinds[0].attributes[0].unit, "person");
  EXPECT_EQ(s.kinds[0].attributes[1].type, ColumnType::money);
  EXPECT_EQ(s.kinds[0].attributes[2].labels, (std::vector<std::string>{"startup", "sme", "large_firm"}));
  EXPECT_TRUE(s.kinds[1].scaled);
  EXPECT_FALSE(s.kinds[2].scaled);
}

TEST(Reader, leaves_kinds_to_a_scenario_without_mechanisms) {
  const Scenario s = read(head + known_kinds);
  EXPECT_FALSE(s.kinds[0].scaled);
  EXPECT_EQ(s.kinds[0].attributes[1].type, ColumnType::number);
}

TEST(Reader, flattens_the_settings_of_an_instrument) {
  const Scenario s = read(
      head +
      "instruments:\n  - id: i\n    title: {en: E, nl: N}\n    form: grant\n    payer: government.national\n"
      "    window: {start: 2020-07, end: 2021-06, announced: 2020-04}\n"
      "    budget: {total: 3 MEUR, per_year: [40 %, 60 %]}\n    eligible: type == sme\n");
  const InstrumentSpec& i = s.instruments.at(0);
  EXPECT_EQ(i.announced, Month::of(2020, 4));
  EXPECT_EQ(i.title_nl, "N");
  ASSERT_EQ(i.settings.size(), 3U);
  EXPECT_EQ(find_setting(i.settings, "budget.total")->values.at(0).text, "3 MEUR");
  EXPECT_TRUE(find_setting(i.settings, "budget.per_year")->is_list);
  EXPECT_EQ(find_setting(i.settings, "budget.per_year")->values.at(1).path,
            "instruments.i.budget.per_year[2]");
}

TEST(Reader, reads_every_part_of_a_rule) {
  const Scenario s = read(head + R"(networks: {ties: {decay: 2 % /month}}
rules:
  - id: a
    family: knowledge
    who: firm
    every: 3 months
    when: staff > 1 person
    chance: 2 % /month
    let: {x: 1, y: x + 1}
    match: {with: firm, count: 2, weight: staff, where: true, candidates: 9, network: ties}
    require: x < y
    after: [b, c]
    do:
      - learn: {attribute: k, from: partner, to: self, strength: 10 %}
      - tie: {network: ties, strength: +0.1}
      - transfer: {from: self, to: households, amount: 5 EUR, for: gift}
      - multiply: {staff: 2}
      - maximum: {staff: 2}
      - enter: {kind: firm, set: {staff: 1 person}}
      - exit
      - exit: partner
  - id: b
    who: firm
    fund: {from: university, request: 1, budget: 2, rank: staff}
)");
  const RuleSpec& rule = s.rules.at(0);
  EXPECT_EQ(rule.every, 3);
  EXPECT_EQ(rule.let.at(1).name, "y");
  EXPECT_EQ(rule.match->network, "ties");
  EXPECT_EQ(rule.match->candidates.text, "9");
  EXPECT_EQ(rule.after, (std::vector<std::string>{"b", "c"}));
  ASSERT_EQ(rule.actions.size(), 8U);
  EXPECT_EQ(rule.actions[0].verb, Action::Verb::learn);
  EXPECT_EQ(rule.actions[0].amount.text, "10 %");
  EXPECT_EQ(rule.actions[2].name, "gift");
  EXPECT_EQ(rule.actions[2].to, "households");
  EXPECT_EQ(rule.actions[5].assignments.at(0).name, "staff");
  EXPECT_EQ(rule.actions[6].name, "self");
  EXPECT_EQ(rule.actions[7].name, "partner");
  EXPECT_EQ(s.rules.at(1).fund->rank.text, "staff");
  EXPECT_EQ(s.networks.at(0).decay.text, "2 % /month");
}

TEST(Reader, reads_indicators_and_controls) {
  const Scenario s =
      read(head +
           "parameters: {p: {value: 1, source: test}}\ncontrols: [{parameter: p, range: [0, 2], step: "
           "1}]\nindicators:\n"
           "  - {id: i, annex: 3, category: output, class: proxy, unit: EUR/h, value: \"sum(firm.staff)\", "
           "by: region, every: quarter, period: mean}\n");
  const IndicatorSpec& i = s.indicators.at(0);
  EXPECT_EQ(i.annex, 3);
  EXPECT_EQ(i.indicator_class, "proxy");
  EXPECT_EQ(i.by, (std::vector<std::string>{"region"}));
  EXPECT_EQ(i.every, 3);
  EXPECT_EQ(i.period, IndicatorSpec::Period::mean);
  EXPECT_EQ(s.controls.at(0).parameter, "p");
  EXPECT_EQ(s.controls.at(0).high.text, "2");
}

TEST(Reader, looks_data_files_up_from_the_file_that_names_them) {
  const MemorySource source(
      {{"base.yaml", head + "regions: data/r.csv\nactors: {firm: {found: {from: data/f.csv}}}\n"},
       {"data/r.csv", "region,x [km]\nUtrecht,1\n"},
       {"data/f.csv", "count\n5\n"},
       {"policies/p.yaml", "extends: ../base.yaml\nname: p\n"}});
  const Scenario s = read_scenario(source, "policies/p.yaml", {}, testing::small_catalogue());
  EXPECT_EQ(s.label_sets.at(0).labels, (std::vector<std::string>{"Utrecht"}));
  EXPECT_EQ(s.kinds.at(0).data, "../data/f.csv");
  ASSERT_TRUE(s.find_data("../data/f.csv"));
  EXPECT_EQ(s.find_data("../data/f.csv")->checksum, checksum("count\n5\n"));
}

TEST(Reader, reads_its_own_resolved_text_to_the_same_scenario) {
  const std::map<std::string, std::string> files{{"data/r.csv", "region,x [km]\nUtrecht,1\n"}};
  const std::string text =
      head +
      "regions: data/r.csv\nparameters: {a: {value: \"max(1, 2)\", source: s}, b: {value: 5 %, range: [0, "
      "1], source: s}}\n"
      "mechanisms: [rd_investment, {knowledge_spillover: {half_distance: 20 km}}]\n"
      "rules:\n  - {id: r, who: firm, let: {x: \"uniform(0, 1)\"}, do: [exit, {set: {staff: x}}]}\n";
  const Scenario first = read(text, files, {"parameters.b=7 %", "scale=0.5"});
  std::map<std::string, std::string> embedded;
  for (const DataTable& table : first.data) embedded[table.path] = table.content;
  const Scenario second = read(first.resolved, embedded);
  EXPECT_EQ(first, second);
  EXPECT_EQ(first.resolved, second.resolved);
}

TEST(Reader, shows_the_merged_file_in_the_order_of_the_documentation_with_origins) {
  const MemorySource source({{"base.yaml", "polder: 1\nclock: {start: 2020-01, end: 2021-12}\nname: base\n"},
                             {"p.yaml", "parameters: {a: 1}\nextends: base.yaml\nname: p\n"}});
  const std::string text = resolved_yaml(source, "p.yaml", {"scale=0.5"}, testing::small_catalogue());
  const std::string gap(52, ' ');
  EXPECT_EQ(text.substr(0, text.find("clock:")),
            "polder: 1" + gap + " # base.yaml:1\nname: p" + gap + "   # p.yaml:3\n");
  EXPECT_NE(text.find("scale: 0.5" + gap + "# --set\n"), std::string::npos);
  EXPECT_NE(text.find("    value: 1"), std::string::npos);
}

TEST(Reader, reports_the_mistakes_of_all_sections_at_once_by_place) {
  const std::string all = mistakes_of(
      "polder: 3\nname: x\nclock: {start: 2020-01, end: 2019-01}\nscale: 2\nrules:\n  - {id: r, who: 1 2, "
      "do: [exit]}\n");
  EXPECT_EQ(all,
            "scenario.yaml:1:9: polder = 3 (format 1; this program reads no other)\n"
            "scenario.yaml:3:30: clock.end = 2019-01 (not before the start, 2020-01)\n"
            "scenario.yaml:4:8: scale = 2 (above 0 and at most 1: simulated agents per real one)\n"
            "scenario.yaml:6:18: rules.r.who = 1 2 (a name of letters, digits, '_', '-' and '.')");
}

TEST(Reader, stops_listing_when_nobody_reads_on) {
  std::string text = head;
  for (int i = 0; i < 1000; ++i) text += "key" + std::to_string(i) + ": 1\n";
  const std::string all = mistakes_of(text);
  EXPECT_NE(all.find("and 800 more mistakes"), std::string::npos);
}

}  // namespace
}  // namespace polder::scenarios::reader_test
