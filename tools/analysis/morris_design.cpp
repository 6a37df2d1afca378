// SPDX-License-Identifier: Apache-2.0
// Trajectories for elementary effects: from a random point of a grid of levels each parameter moves once, in
// random order, by the same step on the scale of probability.
//
//   step = L / (2 (L - 1)) for an even number L of levels 0, 1/(L-1), ..., 1
//
// With this step every level is as likely as any other.
// source: Morris, M. D. (1991), Factorial sampling plans for preliminary computational experiments,
// Technometrics 33(2), 161-174.
#include <numeric>
#include <random>

#include "tools/analysis/design.hpp"

namespace polder::analysis {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t usual_levels = 4;

/// Numbers of one trajectory, from the seed and its number alone, so that more trajectories leave the first
/// ones as they are. The engine and the seed sequence are the same on every platform; std's distributions are
/// not.
class Numbers {
 public:
  Numbers(std::uint64_t seed, std::uint64_t trajectory) {
    std::seed_seq words{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32),
                        static_cast<std::uint32_t>(trajectory), static_cast<std::uint32_t>(trajectory >> 32)};
    engine_.seed(words);
  }
  /// Uniform on 0 .. n - 1. With 64 bits the bias is far below any size of design.
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(engine_() % n); }

 private:
  std::mt19937_64 engine_;
};

struct Trajectory {
  std::vector<std::size_t> start;  ///< level of each parameter
  std::vector<std::size_t> order;  ///< which parameter moves
  std::vector<bool> up;            ///< by parameter
};

Trajectory draw(std::size_t dimension, std::size_t levels, Numbers numbers) {
  Trajectory trajectory{std::vector<std::size_t>(dimension), std::vector<std::size_t>(dimension),
                        std::vector<bool>(dimension)};
  for (std::size_t d = 0; d < dimension; ++d) {
    trajectory.start[d] = numbers.below(levels);
    trajectory.up[d] = trajectory.start[d] < levels / 2;  // the other way would leave the grid
  }
  std::iota(trajectory.order.begin(), trajectory.order.end(), std::size_t{0});
  for (std::size_t d = dimension; d > 1; --d)
    std::swap(trajectory.order[d - 1], trajectory.order[numbers.below(d)]);
  return trajectory;
}

}  // namespace

Design morris_design(const DesignRequest& request, const std::vector<Marginal>& marginals) {
  const std::size_t dimension = marginals.size();
  const std::size_t levels = request.levels == 0 ? usual_levels : request.levels;
  if (levels < 2 || levels % 2 != 0) refuse_request("levels", levels, "an even number of levels, at least 2");
  if (request.size < 1) refuse_request("size", request.size, "at least 1 trajectory");
  for (std::size_t d = 0; d < dimension; ++d)
    if (marginals[d].num_levels() == 1)
      refuse_request("parameters", d, "at least two values of every parameter, for it to move");
  limit_points(static_cast<double>(request.size) * static_cast<double>(dimension + 1), "size", request.size);

  const double last = static_cast<double>(levels - 1);
  const double step = static_cast<double>(levels) / (2 * last);
  Design design{dimension, {}, Json::object()};
  design.values.reserve(request.size * (dimension + 1) * dimension);
  Json parameter = Json::array(), delta = Json::array();
  for (std::size_t t = 0; t < request.size; ++t) {
    const Trajectory trajectory = draw(dimension, levels, Numbers(request.seed, t));
    std::vector<std::size_t> level = trajectory.start;
    const auto add_point = [&] {
      for (std::size_t d = 0; d < dimension; ++d)
        design.values.push_back(marginals[d].level(static_cast<double>(level[d]) / last));
    };
    add_point();
    std::vector<double> moves;
    for (const std::size_t d : trajectory.order) {
      level[d] = trajectory.up[d] ? level[d] + levels / 2 : level[d] - levels / 2;
      moves.push_back(trajectory.up[d] ? step : -step);
      add_point();
    }
    parameter.push_back(trajectory.order);
    delta.push_back(moves);
  }
  design.structure = {
      {"levels", levels}, {"step", step}, {"parameter", std::move(parameter)}, {"delta", std::move(delta)}};
  return design;
}

}  // namespace polder::analysis
