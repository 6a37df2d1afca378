// SPDX-License-Identifier: Apache-2.0
// Requests that the tests make.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "tools/analysis/design.hpp"

namespace polder::analysis::testing {

inline ParameterRange parameter(std::string name, double low, double high, std::string kind = "uniform",
                                std::vector<double> arguments = {}) {
  return {std::move(name), std::move(kind), std::move(arguments), low, high};
}

inline DesignRequest request(Method method, std::size_t size, std::vector<ParameterRange> parameters,
                             std::uint64_t seed = 1) {
  DesignRequest made;
  made.method = method;
  made.size = size;
  made.seed = seed;
  made.parameters = std::move(parameters);
  return made;
}

/// x1, x2, ... uniform on [low, high].
inline std::vector<ParameterRange> uniform_parameters(std::size_t count, double low = 0, double high = 1) {
  std::vector<ParameterRange> parameters;
  for (std::size_t p = 1; p <= count; ++p)
    parameters.push_back(parameter("x" + std::to_string(p), low, high));
  return parameters;
}

}  // namespace polder::analysis::testing
