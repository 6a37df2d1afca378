// SPDX-License-Identifier: Apache-2.0
#include "tools/report/money.hpp"

#include <map>

#include "engine/money.hpp"
#include "tools/effects_report.hpp"
#include "tools/report/moments.hpp"
#include "tools/report/source.hpp"

namespace polder::tools::report {

namespace {

std::size_t num_committed(const output::ResultReader& result, std::size_t arm) {
  std::size_t count = 0;
  for (std::size_t r = 0; r < result.num_replicates(); ++r)
    if (result.is_committed(arm, r)) ++count;
  return count;
}

/// Means over replicates by year of one instrument in one arm.
Json by_year(const output::Array& table, std::size_t arm, std::size_t instrument) {
  Json years = Json::array();
  for (std::size_t y = 0; y < table.shape[2]; ++y) {
    std::vector<double> values;
    for (std::size_t r = 0; r < table.shape[1]; ++r)
      values.push_back(
          table.values[((arm * table.shape[1] + r) * table.shape[2] + y) * table.shape[3] + instrument]);
    years.push_back(number(output::mean_interval(values).mean));
  }
  return years;
}

/// `Interval` has mean, low and high.
template <class Interval>
Json interval(const Interval& value) {
  return {{"mean", number(value.mean)}, {"low", number(value.low)}, {"high", number(value.high)}};
}

Json ratio(const output::Ratio& value, bool there) {
  if (!there) return nullptr;
  return {{"value", number(value.value)}, {"low", number(value.low)}, {"high", number(value.high)}};
}

}  // namespace

Json instrument_flows(const output::ResultReader& result, const Names& names) {
  const std::vector<FlowColumn> columns = result.flow_columns();
  std::map<std::string, Json> payers;  // the public body behind an instrument
  for (const InstrumentColumn& instrument : result.instruments())
    payers[instrument.id] = names.payer(instrument.payer);
  std::vector<std::map<std::size_t, double>> sums(num_arms_shown(result));
  for (const output::FlowRow& row : result.flow_rows())
    if (columns.at(row.flow).is_instrument && row.arm < sums.size())
      sums.at(row.arm)[row.flow] += to_euros(row.amount);
  Json arms = Json::array();
  for (std::size_t arm = 0; arm < sums.size(); ++arm) {
    Json flows = Json::array();
    const auto replicates = static_cast<double>(num_committed(result, arm));
    for (const auto& [flow, sum] : sums[arm]) {
      const FlowColumn& column = columns[flow];
      const bool paid = column.payer == "government" && payers.contains(column.instrument);
      flows.push_back({{"instrument", column.instrument},
                       {"payer", column.payer},
                       {"body", paid ? payers.at(column.instrument) : Json(nullptr)},
                       {"receiver", column.receiver},
                       {"amount", number(sum / replicates)}});
    }
    arms.push_back(std::move(flows));
  }
  return arms;
}

Json instrument_tables(const output::ResultReader& result, const Names& names) {
  Json list = Json::array();
  const auto instruments = result.instruments();
  if (instruments.empty()) return list;
  const output::Array outlay = result.instrument_table("outlay"),
                      applications = result.instrument_table("applications"),
                      awards = result.instrument_table("awards");
  const std::size_t arms_shown = num_arms_shown(result);
  for (std::size_t i = 0; i < instruments.size(); ++i) {
    Json arms = Json::array();
    for (std::size_t arm = 0; arm < arms_shown; ++arm)
      arms.push_back({{"outlay", by_year(outlay, arm, i)},
                      {"applications", by_year(applications, arm, i)},
                      {"awards", by_year(awards, arm, i)}});
    list.push_back({{"id", instruments[i].id},
                    {"title", names.instrument(instruments[i].id)},
                    {"form", instruments[i].form},
                    {"payer", names.payer(instruments[i].payer)},
                    {"arms", std::move(arms)}});
  }
  return list;
}

Json effects_per_euro(const output::ResultReader& result) {
  std::vector<std::pair<ArmOf, ArmOf>> pairs;
  const std::size_t arms_shown = num_arms_shown(result);
  for (std::size_t arm = 1; arm < arms_shown; ++arm)
    pairs.push_back({ArmOf{&result, 0}, ArmOf{&result, arm}});
  Json list = Json::array();
  for (const PolicyEffects& policy : compare_arms(pairs, {}).policies) {
    if (!policy.per_euro) {
      list.push_back(nullptr);
      continue;
    }
    const PerEuro& sums = *policy.per_euro;
    list.push_back({{"outlay", interval(sums.outlay)},
                    {"private_rd", ratio(sums.private_rd, sums.has_private)},
                    {"total_rd", ratio(sums.additionality, sums.has_total)},
                    {"firms_rd", ratio(sums.firms, sums.has_parts)},
                    {"institutes_rd", ratio(sums.institutes, sums.has_parts)},
                    {"constant_pay", ratio(sums.constant_pay, sums.has_pay)}});
  }
  return list;
}

Json accounts_of_instruments(const output::ResultReader& result) {
  Json list = Json::array();
  for (const output::Attribution& one : result.attribution()) {
    Json instruments = Json::array();
    for (std::size_t m = 0; m < one.members.size(); ++m) {
      Json account = {{"id", one.members[m]}};
      for (std::size_t a = 0; a < output::num_accounts; ++a)
        account[output::account_names[a]] = interval(one.totals[m][a]);
      for (std::size_t s = 0; s < output::share_names.size(); ++s)
        account[std::string("shapley_") + output::share_names[s]] = interval(one.shares[s][m].value);
      instruments.push_back(std::move(account));
    }
    list.push_back(
        {{"policy", one.policy}, {"replicates", one.replicates}, {"instruments", std::move(instruments)}});
  }
  return list;
}

}  // namespace polder::tools::report
