// SPDX-License-Identifier: Apache-2.0
// What people call the things of a result: titles of arms, instruments and labels in two languages, from the
// scenarios that are embedded in it.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/scenario.hpp"
#include "output/result_reader.hpp"
#include "tools/report/json.hpp"

namespace polder::tools::report {

class Names {
 public:
  /// A result whose scenarios this version cannot read any more keeps its ids as names.
  explicit Names(const output::ResultReader& result);
  /// {en, nl}; the id where no name is known.
  Json arm(const std::string& id) const { return name(arms_, id); }
  Json instrument(const std::string& id) const { return name(instruments_, id); }
  /// `axis`: sector, region, theme, or another list of the scenario.
  Json label(const std::string& axis, const std::string& id) const;
  /// The name of a public body that pays an instrument, such as `government.national.ezk`.
  Json payer(const std::string& path) const;
  /// Parameters in which an arm differs from the baseline: name, label, value, range, source.
  Json changed_parameters(std::size_t arm) const;
  /// Labels of all parameters of all arms, by name.
  Json parameters() const;
  std::string description(std::size_t arm) const;

 private:
  using Both = std::map<std::string, Json>;
  static Json name(const Both& names, const std::string& id);
  void add_labels(const Scenario& scenario);

  std::vector<Scenario> scenarios_;  ///< one an arm, or none
  Both arms_, instruments_;
  std::map<std::string, Both> labels_;
};

}  // namespace polder::tools::report
