// SPDX-License-Identifier: Apache-2.0
#include "output/result_attribution.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "output/result_flows.hpp"

namespace polder::output {

namespace {

using hdf5::Element;

constexpr const char* group_name = "attribution";
constexpr std::array changed_kinds{"firm", "institute", "financier"};
const std::set<std::string> earmarked_forms{"grant", "voucher", "tax_credit", "block"};

SeriesInfo series(const std::string& id, const std::string& meaning, std::vector<int> samples) {
  SeriesInfo s;
  s.id = id;
  s.unit = "EUR";
  s.long_name = meaning;
  s.category = attribution_category;
  s.samples = std::move(samples);
  return s;
}

/// Sums from the start of the run, by year.
using Sums = std::vector<double>;

/// All that the accounts need of one file.
class Evidences {
 public:
  Evidences(const hdf5::File& file, const Contents& contents) : contents_(contents) {
    const hdf5::Group group = file.root().group(group_name);
    for (const auto& name : attribution_names()) values_[name] = group.dataset(name).read<double>();
    num_times_ = file.root().dataset("time").shape().front();
    flows_ = read_flow_columns(file);
    for (const FlowRow& row : read_flow_rows(file, contents)) {
      years_.insert(row.year);
      rows_[{row.arm, row.position}].push_back(row);
    }
    const hdf5::Group instruments = file.root().group("instruments");
    const auto ids = instruments.dataset("instrument").read_text(),
               forms = instruments.dataset("form").read_text();
    for (std::size_t i = 0; i < ids.size(); ++i) forms_[ids[i]] = forms.at(i);
  }
  std::vector<int> years() const { return {years_.begin(), years_.end()}; }
  bool earmarked(const std::string& instrument) const {
    const auto at = forms_.find(instrument);
    return at != forms_.end() && earmarked_forms.contains(at->second);
  }
  /// Yearly samples of a series, summed up; missing years repeat the last sum.
  Sums sums(const std::string& name, std::size_t arm, std::size_t replicate) const {
    const auto& all = values_.at(name);
    Sums result;
    double sum = 0;
    for (std::size_t t = 0; t < num_times_; ++t) {
      const double value = all[(arm * contents_.num_replicates + replicate) * num_times_ + t];
      if (std::isnan(value)) continue;
      result.push_back(sum += value);
    }
    result.resize(years_.size(), sum);
    return result;
  }
  template <class Test>
  Sums flow_sums(std::size_t arm, std::size_t replicate, const Test& wanted) const {
    Sums result(years_.size(), 0.0);
    if (const auto at = rows_.find({arm, replicate}); at != rows_.end())
      for (const FlowRow& row : at->second)
        if (wanted(flows_[row.flow]))
          result[static_cast<std::size_t>(std::distance(years_.begin(), years_.find(row.year)))] +=
              to_euros(row.amount);
    for (std::size_t y = 1; y < result.size(); ++y) result[y] += result[y - 1];
    return result;
  }

