// SPDX-License-Identifier: Apache-2.0
// The founders of the Dutch baseline agree with the reconciled table of 2020 (scenarios/data/README.md), and
// the table with the margins to which it was raked.
#include <gtest/gtest.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <optional>
#include <string>

#include "agents/kinds/kinds.hpp"
#include "agents/registry.hpp"
#include "engine/program.hpp"
#include "engine/units.hpp"
#include "scenarios/data_table.hpp"
#include "scenarios/reader.hpp"

namespace polder::founding_test {
namespace {

using Totals = std::map<std::string, double>;  // by "column = label"

double number_of(const std::string& cell) {
  double value = 0;
  std::from_chars(cell.data(), cell.data() + cell.size(), value);
  return value;
}

Scenario baseline(double scale) {
  const auto file = std::filesystem::path(POLDER_SOURCE_DIR) / "scenarios" / "nl-2020.yaml";
  Scenario scenario = scenarios::read_scenario(file, {}, agents::catalogue());
  scenario.scale = scale;
  return scenario;
}

/// Sums of `value(row)` over the rows of a table by every category of the kind, and over all of them.
Totals totals_of(const DataTable& data, const KindLayout& kind,
                 const std::function<double(std::size_t)>& value) {
  Totals totals;
  for (std::size_t row = 0; row < data.num_rows(); ++row) totals["all"] += value(row);
  for (const auto& column : data.columns) {
    const auto id = kind.find(column.name);
    if (!id || kind.columns[index(*id)].type != ColumnType::category) continue;
    for (std::size_t row = 0; row < data.num_rows(); ++row)
      totals[column.name + " = " + column.cells[row]] += value(row);
  }
  return totals;
}

/// The same over simulated agents, each times its weight. Nothing in `column`: their number.
Totals totals_of(const Table& table, const KindLayout& kind, std::optional<ColumnId> column) {
  Totals totals;
  const auto value = [&](Row row) { return column ? table.column<double>(*column)[row] : 1.0; };
  for (const Row row : table.by_id()) totals["all"] += table.weights()[row] * value(row);
  for (std::size_t c = 0; c < kind.columns.size(); ++c) {
    if (kind.columns[c].type != ColumnType::category) continue;
    const auto labels = table.column<std::uint8_t>(static_cast<ColumnId>(c));
    for (const Row row : table.by_id()) {
      totals[kind.columns[c].name + " = " + kind.columns[c].labels->items[labels[row]]] +=
          table.weights()[row] * value(row);
    }
  }
  return totals;
}

/// margin: what each total may differ by.
void expect_agreement(const Totals& data, const Totals& founders, const Totals& margin,
                      const std::string& what) {
  for (const auto& [key, wanted] : data) {
    const auto found = founders.find(key);
    EXPECT_NEAR(found == founders.end() ? 0.0 : found->second, wanted, margin.at(key)) << what << ", " << key;
  }
}

Totals two_percent_of(const Totals& totals) {
  Totals margin;
  for (const auto& [key, total] : totals) margin[key] = 0.02 * std::abs(total);
  return margin;
}

struct Founded {
  explicit Founded(double scale)
      : scenario(baseline(scale)),
        program(compile(scenario, agents::catalogue())),
        state(found(program, scenario.seed, 0)) {}
  const KindLayout& kind(const std::string& name) const {
    return program.layout().kinds[index(*program.layout().find_kind(name))];
  }
  const Table& table(const std::string& name) const {
    return state.tables[index(*program.layout().find_kind(name))];
  }

  /// Compares the numbers of agents and the totals of every `sum.` column of a kind's table: within 2 %, and
  /// where founders are a sample four standard errors more.
  void check(const std::string& name) const {
    const DataTable& data = *scenario.find_data("data/" + name + "s.csv");
    const auto cell = [&](const char* column, std::size_t row, double missing) {
      const auto* found = data.find(column);
      return found != nullptr ? number_of(found->cells[row]) : missing;
    };
    const auto count = [&](std::size_t row) { return cell("count", row, 1.0); };
    const auto compare = [&](const std::string& what, std::optional<ColumnId> column,
                             const std::function<double(std::size_t)>& value) {
      const Totals wanted = totals_of(data, kind(name), value);
      Totals margin = two_percent_of(wanted);
      const Totals variance = totals_of(data, kind(name), [&](std::size_t row) {
        const bool sampled = kind(name).scaled && cell("weight", row, 0.0) == 0.0 && count(row) > 0;
        return sampled ? (1 / scenario.scale - 1) * value(row) * value(row) / count(row) : 0.0;
      });
      for (auto& [key, allowed] : margin) allowed += 4 * std::sqrt(variance.at(key));
      expect_agreement(wanted, totals_of(table(name), kind(name), column), margin, name + " " + what);
    };
    compare("count", std::nullopt, count);
    for (const auto& column : data.columns) {
      const bool sum = column.name.starts_with("sum.");
      if (column.name == "sum.sales" || column.name == "sum.value_added") continue;  // see the test of sales
      const auto id = kind(name).find(sum ? column.name.substr(4) : column.name);
      if (!id || kind(name).columns[index(*id)].type != ColumnType::number) continue;
      const double factor = column.unit.empty() ? 1.0 : parse_unit(column.unit)->factor;
      compare(column.name, id, [&, factor](std::size_t row) {
        return factor * number_of(column.cells[row]) * (sum ? 1.0 : count(row));
      });
    }
  }

