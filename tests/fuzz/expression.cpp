// SPDX-License-Identifier: Apache-2.0
// Fuzz target of the rule language: no text may crash the compiler, and what it accepts must be computable.
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "engine/expression/evaluate.hpp"
#include "engine/expression/expression.hpp"

namespace {

using namespace polder;
using namespace polder::expression;

constexpr std::size_t num_agents = 3;

/// Two kinds with a column of every type.
class World {
 public:
  World() {
    auto sectors = std::make_unique<Labels>();
    sectors->name = "sector";
    sectors->items = {"photonics", "Noord-Brabant", "10-49"};
    const Labels* labels = sectors.get();
    layout_.labels.push_back(std::move(sectors));
    for (const char* name : {"firm", "university"}) {
      KindLayout kind;
      kind.name = name;
      add(kind, "x", ColumnType::number, {});
      add(kind, "age", ColumnType::number, dimension::time);
      add(kind, "cash", ColumnType::money, dimension::money);
      add(kind, "staff", ColumnType::integer, dimension::people);
      add(kind, "ok", ColumnType::flag, {});
      add(kind, "sector", ColumnType::category, {});
      add(kind, "boss", ColumnType::id, {});
      add(kind, "v", ColumnType::vector, {});
      kind.columns[5].labels = labels;
      kind.columns[6].target = "firm";
      kind.columns[7].size = 2;
      layout_.kinds.push_back(std::move(kind));
    }
    layout_.parameters.push_back({"p", {0.25, {}, false}, 0, 1, {}, "", ""});
    layout_.parameters.push_back({"rate", {0.02, dimension::rate, true}, 0, 1, {}, "", ""});
    layout_.events = {"open-science", "venture.deal"};
  }

  Scope scope() const {
    Scope s;
    s.layout = &layout_;
    s.self = KindId{0};
    s.partner = KindId{1};
    s.owner = "fuzz";
    return s;
  }

  Lanes lanes(const std::vector<double>& scalars) const {
    Lanes l;
    l.n = num_agents;
    l.self = l.partner = columns_;
    l.self_ids = l.partner_ids = ids_.data();
    l.self_weights = l.partner_weights = weights_.data();
    l.partner_rows = rows_.data();
    l.scalars = scalars;
    return l;
  }

  const Layout& layout() const { return layout_; }

 private:
  static void add(KindLayout& kind, const char* name, ColumnType type, Dimension dimension) {
    ColumnInfo info;
    info.name = name;
    info.type = type;
    info.dimension = dimension;
    kind.columns.push_back(info);
  }

  Layout layout_;
  std::array<double, num_agents> x_{-1, 0, 2.5}, age_{0, 12, 300}, weights_{1, 10, 100};
  std::array<std::int64_t, num_agents> cash_{-100, 0, 123456}, staff_{0, 1, 20};
  std::array<std::uint8_t, num_agents> ok_{0, 1, 1}, sector_{0, 1, 2};
  std::array<std::uint64_t, num_agents> ids_{7, 8, 9}, boss_{0, 7, 9};
  std::array<double, 2 * num_agents> v_{0, 0, 3, 4, -1, 1};
  std::array<Row, num_agents> rows_{2, 0, 1};
  std::array<const void*, 8> columns_{x_.data(),  age_.data(),    cash_.data(), staff_.data(),
                                      ok_.data(), sector_.data(), boss_.data(), v_.data()};
};

std::vector<double> some_scalars(const Code& code) {
  std::size_t n = 1;
  for (const Aggregate& a : code.aggregates) n += a.num_groups;
  return std::vector<double>(n, 1.5);
}

void compute(const World& world, const Code& code) {
  for (const Aggregate& a : code.aggregates) {
    if (!a.code.results.empty()) compute(world, a.code);
  }
  const std::vector<double> scalars = some_scalars(code);
  const Lanes lanes = world.lanes(scalars);
  Registers registers(code);
  evaluate(code, lanes, registers);
  for (std::size_t i = 0; i < num_agents; ++i) {
    const double value = registers.result(0)[i];
    const bool is_condition = code.result_types[0].type == Type::flag;
    if (is_condition && !(value == 0 || value == 1) && !(std::isnan(value) && code.may_fault[0]))
      std::abort();
    if (code.constants[0] && std::isfinite(*code.constants[0]) && value != *code.constants[0]) std::abort();
    explain(code, lanes, i);
  }
}

void compile(const World& world, const FormulaText& formula, const Wanted& wanted) {
  Mistakes mistakes;
  Compiler compiler(world.scope(), mistakes);
  compiler.name("before", compiler.add({"x + 1", {}, {}}, {}));
  compiler.add(formula, wanted);
  const Code code = compiler.finish();
  for (const Mistake& mistake : mistakes.list()) {
    if (to_string(mistake).empty()) std::abort();
  }
  if (mistakes.empty()) compute(world, code);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  static const World world;
  const FormulaText formula{
      std::string(reinterpret_cast<const char*>(bytes), size), {"fuzz.yaml", 1, 1}, "formula"};
  compile(world, formula, {});
  compile(world, formula, {Type::flag});
  compile(world, formula, {Type::category, std::nullopt, world.layout().labels[0].get()});
  compile(world, formula, {Type::number, std::nullopt, nullptr, true});
  Mistakes mistakes;
  evaluate_constant(formula, world.layout(), std::nullopt, mistakes);
  return 0;
}
