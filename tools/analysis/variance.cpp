// SPDX-License-Identifier: Apache-2.0
#include "tools/analysis/variance.hpp"

#include <algorithm>
#include <cmath>

namespace polder::analysis {

namespace {

using Eigen::MatrixXd;
using Eigen::VectorXd;

/// Enough for data with many holes; complete data need two rounds.
constexpr int most_rounds = 500;

double variance_of(const VectorXd& values, const VectorXd& known) {
  const double count = known.sum();
  if (count < 2) return unknown;
  const double mean = values.dot(known) / count;
  return ((values.array() - mean).square() * known.array()).sum() / (count - 1);
}

/// Effects of rows and columns by turns until nothing moves.
struct Additive {
  VectorXd rows, columns;
  double squares = 0;  ///< of what is left
};

Additive fit(const MatrixXd& y, const MatrixXd& known, const VectorXd& in_row, const VectorXd& in_column) {
  Additive model{VectorXd::Zero(y.rows()), VectorXd::Zero(y.cols()), 0};
  const double size = std::max(y.cwiseAbs().maxCoeff(), 1e-300);
  for (int round = 0; round < most_rounds; ++round) {
    const MatrixXd without_columns =
        (y - model.columns.transpose().replicate(y.rows(), 1)).cwiseProduct(known);
    model.rows = without_columns.rowwise().sum().cwiseQuotient(in_row.cwiseMax(1));
    const MatrixXd without_rows = (y - model.rows.replicate(1, y.cols())).cwiseProduct(known);
    VectorXd columns = without_rows.colwise().sum().transpose().cwiseQuotient(in_column.cwiseMax(1));
    // The columns' effects add up to nothing, so that a row's is its own level.
    const VectorXd met = in_column.cwiseMin(1);
    columns = (columns.array() - columns.dot(met) / std::max(met.sum(), 1.0)).matrix().cwiseProduct(met);
    const double moved = (columns - model.columns).cwiseAbs().maxCoeff();
    model.columns = columns;
    if (moved <= 1e-14 * size) break;
  }
  const MatrixXd left =
      (y - model.rows.replicate(1, y.cols()) - model.columns.transpose().replicate(y.rows(), 1))
          .cwiseProduct(known);
  model.squares = left.squaredNorm();
  return model;
}

}  // namespace

double PointVariance::reliability() const {
  if (!noise_known() || !(of_means > 0)) return 1;
  return parameter / of_means;
}

PointVariance split_variance(const MatrixXd& values) {
  PointVariance split;
  const MatrixXd known = values.unaryExpr([](double v) { return std::isnan(v) ? 0.0 : 1.0; });
  const VectorXd in_row = known.rowwise().sum(), in_column = known.colwise().sum().transpose();
  const VectorXd row_known = in_row.cwiseMin(1), column_known = in_column.cwiseMin(1);
  split.points = static_cast<std::size_t>(row_known.sum());
  split.runs = static_cast<std::size_t>(known.sum());
  split.point_means = VectorXd::Constant(values.rows(), unknown);
  split.noise = split.point_means;
  if (split.points == 0) return split;

  const MatrixXd filled = values.unaryExpr([](double v) { return std::isnan(v) ? 0.0 : v; });
  // Far from 0 the squares of small differences would drown.
  const double level = filled.sum() / known.sum();
  const MatrixXd y = ((filled.array() - level) * known.array()).matrix();
  const Additive model = fit(y, known, in_row, in_column);
  for (Eigen::Index p = 0; p < values.rows(); ++p)
    if (row_known[p] > 0) split.point_means[p] = level + model.rows[p];
  split.mean = level + model.rows.dot(row_known) / row_known.sum();
  split.of_means = variance_of(model.rows, row_known);
  split.parameter = split.of_means;

  const double degrees = known.sum() - row_known.sum() - column_known.sum() + 1;
  if (degrees < 1 || column_known.sum() < 2) return split;
  split.replicate_own = model.squares / degrees;
  split.noise = (split.replicate_own * in_row.cwiseMax(1).cwiseInverse().array()).matrix();
  split.mean_noise = split.noise.dot(row_known) / row_known.sum();
  split.parameter = std::max(0.0, split.of_means - split.mean_noise);
  const double column_noise =
      split.replicate_own * in_column.cwiseMax(1).cwiseInverse().dot(column_known) / column_known.sum();
  split.replicate_shared = std::max(0.0, variance_of(model.columns, column_known) - column_noise);
  return split;
}

Budget uncertainty_budget(const std::vector<MatrixXd>& arms) {
  Budget budget;
  const Eigen::Index num_points = arms.front().rows(), num_replicates = arms.front().cols();
  std::vector<Eigen::Index> whole;
  for (Eigen::Index p = 0; p < num_points; ++p)
    if (std::all_of(arms.begin(), arms.end(), [p](const MatrixXd& arm) { return !arm.row(p).hasNaN(); }))
      whole.push_back(p);
  budget.points = whole.size();
  if (whole.size() < 2) return budget;

  const auto P = static_cast<double>(whole.size()), R = static_cast<double>(num_replicates);
  const auto A = static_cast<double>(arms.size());
  std::vector<MatrixXd> y;
  for (const MatrixXd& arm : arms) y.push_back(arm(whole, Eigen::all));
  double grand = 0;
  for (const MatrixXd& arm : y) grand += arm.mean() / A;
  MatrixXd over_arms = MatrixXd::Zero(y.front().rows(), num_replicates);
  for (MatrixXd& arm : y) over_arms += (arm.array() -= grand).matrix() / A;
  const VectorXd point = over_arms.rowwise().mean(), replicate = over_arms.colwise().mean().transpose();
  const auto without_margins = [](const MatrixXd& m) -> MatrixXd {
    return (m.colwise() - m.rowwise().mean()).rowwise() - (m.colwise().mean().array() - m.mean()).matrix();
  };
  const bool single = num_replicates < 2;

  // Mean squares of the part that all arms share ...
  const double ms_point = A * R * point.squaredNorm() / (P - 1);
  const double ms_replicate = single ? 0 : A * P * replicate.squaredNorm() / (R - 1);
  const double ms_point_replicate =
      single ? 0 : A * without_margins(over_arms).squaredNorm() / ((P - 1) * (R - 1));
  // ... and of what sets an arm apart.
  double ss_arm = 0, ss_arm_point = 0, ss_arm_replicate = 0, ss_rest = 0;
  for (const MatrixXd& arm : y) {
    const MatrixXd apart = arm - over_arms;
    const double mean = apart.mean();
    ss_arm += P * R * mean * mean;
    ss_arm_point += R * (apart.rowwise().mean().array() - mean).square().sum();
    ss_arm_replicate += P * (apart.colwise().mean().array() - mean).square().sum();
    ss_rest += without_margins(apart).squaredNorm();
  }
  const double arms_left = std::max(A - 1, 1.0);
  const double ms_arm = ss_arm / arms_left, ms_arm_point = ss_arm_point / (arms_left * (P - 1));
  const double ms_arm_replicate = single ? 0 : ss_arm_replicate / (arms_left * (R - 1));
  const double ms_rest = single ? 0 : ss_rest / (arms_left * (P - 1) * (R - 1));

  const auto part = [](double variance) { return std::max(0.0, variance); };
  const double share = (A - 1) / A;  // of a variance among arms, each met with chance 1 / A
  budget.mean = grand;
  budget.parameter = part((ms_point - ms_point_replicate) / (A * R));
  budget.scenario = share * part((ms_arm - ms_arm_point - ms_arm_replicate + ms_rest) / (P * R));
  budget.scenario_by_parameter = share * part((ms_arm_point - ms_rest) / R);
  budget.total = budget.parameter + budget.scenario + budget.scenario_by_parameter;
  if (single) return budget;
  budget.replicate = part((ms_replicate - ms_point_replicate) / (A * P)) + ms_point_replicate / A +
                     share * (part((ms_arm_replicate - ms_rest) / P) + ms_rest);
  budget.total += budget.replicate;
  return budget;
}

}  // namespace polder::analysis