  Scenario scenario;
  Program program;
  State state;
};

/// Hill estimate of the exponent of the share of firms with more than a size, from `least` persons on.
double tail_exponent(const Founded& founded, double least) {
  const Table& firms = founded.table("firm");
  const auto staff = firms.column<double>(*founded.kind("firm").find("staff"));
  double number = 0, logs = 0;
  for (const Row row : firms.by_id()) {
    if (staff[row] < least) continue;
    number += firms.weights()[row], logs += firms.weights()[row] * std::log(staff[row] / least);
  }
  return number / logs;
}

DataTable table_in_file(const std::string& name) {
  std::ifstream in(std::string(POLDER_SOURCE_DIR) + "/scenarios/data/" + name);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  Mistakes mistakes;
  return scenarios::parse_table(text, name, name, text, mistakes).value();
}

const std::vector<std::string>& cells(const DataTable& table, const std::string& column) {
  return table.find(column)->cells;
}

TEST(Founding, table_of_firms_keeps_the_margins_it_was_raked_to) {
  struct Quantity {
    std::string column, value;
    bool startups = true;
  };
  constexpr double keur_a_month_in_meur_a_year = 12.0 / 1000;
  const std::map<std::string, Quantity> quantities{{"firms by size", {"size_class", "count", false}},
                                                   {"firms by sector", {"sector", "count", false}},
                                                   {"R&D by sector", {"sector", "sum.rd_spending"}},
                                                   {"R&D by size", {"size_class", "sum.rd_spending"}},
                                                   {"R&D by region", {"region", "sum.rd_spending"}},
                                                   {"R&D performers by sector", {"sector", "performers"}},
                                                   {"R&D performers by size", {"size_class", "performers"}}};
  const DataTable firms = table_in_file("firms.csv"), margins = table_in_file("margins.csv");
  std::size_t compared = 0;
  for (std::size_t m = 0; m < margins.num_rows(); ++m) {
    const auto quantity = quantities.find(cells(margins, "quantity")[m]);
    if (quantity == quantities.end()) continue;
    const auto& [column, value, startups] = quantity->second;
    const double wanted = number_of(cells(margins, "value")[m]);
    double sum = 0;
    for (std::size_t row = 0; row < firms.num_rows(); ++row) {
      if (cells(firms, column)[row] != cells(margins, "label")[m]) continue;
      if (!startups && cells(firms, "type")[row] == "startup") continue;
      if (value == "performers") {
        sum += cells(firms, "rd_performer")[row] == "1" ? number_of(cells(firms, "count")[row]) : 0.0;
      } else {
        sum += number_of(cells(firms, value)[row]) * (value == "count" ? 1.0 : keur_a_month_in_meur_a_year);
      }
    }
    ++compared;
    EXPECT_NEAR(sum, wanted, 0.02 * wanted + 1) << quantity->first << ", " << cells(margins, "label")[m];
  }
  EXPECT_EQ(compared, 4U + 14U + 14U + 4U + 12U + 14U + 4U);
}

TEST(Founding, agrees_with_the_table_of_2020_at_scale_1) {
  const Founded founded(1.0);
  for (const char* kind : {"firm", "institute", "person", "financier"}) founded.check(kind);
}

TEST(Founding, agrees_within_sampling_error_at_a_tenth) {
  const Founded founded(0.1);
  for (const char* kind : {"firm", "institute", "person", "financier"}) founded.check(kind);
}

TEST(Founding, follows_zipfs_law_above_fifty_persons) {
  // CBS 81588NED 2023: exponents 0.93 to 1.03 between the bounds of size classes.
  for (const double scale : {1.0, 0.1}) {
    const Founded founded(scale);
    EXPECT_GT(tail_exponent(founded, 50), 0.93) << scale;
    EXPECT_LT(tail_exponent(founded, 50), 1.03) << scale;
    EXPECT_GT(tail_exponent(founded, 300), 0.9) << scale;  // the largest class alone
    EXPECT_LT(tail_exponent(founded, 300), 1.1) << scale;
  }
}

TEST(Founding, puts_a_government_behind_every_hub_and_institutes_in_every_group) {
  const Scenario scenario = baseline(0.01);
  const auto& bodies = cells(*scenario.find_data("data/governments.csv"), "body");
  for (const auto& body : cells(*scenario.find_data("data/hubs.csv"), "body"))
    EXPECT_NE(std::find(bodies.begin(), bodies.end(), body), bodies.end()) << body;
  std::map<std::string, int> groups;
  for (const auto& group : cells(*scenario.find_data("data/institutes.csv"), "group")) ++groups[group];
  EXPECT_EQ(groups.size(), 7U);
  EXPECT_EQ(groups["mbo"], 12);
  EXPECT_EQ(groups["to2"], 7);
  EXPECT_EQ(groups["national_knowledge"], 6);
}

TEST(Founding, gives_institutes_the_fields_of_their_people) {
  const auto program = compile(baseline(1), agents::catalogue());
  const State state = found(program, 1, 0);
  const auto& layout = program.layout();
  const auto kind = *layout.find_kind("institute");
  const auto& columns = layout.kinds[index(kind)];
  const Table& institutes = state.tables[index(kind)];
  const auto names = layout.find_labels("fields")->items;
  // CBS 85125NED: students in natural sciences 46,170, informatics 45,510, engineering 78,580
  const std::map<std::string, double> known{{"ict", 45510.0 / 170260},
                                            {"engineering", 78580.0 / 170260},
                                            {"natural_sciences", 46170.0 / 170260},
                                            {"health", 0},
                                            {"other", 0}};
  const auto shares = institutes.column<double>(*columns.find("student_fields"));
  const auto students = institutes.column<double>(*columns.find("students"));
  ASSERT_EQ(columns.columns[index(*columns.find("student_fields"))].size, static_cast<int>(names.size()));
  for (std::size_t field = 0; field < names.size(); ++field) {
    double sum = 0, all = 0;
    for (Row row = 0; row < institutes.num_rows(); ++row) {
      sum += shares[row * names.size() + field] * students[row];
      all += students[row];
    }
    EXPECT_NEAR(sum / all, known.at(names[field]), 0.002) << names[field];
  }
}

TEST(Founding, gives_every_sector_its_sales_beside_those_of_ventures) {
  // Ventures found without sales in the table: what they sell follows from their maturity.
  const Founded founded(1.0);
  const DataTable& data = *founded.scenario.find_data("data/firms.csv");
  const KindLayout& kind = founded.kind("firm");
  const Table& table = founded.table("firm");
  const auto sales = table.column<double>(*kind.find("sales")),
             added = table.column<double>(*kind.find("value_added"));
  const auto sector = table.column<std::uint8_t>(*kind.find("sector"));
  const auto trl = table.column<std::int64_t>(*kind.find("trl"));
  Totals found_sales, found_added;
  double ventures = 0;
  for (const Row row : table.by_id()) {
    const std::string& label = kind.columns[index(*kind.find("sector"))].labels->items[sector[row]];
    if (trl[row] > 0) {
      ventures += sales[row];
      continue;
    }
    found_sales[label] += sales[row];
    found_added[label] += added[row];
  }
  Totals wanted_sales, wanted_added;
  for (std::size_t row = 0; row < data.num_rows(); ++row) {
    const std::string& label = data.find("sector")->cells[row];
    wanted_sales[label] += 1000 * number_of(data.find("sum.sales")->cells[row]);
    wanted_added[label] += 1000 * number_of(data.find("sum.value_added")->cells[row]);
  }
  expect_agreement(wanted_sales, found_sales, two_percent_of(wanted_sales), "sales");
  expect_agreement(wanted_added, found_added, two_percent_of(wanted_added), "value added");
  double all = 0;
  for (const auto& [label, value] : wanted_sales) all += value;
  EXPECT_LT(ventures, 0.005 * all);
  EXPECT_GT(ventures, 0);
}

TEST(Founding, pays_technical_people_what_their_employers_pay_on_average) {
  const Founded founded(0.1);
  const Table &people = founded.table("person"), &firms = founded.table("firm");
  const auto column = [&](const char* name) { return *founded.kind("person").find(name); };
  const auto employer = people.column<AgentId>(column("employer"));
  const auto wage = people.column<double>(column("wage"));
  const auto offered = firms.column<double>(*founded.kind("firm").find("wage"));
  double paid = 0, by_employers = 0;
  for (const Row row : people.by_id()) {
    const Row firm = firms.find(employer[row]);
    if (firm == no_row) continue;
    paid += people.weights()[row] * wage[row];
    by_employers += people.weights()[row] * offered[firm];
  }
  EXPECT_GT(by_employers, 0);
  EXPECT_NEAR(paid / by_employers, 1, 0.02);
}

TEST(Founding, lets_technical_people_change_jobs_as_often_as_they_do) {
  Founded founded(0.02);
  const Program& program = founded.program;
  const auto& names = program.layout().events;
  const auto event =
      static_cast<std::size_t>(std::find(names.begin(), names.end(), "job_changes") - names.begin());
  ASSERT_LT(event, names.size());
  const Table& people = founded.table("person");
  const auto employer = *founded.kind("person").find("employer"), type = *founded.kind("person").find("type");
  double changes = 0, years = 0;
  for (int month = 0; month < 36; ++month) {
    step(program, founded.state);
    changes += founded.state.events[event];
    for (const Row row : people.by_id())
      if (people.column<AgentId>(employer)[row] != nobody &&
          people.column<std::uint8_t>(type)[row] != static_cast<std::uint8_t>(agents::ActorType::phd))
        years += people.weights()[row] / 12;
  }
  EXPECT_NEAR(changes / years, 0.11, 0.03);  // CBS: 0.11 of the highly educated, 0.14 of all
}

}  // namespace
}  // namespace polder::founding_test
