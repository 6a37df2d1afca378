// SPDX-License-Identifier: Apache-2.0
// Every file of scenarios/instruments at work for two years: budgets bind, flows balance to the cent, no
// money means no difference, nobody eligible means nothing spent.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "agents/registry.hpp"
#include "engine/program.hpp"
#include "engine/turn.hpp"
#include "scenarios/reader.hpp"

namespace polder::instrument_files_test {
namespace {

const std::string library = std::string(POLDER_SOURCE_DIR) + "/scenarios/";
constexpr int months = 24;

/// The library with one more file.
class WithFile final : public scenarios::FileSource {
 public:
  WithFile(std::string path, std::string text) : path_(std::move(path)), text_(std::move(text)) {}
  File read(const std::string& path) const override {
    return path == path_ ? File{Status::found, text_} : disk_.read(path);
  }
  std::vector<std::string> list(const std::string& directory) const override { return disk_.list(directory); }

 private:
  std::string path_, text_;
  scenarios::DiskSource disk_;
};

std::vector<std::string> files() {
  std::vector<std::string> names;
  for (const auto& name : scenarios::DiskSource().list(library + "instruments"))
    if (name.ends_with(".yaml")) names.push_back(name.substr(0, name.size() - 5));
  return names;
}

/// Lines `key: ...` of an instrument file, by instrument.
struct Written {
  std::string id, form;
  bool yearly = false, money = false;
};
std::vector<Written> instruments_of(const std::string& file) {
  std::ifstream in(library + "instruments/" + file + ".yaml");
  std::vector<Written> list;
  for (std::string line; std::getline(in, line);) {
    const auto value = [&](const std::string& key) {
      const auto at = line.find(key);
      return at == std::string::npos ? std::string() : line.substr(at + key.size());
    };
    if (line.starts_with("  - id: ")) list.push_back({value("- id: "), "", false, false});
    if (list.empty()) continue;
    if (line.starts_with("    form: ")) list.back().form = value("form: ");
    if (line.starts_with("    budget:")) list.back().money = true;
    if (line.find("yearly:") != std::string::npos) list.back().yearly = true;
  }
  return list;
}

/// The baseline with this file, or without its instruments; `more` is YAML of their own.
Program program_with(const std::string& file, bool there, const std::string& more = {}) {
  std::string text = "polder: 1\nextends: ../nl-2020.yaml\nname: with\nuse: [" + file + "]\n";
  if (!there) {
    text += "remove: {instruments: [";
    for (const auto& i : instruments_of(file)) text += i.id + ", ";
    text.resize(text.size() - 2);
    text += "]}\n";
  }
  const std::string path = library + "policies/with.yaml";
  return compile(scenarios::read_scenario(
                     WithFile(path, text + more), path,
                     {"scale=0.005", "clock.start=2022-01", "clock.end=2023-12", "clock.burn_in=0 months"},
                     agents::catalogue()),
                 agents::catalogue());
}

State run_all(const Program& program) {
  State state = found(program, 11, 0);
  for (int m = 0; m < months; ++m) step(program, state);
  return state;
}

/// Books of an instrument; all 0 when it has no row. unit: cent
struct Books {
  Cents left = 0, committed = 0, paid = 0;
};
Books books(const Program& program, const State& state, const std::string& id) {
  const auto kind = *program.layout().find_kind("instrument");
  const auto& layout = program.layout().kinds[index(kind)];
  const Table& table = state.tables[index(kind)];
  const auto code = static_cast<std::int64_t>(hash_name(id) >> 12);
  const auto money = [&](const char* name, Row row) {
    return table.column<std::int64_t>(*layout.find(name))[row];
  };
  for (const Row row : table.by_id())
    if (money("code", row) == code)
      return {money("budget_left", row), money("committed", row), money("paid", row)};
  return {};
}

Cents paid_by_flows(const Program& program, const std::vector<Cents>& flows, const std::string& id) {
  Cents sum = 0;
  for (std::size_t f = 0; f < flows.size(); ++f) {
    const auto& column = program.arm().flows[f];
    if (column.is_instrument && column.instrument == id && column.payer.starts_with("government"))
      sum += flows[f];
  }
  return sum;
}

TEST(InstrumentFiles, are_about_all_that_the_strategy_names) {
  EXPECT_GE(files().size(), 30U);
}

TEST(InstrumentFiles, never_exceed_their_budgets_and_balance_to_the_cent) {
  for (const auto& file : files()) {
    SCOPED_TRACE(file);
    const Program program = program_with(file, true);
    State state = found(program, 11, 0);
    const Cents money = total_money(program, state);
    const auto written = instruments_of(file);
    std::vector<Cents> budget(written.size(), -1);
    for (int m = 0; m < months; ++m) {
      step(program, state);
      ASSERT_EQ(total_money(program, state), money);
      for (std::size_t i = 0; i < written.size(); ++i) {
        const Books b = books(program, state, written[i].id);
        const Cents all = b.left + b.committed + b.paid;
        if (budget[i] < 0) budget[i] = all;
        ASSERT_LE(all, budget[i]);  // what lapses is gone
        ASSERT_GE(b.left, 0);
        ASSERT_GE(b.committed, 0);
      }
    }
    for (const auto& one : written) {
      const Cents paid = books(program, state, one.id).paid;
      EXPECT_EQ(paid_by_flows(program, state.ledger.year_flows, one.id), paid) << one.id;
      const bool waits = !one.money || one.form == "regulation" || one.form == "procurement" ||
                         one.form == "fund_of_funds" || one.form == "equity" || one.form == "facility";
      EXPECT_TRUE(waits || paid > 0) << one.id;
    }
  }
}

TEST(InstrumentFiles, without_money_change_not_a_bit) {
  for (const auto& file : files()) {
    SCOPED_TRACE(file);
    std::string more = "instruments:\n";
    const auto written = instruments_of(file);
    if (std::any_of(written.begin(), written.end(), [](const Written& one) { return !one.money; }))
      continue;  // rules that act without money
    for (const auto& one : written)
      more += "  - id: " + one.id + "\n    budget: {" + (one.yearly ? "yearly" : "total") + ": 0 EUR}\n";
    const Program with = program_with(file, true, more), without = program_with(file, false);
    const State a = run_all(with), b = run_all(without);
    ASSERT_EQ(a.tables.size(), b.tables.size());
    for (std::size_t k = 0; k < a.tables.size(); ++k)
      for (std::size_t c = 0; c < with.layout().kinds[k].columns.size(); ++c)
        ASSERT_EQ(a.tables[k].raw_column(static_cast<ColumnId>(c)),
                  b.tables[k].raw_column(static_cast<ColumnId>(c)))
            << with.layout().kinds[k].columns[c].name;
    EXPECT_EQ(a.networks, b.networks);
  }
}

TEST(InstrumentFiles, spend_nothing_when_nobody_is_eligible) {
  for (const auto& file : files()) {
    SCOPED_TRACE(file);
    std::string more = "instruments:\n";
    std::vector<std::string> ids;
    for (const auto& one : instruments_of(file)) {
      if (one.form == "facility" || one.form == "regulation" || one.form == "procurement")
        continue;  // these pay for what they are, not for applicants
      more += "  - id: " + one.id + "\n    eligible: \"1 > 2\"\n";
      ids.push_back(one.id);
    }
    if (ids.empty()) continue;
    const Program program = program_with(file, true, more);
    const State state = run_all(program);
    for (const auto& id : ids) EXPECT_EQ(books(program, state, id).paid, 0) << id;
  }
}

}  // namespace
}  // namespace polder::instrument_files_test
