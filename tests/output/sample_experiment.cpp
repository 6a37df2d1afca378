// SPDX-License-Identifier: Apache-2.0
#include "tests/output/sample_experiment.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "engine/ids.hpp"

namespace polder::output::test {
namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

SeriesInfo series(const std::string& id, const std::string& unit, std::vector<std::string> by,
                  std::vector<int> samples) {
  SeriesInfo s;
  s.id = id;
  s.unit = unit;
  s.long_name = "Long name of " + id;
  s.title_en = "Title of " + id;
  s.title_nl = "Titel van " + id + " (ë)";
  s.category = "firms";
  s.indicator_class = "outcome";
  s.definition = "what " + id + " means";
  s.formula = "sum(firm.x)";
  s.annex = 7;
  s.by = std::move(by);
  s.samples = std::move(samples);
  return s;
}

ArmInfo baseline_arm() {
  ArmInfo arm;
  arm.label = "baseline";
  for (int half = 0; half < 6; ++half) arm.times.push_back(Month::of(2020, 6) + 6 * half);
  arm.series = {series("private_rnd", "MEUR", {"sector", "region"}, {1, 3, 5}),
                series("startups", "firms", {}, {0, 1, 2, 3, 4, 5})};
  arm.axes = {{"sector", {"industry", "services", "other"}}, {"region", {"Groningen", "Fryslân"}}};
  arm.flows = {{"wbso", "government", "firm", true}, {"sales", "households", "firm", false}};
  arm.instruments = {{"wbso", "R&D tax credit", "tax-credit", "government.national.finance"}};
  arm.years = {2020, 2021, 2022};
  arm.networks = {{"contacts",
                   {Month::of(2019, 12), Month::of(2022, 12)},
                   {{"kind", {"firm", "person"}}, {"region", {"Groningen", "Fryslân"}}}}};
  return arm;
}

ArmInfo policy_arm() {
  ArmInfo arm = baseline_arm();
  arm.label = "growth-fund-photonics";
  std::swap(arm.series[0], arm.series[1]);
  arm.series.push_back(series("chips", "1", {}, {5}));
  arm.series[1].by = {"region", "sector"};
  arm.axes[1].labels = {"Fryslân", "abroad", "Groningen"};
  arm.networks[0].categories = {{"region", {"abroad", "Fryslân", "Groningen"}}, {"kind", {"firm", "person"}}};
  arm.networks.insert(arm.networks.begin(), {"trust", {Month::of(2019, 12), Month::of(2022, 12)}, {}});
  arm.flows.insert(arm.flows.begin(), {"photonics", "fund", "firm", true});
  arm.flows.push_back({"photonics", "firm", "fund", true});
  arm.instruments.push_back({"photonics", "PhotonDelta", "grant", "fund.growth"});
  return arm;
}

double share(std::uint64_t hash) {
  return static_cast<double>(hash >> 11) * 0x1p-53;
}

/// Position of a label in the order of first appearance over both arms.
std::size_t label_number(const Axis& axis, const std::string& label) {
  const std::vector<std::string> all = axis.name == "sector"
                                           ? std::vector<std::string>{"industry", "services", "other"}
                                           : std::vector<std::string>{"Groningen", "Fryslân", "abroad"};
  return static_cast<std::size_t>(std::find(all.begin(), all.end(), label) - all.begin()) + 1;
}

NetworkSnapshot sample_snapshot(std::size_t arm, std::size_t network, std::size_t moment,
                                const NetworkInfo& info) {
  NetworkSnapshot one;
  one.network = network;
  one.moment = moment;
  one.num_nodes = static_cast<std::int32_t>(200 + 10 * arm + moment);
  one.num_ties = 900;
  const std::size_t nodes = 3 + arm + moment;
  for (std::size_t n = 0; n < nodes; ++n) {
    one.ids.push_back(mix64(n + 10 * network));
    one.weights.push_back(0.5 + static_cast<double>(10 * arm + n));
    one.degrees.push_back(static_cast<std::int32_t>(100 * moment + n));
    for (std::size_t c = 0; c < info.categories.size(); ++c)
      one.labels.push_back(static_cast<std::int32_t>((n + c + arm) % 3) - 1);
    if (n == 0) continue;
    one.first.push_back(0);
    one.second.push_back(static_cast<std::int32_t>(n));
    one.strengths.push_back(share(mix64(n + 100 * arm + 1000 * moment)));
  }
  return one;
}

}  // namespace

