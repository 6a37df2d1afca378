// SPDX-License-Identifier: Apache-2.0
// What a design is asked for: how, how large, over which parameters.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace polder::analysis {

enum class Method : std::uint8_t {
  grid,
  factorial,
  fractional_factorial,
  latin_hypercube,
  sobol_sequence,
  saltelli,
  morris
};
/// As in requests and answers.
std::string_view name_of(Method method);
/// All of them, in the order of the enumeration.
const std::vector<std::string>& method_names();

/// One parameter that varies; numbers in its base unit.
struct ParameterRange {
  std::string name;
  std::string kind = "uniform";   ///< of the distribution
  std::vector<double> arguments;  ///< of the distribution, see README.md
  double low = 0, high = 1;       ///< all points lie within
  bool operator==(const ParameterRange&) const = default;
};

struct DesignRequest {
  Method method = Method::latin_hypercube;
  std::size_t size = 0;
  std::size_t levels = 0;  ///< 0: the method's default
  std::uint64_t seed = 0;
  std::vector<ParameterRange> parameters;
  bool operator==(const DesignRequest&) const = default;
};

/// The largest design that is made.
inline constexpr std::size_t most_points = 5'000'000;

/// errors: InputError with everything that is wrong, each with its place in the request.
DesignRequest read_design_request(const nlohmann::ordered_json& request);
nlohmann::ordered_json as_json(const DesignRequest& request);

}  // namespace polder::analysis
