// SPDX-License-Identifier: Apache-2.0
#include "output/attribution.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <bit>
#include <sstream>
#include <stdexcept>

#include "engine/error.hpp"

namespace polder::output {

const std::array<const char*, num_accounts> account_formulas{
    "money paid under the instrument's name to this kind of recipient",
    "clamp(d R&D at recipients, 0, outlay) - displaced",
    "clamp(used - d R&D at recipients, 0, outlay - supported - leaked); used: d earmarked public money "
    "spent, or "
    "the outlay of forms without earmark; supported: additional + displaced",
    "min(supported, max(0, -d R&D at others of the kind))",
    "clamp(d payments of the kind to the rest of the world, 0, outlay - supported)",
    "outlay - additional - displaced - leaked - windfall: paid and not yet spent, or spent on services and "
    "buildings",
    "d R&D at recipients - used: private money, negative when crowded out"};

std::size_t Package::arm(std::uint64_t mask) const {
  if (mask == full()) return policy;
  const auto at = std::find(masks.begin(), masks.end(), mask);
  if (at == masks.end()) throw std::out_of_range("a subset of the package that is not run");
  return arms[static_cast<std::size_t>(at - masks.begin())];
}

bool is_further_arm(std::span<const Package> packages, std::size_t arm) {
  return std::any_of(packages.begin(), packages.end(), [&](const Package& package) {
    return std::find(package.arms.begin(), package.arms.end(), arm) != package.arms.end();
  });
}

std::string write_packages(const std::vector<Package>& packages) {
  std::string text;
  for (const Package& p : packages) {
    text += fmt::format("policy {}\nmembers {}\n", p.policy, fmt::join(p.members, " "));
    for (std::size_t i = 0; i < p.masks.size(); ++i)
      text += fmt::format("arm {} {}\n", p.masks[i], p.arms[i]);
    for (const auto& order : p.orders) text += fmt::format("order {}\n", fmt::join(order, " "));
  }
  return text;
}

std::vector<Package> read_packages(const std::string& text) {
  std::vector<Package> packages;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string what;
    words >> what;
    if (what == "policy") {
      packages.emplace_back();
      words >> packages.back().policy;
      continue;
    }
    if (packages.empty()) throw std::invalid_argument("packages: " + line);
    Package& p = packages.back();
    if (what == "members") {
      for (std::string id; words >> id;) p.members.push_back(id);
    } else if (what == "arm") {
      std::uint64_t mask = 0;
      std::size_t arm = 0;
      words >> mask >> arm;
      p.masks.push_back(mask);
      p.arms.push_back(arm);
    } else if (what == "order") {
      p.orders.emplace_back();
      for (std::uint32_t i = 0; words >> i;) p.orders.back().push_back(i);
    } else {
      throw std::invalid_argument("packages: " + line);
    }
  }
  return packages;
}

std::array<double, num_accounts> account(const Evidence& e) {
  const double outlay = std::max(0.0, e.outlay);
  const double used = e.is_earmarked ? std::clamp(e.earmarked, 0.0, outlay) : outlay;
  const double supported = std::clamp(e.gain, 0.0, outlay);
  const double displaced = std::min(supported, std::max(0.0, -e.others));
  const double leaked = std::clamp(e.abroad, 0.0, outlay - supported);
  const double windfall = std::clamp(used - e.gain, 0.0, outlay - supported - leaked);
  return {outlay,       supported - displaced,
          windfall,     displaced,
          leaked,       outlay - supported - leaked - windfall,
          e.gain - used};
}

std::vector<double> shapley(std::size_t players, const std::function<double(std::uint64_t)>& value) {
  EXPECTS(players >= 1 && players <= 16);
  const std::uint64_t all = std::uint64_t{1} << players;
  std::vector<double> values;
  for (std::uint64_t mask = 0; mask < all; ++mask) values.push_back(value(mask));
  // weight[s] = s! (k - s - 1)! / k!
  std::vector<double> weight(players);
  double binomial = 1;  // of (k - 1 over s)
  for (std::size_t s = 0; s < players; ++s) {
    weight[s] = 1 / (static_cast<double>(players) * binomial);
    binomial *= static_cast<double>(players - 1 - s) / static_cast<double>(s + 1);
  }
  std::vector<double> shares(players, 0.0);
  for (std::uint64_t mask = 0; mask < all; ++mask)
    for (std::size_t i = 0; i < players; ++i)
      if ((mask >> i & 1) == 0)
        shares[i] += weight[static_cast<std::size_t>(std::popcount(mask))] *
                     (values[mask | std::uint64_t{1} << i] - values[mask]);
  return shares;
}

std::vector<std::vector<double>> marginals(const std::vector<std::vector<std::uint32_t>>& orders,
                                           std::size_t players,
                                           const std::function<double(std::uint64_t)>& value) {
  std::vector<std::vector<double>> all;
  for (const auto& order : orders) {
    std::vector<double> own(players, 0.0);
    std::uint64_t mask = 0;
    double before = value(mask);
    for (const std::uint32_t i : order) {
      mask |= std::uint64_t{1} << i;
      const double after = value(mask);
      own[i] = after - before;
      before = after;
    }
    all.push_back(std::move(own));
  }
  return all;
}

}  // namespace polder::output