ExperimentInfo sample_experiment(std::uint32_t replicates) {
  ExperimentInfo info;
  info.arms = {baseline_arm(), policy_arm()};
  info.replicates = replicates;
  info.seed = 0xfedcba9876543210ULL;
  info.scale = 0.01;
  info.start = Month::of(2020, 1);
  info.title = "What photonics adds";
  info.provenance = current_provenance({});
  info.provenance.created = "2024-01-01T00:00:00Z";
  info.provenance.data = {{"data/sectors.csv", "0123456789abcdef"}};
  const SourceFile shared{"nl-2020.yaml", "1111111111111111", "name: nl-2020\ntitle: Fryslân\n"};
  const SourceFile binary{"data/raw.bin", "2222222222222222", std::string("\xff\0\x01 bytes", 9)};
  info.scenarios = {{"The Netherlands", "name: baseline\n", {shared, binary}},
                    {"With photonics",
                     "name: growth-fund-photonics\n",
                     {{"photonics.yaml", "3333333333333333", "extends: nl-2020.yaml\n"}, shared}}};
  return info;
}

double sample_value(std::size_t arm, std::uint32_t replicate, const std::string& id, Month month,
                    std::size_t label) {
  const std::uint64_t common =
      combine(hash_name(id), combine(replicate, static_cast<std::uint64_t>(month.count) * 100 + label));
  return 100 + 10 * share(common) + static_cast<double>(arm) * (1 + share(mix64(common)));
}

ReplicateResult sample_replicate(const ExperimentInfo& info, std::size_t arm, std::uint32_t replicate) {
  const ArmInfo& a = info.arms[arm];
  ReplicateResult result;
  result.arm = arm;
  result.replicate = replicate;
  for (const auto& s : a.series) {
    const auto sampled = [&](std::size_t t) {
      return std::count(s.samples.begin(), s.samples.end(), static_cast<int>(t)) > 0;
    };
    std::vector<double> values;
    for (std::size_t t = 0; t < a.times.size(); ++t) {
      values.push_back(sampled(t) ? sample_value(arm, replicate, s.id, a.times[t]) : unknown);
    }
    result.values.push_back(std::move(values));
    result.grouped.emplace_back();
    for (const auto& by : s.by) {
      const Axis& axis =
          *std::find_if(a.axes.begin(), a.axes.end(), [&](const Axis& x) { return x.name == by; });
      std::vector<std::vector<double>> split(a.times.size(),
                                             std::vector<double>(axis.labels.size(), unknown));
      for (std::size_t t = 0; t < a.times.size(); ++t) {
        for (std::size_t l = 0; sampled(t) && l < axis.labels.size(); ++l) {
          split[t][l] = sample_value(arm, replicate, s.id, a.times[t], label_number(axis, axis.labels[l]));
        }
      }
      result.grouped.back().push_back(std::move(split));
    }
  }
  for (std::size_t y = 0; y < a.years.size(); ++y) {
    std::vector<Cents> flows;
    for (std::size_t f = 0; f < a.flows.size(); ++f) {
      const bool nothing = (y + f + replicate) % 3 == 0;
      flows.push_back(nothing ? 0
                              : static_cast<Cents>(1'000'000'000'000'007 + Cents{1000} * replicate +
                                                   100 * arm + 10 * y + f));
    }
    result.flows.push_back(std::move(flows));
  }
  for (std::size_t i = 0; i < a.instruments.size(); ++i) {
    result.applications.emplace_back();
    result.awards.emplace_back();
    for (std::size_t y = 0; y < a.years.size(); ++y) {
      result.applications.back().push_back(static_cast<double>(std::size_t{100} * replicate + 10 * i + y) +
                                           0.5);
      result.awards.back().push_back(static_cast<double>(10 * i + y));
    }
  }
  result.founded = {{"firm", 1000.0 + replicate}, {"person", 5000.0}};
  result.agents = {{"firm", 90}, {"person", 51}};
  if (arm == 1) result.agents.emplace_back("fund", 3);
  result.seconds = 0.25;
  for (std::size_t n = 0; replicate == info.first_replicate && n < a.networks.size(); ++n)
    for (std::size_t moment = 0; moment < 2; ++moment)
      result.networks.push_back(sample_snapshot(arm, n, moment, a.networks[n]));
  return result;
}

}  // namespace polder::output::test
