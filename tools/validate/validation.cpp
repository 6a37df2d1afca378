// SPDX-License-Identifier: Apache-2.0
#include "tools/validate/validation.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "output/result_layout.hpp"
#include "output/result_reader.hpp"
#include "scenarios/reader.hpp"

namespace polder::tools::validate {

std::string name_without(const std::string& baseline, const std::string& form) {
  std::string dashed = form;
  std::replace(dashed.begin(), dashed.end(), '_', '-');
  return fmt::format("{}-without-{}s", baseline, dashed);
}

std::optional<Scenario> without_form(const Scenario& baseline, const std::string& form,
                                     const Catalogue& catalogue) {
  std::vector<std::string> ids;
  for (const InstrumentSpec& instrument : baseline.instruments)
    if (instrument.form == form) ids.push_back(instrument.id);
  if (ids.empty()) return {};
  constexpr const char* base = "baseline.yaml";
  const output::ArmScenario embedded = output::embed(baseline);
  std::map<std::string, std::string> files{{base, embedded.resolved}};
  for (const SourceFile& file : embedded.files) files.emplace(file.path, file.content);
  const std::string overlay = fmt::format("polder: 1\nextends: {}\nname: {}\nremove: {{instruments: [{}]}}\n",
                                          base, name_without(baseline.name, form), fmt::join(ids, ", "));
  return scenarios::read_text(overlay, files, {}, catalogue);
}

Watch::Watch(const std::vector<Scenario>& arms, std::uint32_t replicates) : replicates_(replicates) {
  for (const Scenario& arm : arms) {
    forms_.emplace_back();
    for (const char* form : {"tax_credit", "grant"})
      if (arm.name == name_without(arms.front().name, form)) forms_.back() = form;
  }
  for (Replicate& one : replicates_) one.totals.resize(arms.size());
}

void Watch::see(const Program& program, std::size_t arm, std::uint32_t replicate, const State& state) {
  Replicate& one = replicates_.at(replicate);
  one.totals[arm].add(program, state);
  if (arm != 0) return;
  if (!one.observer) one.observer.emplace(program);
  one.observer->see(state);
  if (state.step < program.num_steps()) return;
  one.seen = std::move(*one.observer).finish(state);
  one.observer.reset();
}

std::vector<Observation> Watch::finish(const std::string& path) && {
  const output::ResultReader result(path);
  std::vector<Observation> list;
  for (auto& replicate : replicates_) {
    Observation& seen = replicate.seen;
    const std::vector<FirmTotals>& totals = replicate.totals;
    const FirmTotals& with = totals.front();
    for (std::size_t arm = 1; arm < totals.size(); ++arm) {
      const FirmTotals& without = totals[arm];
      if (forms_[arm] == "tax_credit" && with.tax_credit > 0)
        seen.rd_per_tax_credit = (with.rd - without.rd) / (with.tax_credit - without.tax_credit);
      if (forms_[arm] == "grant") seen.own_rd_per_grant = own_rd_of_recipients(with, without);
    }
    list.push_back(std::move(seen));
  }
  const std::size_t times = result.times().size();
  for (const SeriesInfo& info : result.indicators()) {
    const output::Array series = result.series(info.id);
    for (std::size_t r = 0; r < list.size(); ++r)
      for (std::size_t t = 0; t < times; ++t)
        if (const double value = series.values.at(r * times + t); !std::isnan(value))
          list[r].indicators[info.id].emplace_back(result.times()[t], value);
  }
  return list;
}

}  // namespace polder::tools::validate
