// SPDX-License-Identifier: Apache-2.0
// A small world of firms and universities in which the tests of the rule language evaluate formulas.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "engine/expression/evaluate.hpp"
#include "engine/expression/expression.hpp"

namespace polder::expression {

/// Columns of one kind with their agents.
struct Agents {
  std::vector<std::uint64_t> ids;
  std::vector<double> weights;
  std::vector<const void*> columns;
};

class World {
 public:
  static constexpr std::size_t num_firms = 700;

  World() {
    sectors_ = add_labels("sector", {"photonics", "quantum", "bio tech"});
    regions_ = add_labels("region", {"Noord-Brabant", "Zuid-Holland", "Fryslân"});
    sizes_ = add_labels("size", {"2-9", "10-49", "250+"});
    make_firms();
    make_universities();
    layout.parameters.push_back({"growth", {0.25, {}, false}, 0, 1, {}, "", ""});
    layout.parameters.push_back({"reach", {350, dimension::length, false}, 0, 1000, {}, "", ""});
    layout.parameters.push_back({"leave", {0.02, dimension::rate, true}, 0, 1, {}, "", ""});
    layout.events = {"open-science", "venture.deal"};
  }
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  Scope scope() const {
    Scope s;
    s.layout = &layout;
    s.self = KindId{0};
    s.partner = KindId{1};
    s.owner = "test";
    return s;
  }

  Lanes lanes() const {
    Lanes l;
    l.n = 4;
    l.self = firms.columns;
    l.self_ids = firms.ids.data();
    l.self_weights = firms.weights.data();
    l.partner = universities.columns;
    l.partner_ids = universities.ids.data();
    l.partner_weights = universities.weights.data();
    l.partner_rows = partner_rows.data();
    l.seed = 7;
    l.replicate = 1;
    l.step = 3;
    return l;
  }

  Layout layout;
  Agents firms, universities;
  std::vector<double> x, y, age, profile, scores;
  std::vector<std::int64_t> cash, staff;
  std::vector<std::uint8_t> innovative, sector, region, size;
  std::vector<std::uint64_t> lender, rector;
  std::vector<double> field;
  std::vector<std::uint8_t> place;
  std::vector<Row> partner_rows = std::vector<Row>(num_firms, 1);

 private:
  const Labels* add_labels(std::string name, std::vector<std::string> items) {
    auto labels = std::make_unique<Labels>();
    labels->name = std::move(name);
    labels->items = std::move(items);
    layout.labels.push_back(std::move(labels));
    return layout.labels.back().get();
  }

  static ColumnInfo info(std::string name, ColumnType type, Dimension dimension = {},
                         const Labels* labels = nullptr) {
    ColumnInfo column;
    column.name = std::move(name);
    column.type = type;
    column.dimension = dimension;
    column.labels = labels;
    return column;
  }

  void make_firms() {
    KindLayout kind;
    kind.name = "firm";
    kind.scaled = true;
    kind.columns = {info("x", ColumnType::number),
                    info("y", ColumnType::number),
                    info("age", ColumnType::number, dimension::time),
                    info("cash", ColumnType::money, dimension::money),
                    info("staff", ColumnType::integer, dimension::people),
                    info("innovative", ColumnType::flag),
                    info("sector", ColumnType::category, {}, sectors_),
                    info("region", ColumnType::category, {}, regions_),
                    info("size", ColumnType::category, {}, sizes_),
                    info("lender", ColumnType::id),
                    info("profile", ColumnType::vector),
                    info("scores", ColumnType::vector)};
    kind.columns[9].target = "university";
    kind.columns[10].size = 3;
    kind.columns[11].size = 2;
    layout.kinds.push_back(std::move(kind));
    for (std::size_t i = 0; i < num_firms; ++i) {
      const auto r = static_cast<double>(i);
      x.push_back(r);
      y.push_back(0.5 * r - 1);
      age.push_back(12 * r);
      cash.push_back(static_cast<std::int64_t>(i) * 12345 - 100);
      staff.push_back(static_cast<std::int64_t>(i) + 1);
      innovative.push_back(i % 2 == 1 ? 1 : 0);
      sector.push_back(static_cast<std::uint8_t>(i % 3));
      region.push_back(static_cast<std::uint8_t>((i / 2) % 3));
      size.push_back(static_cast<std::uint8_t>((i / 3) % 3));
      lender.push_back(i % 4 == 0 ? 0 : 900 + i % 4);
      for (const double number : {r, 2.0, -2.0}) profile.push_back(number);
      for (const double number : {3.0, 4.0}) scores.push_back(number);
      firms.ids.push_back(1000 + 17 * i);
      firms.weights.push_back(i % 2 == 0 ? 1 : 10);
    }
    firms.columns = {x.data(),     y.data(),          age.data(),     cash.data(),
                     staff.data(), innovative.data(), sector.data(),  region.data(),
                     size.data(),  lender.data(),     profile.data(), scores.data()};
  }

  void make_universities() {
    KindLayout kind;
    kind.name = "university";
    kind.columns = {info("field", ColumnType::vector), info("sector", ColumnType::category, {}, sectors_),
                    info("rector", ColumnType::id)};
    kind.columns[0].size = 3;
    kind.columns[2].target = "person";
    layout.kinds.push_back(std::move(kind));
    field = {1, 2, -2, 0, 0, 0, 5, 2, -2};
    place = {2, 1, 0};
    rector = {1, 2, 3};
    universities.ids = {901, 902, 903};
    universities.weights = {1, 1, 1};
    universities.columns = {field.data(), place.data(), rector.data()};
  }

  const Labels *sectors_, *regions_, *sizes_;
};

class ExpressionTest : public testing::Test {
 protected:
  FormulaText formula(const std::string& text) const { return {text, {"f.yaml", 3, 10}, "rules.r.value"}; }

  /// The mistakes of a formula as text, one a line.
  std::string mistakes_of(const std::string& text, const Wanted& wanted = {}) {
    return mistakes_of(text, wanted, world.scope());
  }
  std::string mistakes_of(const std::string& text, const Wanted& wanted, const Scope& scope) {
    Mistakes mistakes;
    Compiler compiler(scope, mistakes);
    compiler.add(formula(text), wanted);
    compiler.finish();
    std::string all;
    for (const Mistake& m : mistakes.list()) all += (all.empty() ? "" : "\n") + to_string(m);
    return all;
  }

  Code compile(const std::string& text, const Wanted& wanted = {}) {
    return compile(text, wanted, world.scope());
  }
  Code compile(const std::string& text, const Wanted& wanted, const Scope& scope) {
    Mistakes mistakes;
    Compiler compiler(scope, mistakes);
    compiler.add(formula(text), wanted);
    for (const Mistake& m : mistakes.list()) ADD_FAILURE() << to_string(m);
    return compiler.finish();
  }

  std::vector<double> evaluate_all(const Code& code, const Lanes& lanes, std::size_t slot = 0) {
    Registers registers(code);
    evaluate(code, lanes, registers);
    return {registers.result(slot), registers.result(slot) + lanes.n};
  }
  std::vector<double> values(const std::string& text, const Wanted& wanted = {}) {
    return evaluate_all(compile(text, wanted), world.lanes());
  }

  /// The value of a constant formula. kinds and attributes are unknown in it.
  double constant(const std::string& text) {
    Mistakes mistakes;
    const Constant c = evaluate_constant(formula(text), world.layout, std::nullopt, mistakes);
    for (const Mistake& m : mistakes.list()) ADD_FAILURE() << to_string(m);
    return c.value;
  }

  World world;
};

}  // namespace polder::expression
