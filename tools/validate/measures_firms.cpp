// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <map>

#include "tools/validate/measures.hpp"

namespace polder::tools::validate {

namespace {

/// One value of a firm and year as a sample; only firms that `use` accepts.
template <class Value, class Use>
std::vector<Weighted> sample_of(const YearBook& year, Value value, Use use) {
  std::vector<Weighted> sample;
  for (const FirmYear& firm : year.firms)
    if (use(firm)) sample.push_back({value(firm), firm.weight});
  return sample;
}

/// Calls use(firm before, firm after) for firms that are in both years; both lists are sorted by id.
template <class Use>
void for_survivors(const YearBook& before, const YearBook& after, Use use) {
  auto next = after.firms.begin();
  for (const FirmYear& firm : before.firms) {
    while (next != after.firms.end() && next->id < firm.id) ++next;
    if (next != after.firms.end() && next->id == firm.id) use(firm, *next);
  }
}

/// Takes the mean of each (year, sector) away.
struct Centred {
  std::map<std::pair<int, int>, std::pair<double, double>> sums;  // weight, weighted value
  void add(int year, int sector, double value, double weight) {
    auto& [w, v] = sums[{year, sector}];
    w += weight, v += weight * value;
  }
  double around(int year, int sector, double value) const {
    const auto& [w, v] = sums.at({year, sector});
    return value - v / w;
  }
};

struct Growth {
  double value, weight, staff;
};

/// Log growth of sales from December to December around that of sector and year.
std::vector<Growth> growth_rates(const Observation& seen, double least_staff) {
  struct Raw {
    int year, sector;
    Growth growth;
  };
  std::vector<Raw> raw;
  Centred centre;
  for (std::size_t y = 1; y < seen.years.size(); ++y)
    for_survivors(seen.years[y - 1], seen.years[y], [&](const FirmYear& a, const FirmYear& b) {
      if (a.staff < least_staff || a.sales <= 0 || b.sales <= 0) return;
      raw.push_back({seen.years[y].year, a.sector, {std::log(b.sales / a.sales), a.weight, a.staff}});
      centre.add(raw.back().year, a.sector, raw.back().growth.value, a.weight);
    });
  std::vector<Growth> list;
  list.reserve(raw.size());
  for (const Raw& one : raw) {
    list.push_back(one.growth);
    list.back().value = centre.around(one.year, one.sector, one.growth.value);
  }
  return list;
}

Centred mean_productivity(const YearBook& year) {
  Centred centre;
  for (const FirmYear& firm : year.firms)
    if (firm.productivity > 0) centre.add(0, firm.sector, std::log(firm.productivity), firm.weight);
  return centre;
}

double survival_after(const Observation& seen, double months) {
  return survival(seen.startups, months);
}

double rd_share(const Observation& seen, bool (*use)(const FirmYear&)) {
  double all = 0, part = 0;
  if (seen.years.empty()) return unknown;
  for (const FirmYear& firm : seen.years.back().firms) {
    all += firm.weight * firm.rd;
    if (use(firm)) part += firm.weight * firm.rd;
  }
  return all > 0 ? part / all : unknown;
}

/// R&D a year and patents of all years, by firm.
std::map<AgentId, FirmYear> applicants(const Observation& seen) {
  std::map<AgentId, FirmYear> firms;
  for (const YearBook& year : seen.years)
    for (const FirmYear& firm : year.firms) {
      const auto [entry, fresh] = firms.try_emplace(firm.id, firm);
      if (fresh) continue;
      entry->second.rd += firm.rd, entry->second.patents += firm.patents;
    }
  return firms;
}

}  // namespace

double firm_size_tail(const Observation& seen) {
  if (seen.years.empty()) return unknown;
  constexpr double from = 50;
  return hill_exponent(sample_of(
                           seen.years.back(), [](const FirmYear& f) { return f.staff; },
                           [](const FirmYear& f) { return f.staff >= from; }),
                       from);
}

double growth_shape(const Observation& seen) {
  std::vector<Weighted> sample;
  for (const Growth& one : growth_rates(seen, 20)) sample.push_back({one.value, one.weight});
  return fit_subbotin(sample).shape;
}

double growth_tail(const Observation& seen) {
  std::vector<Weighted> sample;
  for (const Growth& one : growth_rates(seen, 20)) sample.push_back({std::abs(one.value), one.weight});
  return sample.empty() ? unknown : 1 + hill_exponent(sample, quantile(sample, 0.95));
}

double growth_spread_slope(const Observation& seen) {
  std::map<int, std::vector<Weighted>> classes;
  std::map<int, std::vector<Weighted>> sizes;
  for (const Growth& one : growth_rates(seen, 2)) {
    const int size = static_cast<int>(std::floor(std::log2(one.staff)));
    classes[size].push_back({one.value, one.weight});
    sizes[size].push_back({std::log(one.staff), one.weight});
  }
  std::vector<Point> points;
  for (const auto& [size, growth] : classes)
    if (growth.size() >= 100) points.push_back({mean(sizes[size]), std::log(standard_deviation(growth)), 1});
  return -slope(points);
}

double survival_after_one_year(const Observation& seen) {
  return survival_after(seen, 12);
}
double survival_after_three_years(const Observation& seen) {
  return survival_after(seen, 36);
}
double survival_after_five_years(const Observation& seen) {
  return survival_after(seen, 60);
}

double employers_after_five_years(const Observation& seen) {
  return survival(seen.employers, 60);
}

double productivity_ratio(const Observation& seen) {
  if (seen.years.empty()) return unknown;
  const YearBook& year = seen.years.back();
  const Centred centre = mean_productivity(year);
  const auto sample = sample_of(
      year, [&](const FirmYear& f) { return centre.around(0, f.sector, std::log(f.productivity)); },
      [](const FirmYear& f) { return f.productivity > 0; });
  return std::exp(quantile(sample, 0.9) - quantile(sample, 0.1));
}

double productivity_memory(const Observation& seen) {
  std::vector<Point> points;
  for (std::size_t y = 1; y < seen.years.size(); ++y) {
    const Centred before = mean_productivity(seen.years[y - 1]), after = mean_productivity(seen.years[y]);
    for_survivors(seen.years[y - 1], seen.years[y], [&](const FirmYear& a, const FirmYear& b) {
      if (a.productivity <= 0 || b.productivity <= 0) return;
      points.push_back({before.around(0, a.sector, std::log(a.productivity)),
                        after.around(0, b.sector, std::log(b.productivity)), a.weight});
    });
  }
  return slope(points);
}

double fast_growers_jobs(const Observation& seen) {
  constexpr std::size_t span = 3;
  if (seen.years.size() <= span) return unknown;
  std::vector<std::pair<double, Weighted>> firms;  // growth rate; jobs added, weight
  double all = 0, created = 0, fast = 0;
  for_survivors(seen.years[seen.years.size() - 1 - span], seen.years.back(),
                [&](const FirmYear& a, const FirmYear& b) {
                  if (a.staff < 10) return;
                  firms.push_back({b.staff / a.staff, {b.staff - a.staff, a.weight}});
                  all += a.weight;
                  created += a.weight * std::max(0.0, b.staff - a.staff);
                });
  std::stable_sort(firms.begin(), firms.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  double left = 0.06 * all;
  for (const auto& [rate, jobs] : firms) {
    const double part = std::min(left, jobs.weight);
    fast += part * std::max(0.0, jobs.value);
    left -= part;
  }
  return created > 0 ? fast / created : unknown;
}

double rd_of_top_ten(const Observation& seen) {
  if (seen.years.empty()) return unknown;
  return share_of_largest(sample_of(
                              seen.years.back(), [](const FirmYear& f) { return f.rd; },
                              [](const FirmYear& f) { return f.rd > 0; }),
                          10);
}

double rd_of_small_firms(const Observation& seen) {
  return rd_share(seen, [](const FirmYear& firm) { return firm.small; });
}

double small_performers(const Observation& seen) {
  double all = 0, small = 0;
  if (seen.years.empty()) return unknown;
  for (const FirmYear& firm : seen.years.back().firms) {
    if (!firm.performer) continue;
    all += firm.weight, small += firm.small ? firm.weight : 0;
  }
  return all > 0 ? small / all : unknown;
}

double tax_credit_of_large(const Observation& seen) {
  double all = 0, large = 0;
  for (const YearBook& year : seen.years)
    for (const FirmYear& firm : year.firms)
      all += firm.weight * firm.tax_credit, large += firm.large ? firm.weight * firm.tax_credit : 0;
  return all > 0 ? large / all : unknown;
}

double patent_exponent(const Observation& seen) {
  std::vector<Weighted> sample;
  for (const auto& [id, firm] : applicants(seen)) sample.push_back({firm.patents, firm.weight});
  return count_exponent(sample, 5);
}

double patent_elasticity(const Observation& seen) {
  std::vector<Point> points;
  for (const auto& [id, firm] : applicants(seen))
    if (firm.rd > 0) points.push_back({std::log(firm.rd), firm.patents, firm.weight});
  return poisson_slope(points);
}

double patents_by_doubling(const Observation& seen) {
  std::vector<double> rd, patents;
  for (const YearBook& year : seen.years)
    for (std::size_t r = 0; r < year.region_rd.size(); ++r) {
      rd.resize(std::max(rd.size(), r + 1), 0), patents.resize(rd.size(), 0);
      rd[r] += year.region_rd[r], patents[r] += year.region_patents[r];
    }
  std::vector<Point> points;
  for (std::size_t r = 0; r < rd.size(); ++r)
    if (rd[r] > 0 && patents[r] > 0) points.push_back({std::log2(rd[r]), std::log2(patents[r]), 1});
  return std::exp2(slope(points)) - 1;
}

namespace {

/// Mean of an indicator over the first three years.
double first_years_of(const char* indicator, const Observation& seen) {
  const auto found = seen.indicators.find(indicator);
  if (found == seen.indicators.end()) return unknown;
  std::vector<Weighted> sample;
  for (const auto& [month, value] : found->second)
    if (month < found->second.front().first + 36 && !std::isnan(value)) sample.push_back({value, 1});
  return mean(sample);
}

}  // namespace

double rd_intensity(const Observation& seen) {
  return first_years_of("rd_intensity", seen);
}

double articles_international(const Observation& seen) {
  return first_years_of("articles_abroad", seen);
}

double tax_credit_effect(const Observation& seen) {
  return seen.rd_per_tax_credit;
}
double grant_effect(const Observation& seen) {
  return seen.own_rd_per_grant;
}

}  // namespace polder::tools::validate
