// SPDX-License-Identifier: Apache-2.0
// Founders: numbers by cell, totals of the data, start values.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/support/mini.hpp"

namespace polder::founding_test {
namespace {

using test::formula;

Scenario with_cells(std::vector<DataTable::Column> columns, double scale) {
  auto scenario = test::empty(1);
  scenario.scale = scale;
  auto kind = test::kind(
      "firm", "",
      {test::number("staff", "lognormal(mean: cell.typical, sigma: 0.8)"), test::money("cash", "10 EUR")});
  kind.data = "cells.csv";
  kind.scaled = true;
  scenario.kinds = {kind};
  scenario.data.push_back({"cells.csv", "0", "", std::move(columns)});
  return scenario;
}

const std::vector<DataTable::Column> cells{{"count", "", {"1000", "30", "1"}},
                                           {"typical", "", {"5", "50", "5000"}},
                                           {"sum.staff", "", {"6000", "1500", "5000"}},
                                           {"source", "", {"a", "b", "c"}}};

double total_staff(const State& state) {
  const auto staff = state.tables[0].column<double>(ColumnId{0});
  double total = 0;
  for (std::size_t r = 0; r < staff.size(); ++r) total += staff[r] * state.tables[0].weights()[r];
  return total;
}

TEST(Founding, counts_are_exact_at_scale_one_and_sums_agree_with_the_data) {
  const auto program = compile(with_cells(cells, 1.0), {});
  const State state = found(program, 4, 1);
  EXPECT_EQ(state.tables[0].num_agents(), 1031U);
  EXPECT_NEAR(total_staff(state), 12500, 1e-6);
}

TEST(Founding, expected_numbers_are_right_at_any_scale) {
  const auto program = compile(with_cells(cells, 0.01), {});
  double founders = 0, staff = 0;
  constexpr int replicates = 400;
  for (int r = 1; r <= replicates; ++r) {
    const State state = found(program, 4, static_cast<std::uint32_t>(r));
    for (const double w : state.tables[0].weights()) founders += w;
    staff += total_staff(state);
  }
  EXPECT_NEAR(founders / replicates, 1031, 30);
  EXPECT_NEAR(staff / replicates, 12500,
              5 * 50000 / std::sqrt(replicates) / 4);  // the one large firm is drawn 1 in 100 times
}

/// Many cells of ten firms, of each of which a sample at a tenth has one.
std::vector<DataTable::Column> small_cells() {
  std::vector<DataTable::Column> columns{{"count", "", {}}, {"typical", "", {}}, {"sum.staff", "", {}}};
  for (int c = 0; c < 400; ++c) {
    columns[0].cells.emplace_back("10");
    columns[1].cells.emplace_back("20");
    columns[2].cells.emplace_back(c % 2 == 0 ? "100" : "400");
  }
  return columns;
}

/// Spread of the log of staff within cells, and the total.
std::pair<double, double> spread_and_total(const State& state) {
  const auto staff = state.tables[0].column<double>(ColumnId{0});
  double sum = 0, squares = 0;
  for (const double s : staff) {
    sum += std::log(s);
    squares += std::log(s) * std::log(s);
  }
  const auto n = static_cast<double>(staff.size());
  return {std::sqrt(squares / n - sum / n * (sum / n)), total_staff(state)};
}

TEST(Founding, one_founder_of_a_cell_is_one_of_its_firms_and_not_their_mean) {
  const auto [all, total] = spread_and_total(found(compile(with_cells(small_cells(), 1.0), {}), 4, 1));
  const auto [sample, same] = spread_and_total(found(compile(with_cells(small_cells(), 0.1), {}), 4, 1));
  EXPECT_NEAR(total, 200 * 100 + 200 * 400, 1e-6);
  EXPECT_NEAR(same, total, 1e-6 * total);  // pools of neighbouring cells keep their sum
  // Means of cells alone would spread by ln(4) / 2 = 0.69; of 400 founders the spread is known to 4 %.
  EXPECT_NEAR(all, std::hypot(0.8, std::log(4.0) / 2), 0.1);
  EXPECT_NEAR(sample, all, 0.15);
}

TEST(Founding, a_weight_of_its_own_is_the_most_that_a_founder_stands_for) {
  auto columns = cells;
  columns.push_back({"weight", "", {"4", "0", "1"}});
  for (const double scale : {0.1, 0.5}) {
    const State state = found(compile(with_cells(columns, scale), {}), 4, 1);
    double of_first = 0;
    for (const double w : state.tables[0].weights()) of_first += w == std::min(4.0, 1 / scale) ? w : 0;
    EXPECT_NEAR(of_first, scale == 0.1 ? 1000 : 1030, 4)
        << scale;  // at a half the second cell weighs as much
  }
}

TEST(Founding, a_weight_of_its_own_keeps_a_cell_whole_at_any_scale) {
  auto columns = cells;
  columns.push_back({"weight", "", {"0", "0", "1"}});
  const State state = found(compile(with_cells(columns, 0.1), {}), 4, 1);
  std::size_t whole = 0;
  for (const double w : state.tables[0].weights()) whole += w == 1.0 ? 1 : 0;
  EXPECT_EQ(whole, 1U);
  EXPECT_NEAR(total_staff(state), 12500, 12500 * 0.02);
}

TEST(Founding, a_data_file_sets_elements_of_vectors_by_label_or_number) {
  auto scenario = with_cells({{"count", "", {"2", "1"}},
                              {"typical", "", {"5", "50"}},
                              {"fit.b", "", {"0.25", "0.5"}},
                              {"place.2", "", {"7", "9"}}},
                             1.0);
  scenario.label_sets = {{"letters", {"a", "b", "c"}, ""}};
  AttributeSpec fit = test::number("fit", "1"), place = test::number("place", "1");
  fit.type = place.type = ColumnType::vector;
  fit.label_set = "letters";
  place.size = 2;
  scenario.kinds[0].attributes.push_back(fit);
  scenario.kinds[0].attributes.push_back(place);
  const auto program = compile(scenario, {});
  const State state = found(program, 4, 1);
  const auto& kind = program.layout().kinds[0];
  EXPECT_EQ(kind.columns[index(*kind.find("fit"))].size, 3);
  const auto fits = state.tables[0].column<double>(*kind.find("fit"));
  const auto places = state.tables[0].column<double>(*kind.find("place"));
  double b = 0, second = 0;
  for (Row row = 0; row < 3; ++row) {
    EXPECT_EQ(fits[3 * row], 0);  // no column, and no start value beside the data
    b += fits[3 * row + 1];
    second += places[2 * row + 1];
  }
  EXPECT_DOUBLE_EQ(b, 1);
  EXPECT_DOUBLE_EQ(second, 23);
}

TEST(Founding, accounts_hold_what_their_agents_stand_for) {
  const auto program = compile(with_cells(cells, 0.1), {});
  const State state = found(program, 4, 1);
  for (const Cents cash : state.tables[0].column<std::int64_t>(ColumnId{1})) EXPECT_EQ(cash, 10 * 10 * 100);
}

TEST(Founding, a_column_that_means_nothing_is_refused_with_a_suggestion) {
  auto columns = cells;
  columns[2].name = "sum.stafff";
  try {
    compile(with_cells(columns, 1.0), {});
    FAIL() << "accepted";
  } catch (const InputError& error) {
    EXPECT_NE(std::string(error.what()).find("Did you mean 'staff'?"), std::string::npos) << error.what();
  }
}

TEST(Founding, start_values_may_depend_on_each_other_but_not_in_a_circle) {
  auto scenario = test::empty(1);
  scenario.kinds = {test::kind("firm", "5", {test::number("a", "b + 1"), test::number("b", "2")})};
  const State state = found(compile(scenario, {}), 1, 1);
  EXPECT_EQ(state.tables[0].column<double>(ColumnId{0})[3], 3.0);
  scenario.kinds[0].attributes[1].start = formula("a");
  EXPECT_THROW(compile(scenario, {}), InputError);
}

}  // namespace
}  // namespace polder::founding_test