 private:
  const Contents& contents_;
  std::map<std::string, std::vector<double>> values_;
  std::size_t num_times_ = 0;
  std::vector<FlowColumn> flows_;
  std::map<std::pair<std::size_t, std::uint64_t>, std::vector<FlowRow>> rows_;
  std::set<int> years_;
  std::map<std::string, std::string> forms_;
};

bool paid_by_government(const FlowColumn& flow) {
  return flow.is_instrument && flow.payer.starts_with("government") &&
         !flow.receiver.starts_with("government");
}

std::string kind_of(const std::string& receiver) {
  for (const char* kind : changed_kinds)
    if (receiver.starts_with(kind)) return kind;
  return "other";
}

/// By kind of recipient and year, sums since the start of the run.
using EvidenceTable = std::vector<std::vector<Evidence>>;

/// What one pair shows of one member.
EvidenceTable evidence_of(const Evidences& all, const Package& package, std::size_t member,
                          std::size_t replicate) {
  const std::size_t without = package.arm(package.full() & ~(std::uint64_t{1} << member));
  const std::string& id = package.members[member];
  EvidenceTable result;
  for (const std::string kind : recipient_kinds) {
    const auto outlay = [&](std::size_t arm) {
      return all.flow_sums(arm, replicate, [&](const FlowColumn& flow) {
        return paid_by_government(flow) && flow.instrument == id && kind_of(flow.receiver) == kind;
      });
    };
    const auto abroad = [&](std::size_t arm) {
      return all.flow_sums(arm, replicate, [&](const FlowColumn& flow) {
        return !flow.is_instrument && flow.payer.starts_with(kind) && flow.receiver == "rest_of_world";
      });
    };
    const bool other = kind == "other";
    const Sums none(all.years().size(), 0.0);
    const auto change = [&](const char* name) {
      return other ? none : all.sums(name + kind, without, replicate);
    };
    const Sums paid = outlay(package.policy), paid_without = outlay(without), out = abroad(package.policy),
               out_without = abroad(without);
    const Sums gain = change("recipients_"), others = change("others_"), earmarked = change("earmarked_");
    result.emplace_back();
    for (std::size_t y = 0; y < paid.size(); ++y)
      result.back().push_back({paid[y] - paid_without[y], gain[y], others[y], earmarked[y],
                               other ? 0 : out[y] - out_without[y], !other && all.earmarked(id)});
  }
  return result;
}

/// Mean over pairs, one of them left out (none: past the end).
EvidenceTable mean_evidence(const std::vector<EvidenceTable>& pairs, std::size_t left_out) {
  EvidenceTable mean = pairs.front();
  const double n = static_cast<double>(pairs.size()) - (left_out < pairs.size() ? 1 : 0);
  for (std::size_t k = 0; k < mean.size(); ++k)
    for (std::size_t y = 0; y < mean[k].size(); ++y)
      for (const auto part :
           {&Evidence::outlay, &Evidence::gain, &Evidence::others, &Evidence::earmarked, &Evidence::abroad}) {
        double sum = 0;
        for (std::size_t p = 0; p < pairs.size(); ++p)
          if (p != left_out) sum += pairs[p][k][y].*part;
        mean[k][y].*part = sum / n;
      }
  return mean;
}

/// [kind][year][account], and over all kinds and years at the end.
std::vector<double> account_of(const EvidenceTable& evidence) {
  std::vector<double> values;
  std::array<double, num_accounts> total{};
  for (std::size_t k = 0; k < evidence.size(); ++k) {
    std::array<double, num_accounts> before{};
    for (const Evidence& sums : evidence[k]) {
      auto now = account(sums);
      if (k + 1 == num_recipient_kinds) now = {now[0], 0, 0, 0, 0, now[0], 0};  // `other`
      for (std::size_t a = 0; a < num_accounts; ++a) {
        values.push_back(now[a] - before[a]);
        total[a] += values.back();
      }
      before = now;
    }
  }
  values.insert(values.end(), total.begin(), total.end());
  return values;
}

/// The account of the mean over pairs: accounts of single pairs, cut at 0 and at the outlay, would count
/// noise as windfall and displacement.
std::vector<MeanInterval> account_of(const std::vector<EvidenceTable>& pairs) {
  if (pairs.empty()) return {};
  const std::vector<double> whole = account_of(mean_evidence(pairs, pairs.size()));
  std::vector<std::vector<double>> without(whole.size());
  for (std::size_t p = 0; p < pairs.size() && pairs.size() > 1; ++p) {
    const auto values = account_of(mean_evidence(pairs, p));
    for (std::size_t i = 0; i < values.size(); ++i) without[i].push_back(values[i]);
  }
  std::vector<MeanInterval> result;
  for (std::size_t i = 0; i < whole.size(); ++i) result.push_back(jackknife(whole[i], without[i]));
  return result;
}

/// Value of an arm over the run by measure.
double worth(const Evidences& all, std::size_t arm, std::size_t replicate, std::size_t measure) {
  const auto last = [](const Sums& sums) { return sums.empty() ? 0.0 : sums.back(); };
  if (measure == 0) return last(all.flow_sums(arm, replicate, paid_by_government));
  const auto sum = [&](const char* name) { return last(all.sums(name, arm, replicate)); };
  const double research = sum("research_firm") + sum("research_institute");
  return measure == 1 ? research : sum("research_firm") - sum("public_firm");
}

std::vector<Attribution::Share> shares_of(const Evidences& all, const Package& package,
                                          const std::vector<std::size_t>& replicates, std::size_t measure) {
  const std::size_t n = package.members.size();
  std::vector<std::vector<double>> by_member(n), by_order(package.orders.size(), std::vector<double>(n, 0.0));
  for (const std::size_t r : replicates) {
    const auto value = [&](std::uint64_t mask) { return worth(all, package.arm(mask), r, measure); };
    if (package.orders.empty()) {
      const auto own = shapley(n, value);
      for (std::size_t i = 0; i < n; ++i) by_member[i].push_back(own[i]);
      continue;
    }
    const auto rows = marginals(package.orders, n, value);
    for (std::size_t i = 0; i < n; ++i) {
      double sum = 0;
      for (std::size_t o = 0; o < rows.size(); ++o) {
        sum += rows[o][i];
        by_order[o][i] += rows[o][i] / static_cast<double>(replicates.size());
      }
      by_member[i].push_back(sum / static_cast<double>(rows.size()));
    }
  }
  std::vector<Attribution::Share> shares(n);
  for (std::size_t i = 0; i < n; ++i) {
    shares[i].value = mean_interval(by_member[i]);
    if (package.orders.empty()) continue;
    std::vector<double> means;
    for (const auto& row : by_order) means.push_back(row[i]);
    shares[i].order_error = mean_interval(means).standard_error;
  }
  return shares;
}

Attribution attribute_package(const Evidences& all, const Contents& contents, const Package& package,
                              const std::vector<std::string>& arms) {
  Attribution result{arms.at(package.policy), package.members, all.years(), 0, {}, {}, {}};
  std::vector<std::size_t> replicates;
  for (std::size_t r = 0; r < contents.num_replicates; ++r) {
    bool there = contents.has(package.policy, r);
    for (const std::size_t arm : package.arms) there = there && contents.has(arm, r);
    if (there) replicates.push_back(r);
  }
  result.replicates = replicates.size();
  const std::size_t years = result.years.size();
  for (std::size_t m = 0; m < package.members.size(); ++m) {
    std::vector<EvidenceTable> pairs;
    for (const std::size_t r : replicates) pairs.push_back(evidence_of(all, package, m, r));
    auto values = account_of(pairs);
    if (values.empty()) values.resize((num_recipient_kinds * years + 1) * num_accounts);
    auto next = values.begin();
    const auto take = [&] {
      next += num_accounts;
      return std::vector<MeanInterval>(next - num_accounts, next);
    };
    auto& kinds = result.accounts.emplace_back(num_recipient_kinds);
    for (auto& kind : kinds)
      for (std::size_t y = 0; y < years; ++y) kind.push_back(take());
    result.totals.push_back(take());
  }
  for (std::size_t measure = 0; measure < share_names.size(); ++measure)
    result.shares.push_back(shares_of(all, package, replicates, measure));
  return result;
}

void write_one(hdf5::File& file, AxisTable axes, const Attribution& one) {
  axes["member"] = {AxisSpec::Coordinate::labels,
                    one.members.size(),
                    one.members,
                    {},
                    {{"long_name", "instrument of the package"}},
                    {}};
  axes["recipient"] = {AxisSpec::Coordinate::labels,
                       num_recipient_kinds,
                       {recipient_kinds.begin(), recipient_kinds.end()},
                       {},
                       {{"long_name", "kind of recipient"}},
                       {}};
  axes["year"] = {AxisSpec::Coordinate::numbers,
                  one.years.size(),
                  {},
                  {one.years.begin(), one.years.end()},
                  {{"long_name", "calendar year"}, {"units", "1"}},
                  {}};
  Shelf shelf(make_group(file, std::string(group_name) + "/" + one.policy), axes);
  shelf.group().set_attribute(
      "interval", "95 %, jackknife over replicates, shares by Student's t; Monte Carlo error only");
  const auto add = [&](const std::string& name, std::vector<std::string> on, const std::string& text,
                       const std::string& formula, const std::vector<double>& values) {
    shelf
        .add({"",
              name,
              Element::f64,
              std::move(on),
              {{"long_name", text}, {"units", "EUR"}, {"formula", formula}}})
        .write(std::span<const double>(values));
  };
  const std::array<std::pair<const char*, double MeanInterval::*>, 3> means{
      {{"mean", &MeanInterval::mean}, {"low", &MeanInterval::low}, {"high", &MeanInterval::high}}};
  for (const auto& [statistic, value] : means) {
    for (std::size_t a = 0; a < num_accounts; ++a) {
      std::vector<double> values, totals;
      for (std::size_t m = 0; m < one.members.size(); ++m) {
        for (std::size_t k = 0; k < num_recipient_kinds; ++k)
          for (std::size_t y = 0; y < one.years.size(); ++y)
            values.push_back(one.accounts[m][k][y][a].*value);
        totals.push_back(one.totals[m][a].*value);
      }
      const std::string name = std::string(account_names[a]) + "_";
      add(name + statistic, {"member", "recipient", "year"}, name + statistic + " in the year",
          account_formulas[a], values);
      add(name + "total_" + statistic, {"member"}, name + statistic + " over the run", account_formulas[a],
          totals);
    }
    for (std::size_t s = 0; s < share_names.size(); ++s) {
      std::vector<double> values;
      for (const auto& share : one.shares[s]) values.push_back(share.value.*value);
      add(std::string("shapley_") + share_names[s] + "_" + statistic, {"member"},
          "Shapley share of what the package changes over the run",
          "sum over subsets S without i of |S|! (k - |S| - 1)! / k! (v(S + i) - v(S)), or the mean over "
          "sampled orders",
          values);
    }
  }
  for (std::size_t s = 0; s < share_names.size(); ++s) {
    std::vector<double> errors;
    for (const auto& share : one.shares[s]) errors.push_back(share.order_error);
    add(std::string("shapley_") + share_names[s] + "_order_error", {"member"},
        "standard error of sampling orders, 0: all subsets were run", "", errors);
  }
  shelf.finish();
}

}  // namespace

std::vector<int> yearly_samples(const ArmInfo& arm) {
  std::vector<int> positions;
  for (std::size_t t = 0; t < arm.times.size(); ++t) {
    if (!positions.empty() &&
        arm.times[static_cast<std::size_t>(positions.back())].year() == arm.times[t].year())
      positions.pop_back();
    positions.push_back(static_cast<int>(t));
  }
  return positions;
}

std::vector<std::string> attribution_names() {
  std::vector<std::string> names{"research_firm", "public_firm", "research_institute", "public_institute",
                                 "tickets_financier"};
  for (const char* what : {"recipients_", "others_", "earmarked_"})
    for (const char* kind : changed_kinds) names.push_back(std::string(what) + kind);
  return names;
}

std::vector<SeriesInfo> attribution_series(const ArmInfo& arm) {
  const std::vector<int> samples = yearly_samples(arm);
  std::vector<SeriesInfo> list;
  for (const auto& name : attribution_names()) {
    const std::string meaning =
        name.starts_with("recipients_")
            ? "R&D at the missing instrument's recipients: whole package less this arm"
        : name.starts_with("others_") ? "R&D at others of the kind: whole package less this arm"
        : name.starts_with("earmarked_")
            ? "public R&D money spent at its recipients: whole package less this arm"
            : "sum over all agents of the kind since the sample before";
    list.push_back(series(name, meaning, samples));
  }
  return list;
}

std::vector<Package> packages_of(const hdf5::File& file) {
  const hdf5::Group root = file.root();
  if (!root.has(group_name)) return {};
  return read_packages(root.group(group_name).text_attribute("packages"));
}

std::vector<Attribution> attribute(const hdf5::File& file, const Contents& contents) {
  const std::vector<Package> packages = packages_of(file);
  std::vector<Attribution> list;
  if (packages.empty()) return list;
  const Evidences all(file, contents);
  const auto arms = file.root().dataset("arm").read_text();
  for (const Package& package : packages) list.push_back(attribute_package(all, contents, package, arms));
  return list;
}

void add_packages(hdf5::File& file, const ExperimentInfo& info) {
  if (info.packages.empty()) return;
  make_group(file, group_name).set_attribute("packages", write_packages(info.packages));
}

void add_attribution(hdf5::File& file, const ExperimentInfo& info, const ResultLayout& layout,
                     const Contents& contents) {
  if (info.packages.empty()) return;
  const AxisTable axes = make_axes(info, layout, contents.num_replicates);
  for (const Attribution& one : attribute(file, contents)) write_one(file, axes, one);
}

}  // namespace polder::output
