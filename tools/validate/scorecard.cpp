// SPDX-License-Identifier: Apache-2.0
#include "tools/validate/scorecard.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "tools/json_number.hpp"
#include "tools/text_table.hpp"

namespace polder::tools::validate {

namespace {

using Json = nlohmann::ordered_json;
std::string band(const ScoreRow& row) {
  return fmt::format("{} to {}", show_digits(row.low, 3), show_digits(row.high, 3));
}

std::string shown_verdict(const ScoreRow& row) {
  return row.role == Role::target ? fmt::format("{} (target)", name(row.verdict)) : name(row.verdict);
}

enum class Sources : unsigned char { hidden, shown };

TextTable table_of(std::span<const ScoreRow> rows, Sources sources) {
  std::vector<TextTable::Column> columns{{"fact", Align::left},    {"simulated", Align::right},
                                         {"spread", Align::right}, {"band", Align::left},
                                         {"unit", Align::left},    {"verdict", Align::left}};
  if (sources == Sources::shown) columns.push_back({"source", Align::left});
  TextTable table(std::move(columns));
  for (const ScoreRow& row : rows) {
    std::vector<std::string> cells{
        row.title, show_digits(row.value, 3), show_digits(row.spread, 2), band(row),
        row.unit,  shown_verdict(row)};
    if (sources == Sources::shown) cells.push_back(row.source);
    table.add(std::move(cells));
  }
  return table;
}

std::string summary(const Score& score) {
  return fmt::format(
      "{} of {} tests pass or are near: {:.0f} % ({} pass, {} near, {} miss). Not counted: {} targets, {} "
      "not "
      "measured.\nNear: outside by at most half the width of the band and a quarter of its nearest end. "
      "Spread: "
      "standard deviation over replicates.\n",
      score.pass + score.near, score.tests, 100 * score.share(), score.pass, score.near,
      score.tests - score.pass - score.near, score.targets, score.not_measured);
}

bool needs_reason(const ScoreRow& row) {
  return row.verdict != Verdict::pass;
}

}  // namespace

const char* name(Verdict verdict) {
  switch (verdict) {
    case Verdict::pass:
      return "pass";
    case Verdict::near:
      return "near";
    case Verdict::miss:
      return "miss";
    case Verdict::not_measured:
      break;
  }
  return "not measured";
}

Verdict judge(double value, double low, double high) {
  if (!std::isfinite(value)) return Verdict::not_measured;
  const double outside = std::max(low - value, value - high);
  if (outside <= 0) return Verdict::pass;
  double tolerance = near_width * (high - low);
  const bool holds_zero = low <= 0 && high >= 0;
  if (!holds_zero) tolerance = std::min(tolerance, near_share * std::abs(value < low ? low : high));
  return outside <= tolerance ? Verdict::near : Verdict::miss;
}

std::string ScoreRow::why() const {
  if (verdict == Verdict::not_measured) return note;
  if (verdict == Verdict::pass) return note;
  const bool below = value < low;
  return fmt::format("{} {} the band: {}", show_digits(below ? low - value : value - high, 2),
                     below ? "below" : "above", note);
}

std::vector<ScoreRow> score(std::span<const Observation> replicates, std::span<const Fact> facts) {
  std::vector<ScoreRow> rows;
  const Observation pool = pooled_ventures(replicates);
  for (const Fact& fact : facts) {
    ScoreRow row;
    row.id = fact.id, row.group = fact.group, row.title = fact.title, row.unit = fact.unit;
    row.source = fact.source, row.note = fact.note, row.role = fact.role;
    row.low = fact.low, row.high = fact.high;
    std::vector<Weighted> values;
    for (const Observation& seen : replicates) {
      const double value = fact.measure != nullptr ? fact.measure(seen) : unknown;
      if (std::isfinite(value)) values.push_back({value, 1});
    }
    const auto n = static_cast<double>(values.size());
    row.replicates = static_cast<int>(values.size());
    row.value = mean(values);
    if (fact.measure != nullptr && values.size() < replicates.size())
      if (const double all = fact.measure(pool); std::isfinite(all)) row.value = all;
    row.spread = n > 1 ? standard_deviation(values) * std::sqrt(n / (n - 1)) : unknown;
    row.verdict = judge(row.value, row.low, row.high);
    if (fact.measure != nullptr && row.verdict == Verdict::not_measured)
      row.note = "this run shows too few cases, or the scenario lacks the mechanism";
    rows.push_back(std::move(row));
  }
  return rows;
}

Score total(std::span<const ScoreRow> rows) {
  Score score;
  for (const ScoreRow& row : rows) {
    if (row.verdict == Verdict::not_measured) {
      ++score.not_measured;
    } else if (row.role == Role::target) {
      ++score.targets;
    } else {
      ++score.tests;
      score.pass += row.verdict == Verdict::pass ? 1 : 0;
      score.near += row.verdict == Verdict::near ? 1 : 0;
    }
  }
  return score;
}

std::string as_text(std::span<const ScoreRow> rows) {
  std::string text = table_of(rows, Sources::hidden).text();
  text += '\n' + summary(total(rows)) + "\nWhy not:\n";
  for (const ScoreRow& row : rows)
    if (needs_reason(row))
      text += wrap(
          fmt::format("{} ({}): {}. Band: {}.", row.title, shown_verdict(row), row.why(), row.source), 2);
  return text;
}

std::string as_markdown(std::span<const ScoreRow> rows) {
  std::string text = table_of(rows, Sources::shown).markdown();
  text += '\n' + summary(total(rows)) + "\nWhy not:\n\n";
  for (const ScoreRow& row : rows)
    if (needs_reason(row)) text += fmt::format("- {} ({}): {}.\n", row.title, shown_verdict(row), row.why());
  return text;
}

std::string as_json(std::span<const ScoreRow> rows) {
  Json list = Json::array();
  for (const ScoreRow& row : rows)
    list.push_back({{"id", row.id},
                    {"group", row.group},
                    {"fact", row.title},
                    {"simulated", json_number(row.value)},
                    {"spread", json_number(row.spread)},
                    {"replicates", row.replicates},
                    {"low", row.low},
                    {"high", row.high},
                    {"unit", row.unit},
                    {"source", row.source},
                    {"role", row.role == Role::target ? "target" : "test"},
                    {"verdict", name(row.verdict)},
                    {"why", row.why()},
                    {"note", row.note}});
  const Score score = total(rows);
  const Json object = {{"rows", std::move(list)},
                       {"score",
                        {{"tests", score.tests},
                         {"pass", score.pass},
                         {"near", score.near},
                         {"share", score.share()},
                         {"targets", score.targets},
                         {"not_measured", score.not_measured}}}};
  return object.dump(2) + '\n';
}

}  // namespace polder::tools::validate
