// SPDX-License-Identifier: Apache-2.0
#include "tools/attribution_text.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "tools/json_number.hpp"
#include "tools/text_table.hpp"

namespace polder::tools {

namespace {

using Json = nlohmann::ordered_json;
constexpr double million = 1e6;

std::string in_millions(const output::MeanInterval& m) {
  if (std::isnan(m.mean)) return "";
  const double half = std::isnan(m.high) ? 0 : (m.high - m.low) / 2;
  const int digits = std::max(std::abs(m.mean), half) >= 100 * million ? 0 : 1;
  const std::string mean = fmt::format("{:.{}f}", m.mean / million, digits);
  return std::isnan(m.high) ? mean : fmt::format("{} ±{:.{}f}", mean, half / million, digits);
}

Json interval_json(const output::MeanInterval& m) {
  return {{"mean", json_number(m.mean)}, {"low", json_number(m.low)}, {"high", json_number(m.high)}};
}

Json attribution_json(const output::Attribution& one) {
  Json members = Json::array();
  for (std::size_t m = 0; m < one.members.size(); ++m) {
    Json object = {{"instrument", one.members[m]}};
    for (std::size_t a = 0; a < output::num_accounts; ++a)
      object[output::account_names[a]] = interval_json(one.totals[m][a]);
    for (std::size_t s = 0; s < output::share_names.size(); ++s) {
      Json share = interval_json(one.shares[s][m].value);
      share["order_error"] = json_number(one.shares[s][m].order_error);
      object[std::string("shapley_") + output::share_names[s]] = std::move(share);
    }
    members.push_back(std::move(object));
  }
  return {{"policy", one.policy},
          {"unit", "EUR"},
          {"replicates", one.replicates},
          {"instruments", std::move(members)}};
}

}  // namespace

std::string as_text(const output::Attribution& one) {
  std::string out = fmt::format("\nWhat the instruments of {} added, over the whole run, MEUR: {}\n\n",
                                one.policy, counted(one.replicates, "leave-one-out pair"));
  std::vector<TextTable::Column> columns{{"Instrument"}};
  for (const char* name : output::account_names) columns.push_back({name, Align::right});
  TextTable table(columns);
  for (std::size_t m = 0; m < one.members.size(); ++m) {
    std::vector<std::string> cells{one.members[m]};
    for (const auto& value : one.totals[m]) cells.push_back(in_millions(value));
    table.add(cells);
  }
  out += table.text() + '\n';
  columns = {{"Shapley share, MEUR"}};
  for (const char* name : output::share_names) columns.push_back({name, Align::right});
  const bool sampled = one.shares.front().front().order_error != 0;
  if (sampled) columns.push_back({"error of sampled orders", Align::right});
  TextTable shares(columns);
  for (std::size_t m = 0; m < one.members.size(); ++m) {
    std::vector<std::string> cells{one.members[m]};
    for (const auto& measure : one.shares) cells.push_back(in_millions(measure[m].value));
    if (sampled) cells.push_back(fmt::format("{:.1f}", one.shares[1][m].order_error / million));
    shares.add(cells);
  }
  out += shares.text() + '\n';
  out += wrap(
      "Outlay = additional + windfall + displaced + leaked + residual; crowded_in is private money "
      "(negative: "
      "crowded out). ±: half the 95 % interval over replicates, Monte Carlo error only. Formulas and values "
      "by "
      "year and kind of recipient stand in the result, group attribution.",
      0);
  return out;
}

std::string as_json(const EffectsReport& report, const std::vector<output::Attribution>& attribution) {
  Json object = Json::parse(as_json(report));
  Json list = Json::array();
  for (const auto& one : attribution) list.push_back(attribution_json(one));
  object["attribution"] = std::move(list);
  return object.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace polder::tools
