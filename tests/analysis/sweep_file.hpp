// SPDX-License-Identifier: Apache-2.0
// Writes merged sweeps as `polder sweep run` does, from values that a test knows.
#pragma once
#include <string>
#include <vector>

#include <Eigen/Core>

#include "output/hdf5_file.hpp"
#include "tools/analysis/design.hpp"

namespace polder::analysis::testing {

/// arms: for each arm (point, replicate), in the last of two samples; in the first all values are 0.
inline void write_sweep(const std::string& path, const DesignRequest& request,
                        const std::vector<std::string>& arm_names, const std::vector<Eigen::MatrixXd>& arms) {
  using namespace output::hdf5;
  const Design design = make_design(request);
  const std::uint64_t points = design.num_points(), replicates = static_cast<std::uint64_t>(arms[0].cols());
  File file = File::create(path);
  Group root = file.root();
  root.set_attribute("kind", "sweep");
  root.create("arm", Element::text, {arm_names.size()}).write_text(arm_names);
  root.create("time", Element::i32, {2})
      .write(std::span<const std::int32_t>(std::vector<std::int32_t>{365, 5843}));
  Group parameters = root.create_group("parameters");
  for (std::size_t d = 0; d < request.parameters.size(); ++d) {
    std::vector<double> values;
    for (std::uint64_t p = 0; p < points; ++p) values.push_back(design.point(p)[d]);
    Dataset dataset = parameters.create(request.parameters[d].name, Element::f64, {points});
    dataset.write(std::span<const double>(values));
    dataset.set_attribute("units", "1");
    dataset.set_attribute("low", request.parameters[d].low);
    dataset.set_attribute("high", request.parameters[d].high);
  }
  std::vector<std::int8_t> status(points * replicates, 1);
  std::vector<std::string> errors(points * replicates);
  std::vector<double> values;
  for (std::uint64_t p = 0; p < points; ++p)
    for (const auto& arm : arms)
      for (std::uint64_t r = 0; r < replicates; ++r) {
        const double value = arm(static_cast<Eigen::Index>(p), static_cast<Eigen::Index>(r));
        values.insert(values.end(), {0, value});
        if (value != value) {
          status[p * replicates + r] = 2;
          errors[p * replicates + r] = "division by zero";
        }
      }
  Dataset indicator = root.create_group("indicators")
                          .create("rnd", Element::f64, {points, arms.size(), replicates, std::uint64_t{2}});
  indicator.set_attribute("long_name", "R&D");
  indicator.set_attribute("units", "EUR");
  indicator.write(std::span<const double>(values));
  Group runs = root.create_group("runs");
  runs.create("status", Element::i8, {points, replicates}).write(std::span<const std::int8_t>(status));
  runs.create("error", Element::text, {points, replicates}).write_text(errors);
  nlohmann::ordered_json json = design_answer(request);
  json.erase("points");
  json["request"] = as_json(request);
  root.create_group("design").create("json", Element::text, {}).write_text({json.dump()});
  file.close();
}

}  // namespace polder::analysis::testing
