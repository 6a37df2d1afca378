// SPDX-License-Identifier: Apache-2.0
#include "agents/market/digital_infrastructure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>
#include <vector>

#include "agents/kinds/kinds.hpp"
#include "agents/support/labels.hpp"
#include "engine/units.hpp"

namespace polder::agents {

double coverage_at(std::span<const Coverage> figures, Month month) {
  if (figures.empty()) return 0;
  const double year = month.year() + (month.month() - 1) / 12.0;
  const auto after =
      std::find_if(figures.begin(), figures.end(), [&](const Coverage& c) { return c.year > year; });
  if (after == figures.begin()) return figures.front().share;
  if (after == figures.end()) return figures.back().share;
  const Coverage before = *(after - 1);
  return before.share + (after->share - before.share) * (year - before.year) / (after->year - before.year);
}

namespace {

constexpr std::array networks{"fibre", "mobile_4g", "mobile_5g"};
constexpr int first_year = 1990, last_year = 2100;

class DigitalInfrastructure final : public Mechanism {
 public:
  explicit DigitalInfrastructure(Setup& setup);
  void found(Turn& turn) const override { cover(turn); }
  void step(Turn& turn) const override { cover(turn); }

 private:
  void cover(Turn& turn) const;

  KindId government_;
  Handle<std::uint8_t> type_, region_;
  Handle<double> jobs_;
  std::array<Handle<double>, networks.size()> share_;
  std::array<std::vector<std::vector<Coverage>>, networks.size()> figures_;  ///< by region
  std::vector<double> jobs_of_;                                              ///< by region
};

DigitalInfrastructure::DigitalInfrastructure(Setup& s)
    : government_(s.kind("government")),
      type_(s.column<std::uint8_t>("government", "type")),
      region_(s.column<std::uint8_t>("government", "region")),
      jobs_(s.column<double>("government", "jobs")),
      share_{s.column<double>("government", networks[0]), s.column<double>("government", networks[1]),
             s.column<double>("government", networks[2])},
      jobs_of_(label_numbers(s, "regions", "jobs", 1, parse_unit("person")->dimension)) {
  constexpr double missing = -1;
  for (std::size_t k = 0; k < networks.size(); ++k) {
    for (int year = first_year; year <= last_year; ++year) {
      const auto shares = label_numbers(s, "regions", fmt::format("{}_{}", networks[k], year), missing, {});
      figures_[k].resize(std::max(figures_[k].size(), shares.size()));
      for (std::size_t region = 0; region < shares.size(); ++region)
        if (shares[region] != missing) figures_[k][region].push_back({year, shares[region]});
    }
  }
}

void DigitalInfrastructure::cover(Turn& turn) const {
  const auto type = turn.read(type_), region = turn.read(region_);
  for (const Row row : turn.table(government_).by_id()) {
    if (type[row] != static_cast<std::uint8_t>(ActorType::province)) continue;
    if (region[row] < jobs_of_.size()) turn.write(jobs_)[row] = jobs_of_[region[row]];
    for (std::size_t k = 0; k < networks.size(); ++k) {
      if (region[row] < figures_[k].size())
        turn.write(share_[k])[row] = coverage_at(figures_[k][region[row]], turn.month());
    }
  }
}

}  // namespace

const MechanismInfo& digital_infrastructure_mechanism() {
  using enum Access;
  static const MechanismInfo info{
      .name = "digital_infrastructure",
      .family = "market",
      .sentence = "Fibre, 4G and 5G cover the provinces as the figures of the years say",
      .equation = "share of homes or areas covered, linear between the figures of 1 January",
      .source = "figures from outside: scenarios/data/README.md (Telecompaper, ACM; DESI recalled)",
      .ignores = "speed, price and use; effects on productivity and on services",
      .fields = {},
      .columns = {{"government", "type", read},
                  {"government", "region", read},
                  {"government", "jobs", write},
                  {"government", "fibre", write},
                  {"government", "mobile_4g", write},
                  {"government", "mobile_5g", write}},
      .flows = {},
      .networks = {},
      .events = {},
      .after = {},
      .make = [](Setup& setup) -> std::unique_ptr<Mechanism> {
        return std::make_unique<DigitalInfrastructure>(setup);
      }};
  return info;
}

}  // namespace polder::agents
