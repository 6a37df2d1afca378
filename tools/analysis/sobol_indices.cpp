// SPDX-License-Identifier: Apache-2.0
#include <openturns/JansenSensitivityAlgorithm.hxx>
#include <openturns/MartinezSensitivityAlgorithm.hxx>
#include <openturns/SaltelliSensitivityAlgorithm.hxx>

#include "tools/analysis/indices.hpp"

namespace polder::analysis {

namespace {

/// OpenTURNS wants blocks: all A, all B, then the mixed rows parameter by parameter.
OT::Sample blocks(const Eigen::VectorXd& means, const std::vector<Eigen::Index>& rows, Eigen::Index block) {
  OT::Sample sample(rows.size() * static_cast<std::size_t>(block), 1);
  std::size_t next = 0;
  // Far from 0 products of values would drown differences.
  double level = 0;
  for (const Eigen::Index row : rows)
    level += means.segment(row * block, block).mean() / static_cast<double>(rows.size());
  for (Eigen::Index b = 0; b < block; ++b)
    for (const Eigen::Index row : rows) sample(next++, 0) = means[row * block + b] - level;
  return sample;
}

SobolEstimate estimate(const std::string& name, OT::SobolIndicesAlgorithmImplementation& algorithm,
                       std::size_t rows, std::size_t dimension, double reliability) {
  algorithm.setUseAsymptoticDistribution(true);
  algorithm.setConfidenceLevel(0.95);
  const OT::Point first = algorithm.getFirstOrderIndices(), total = algorithm.getTotalOrderIndices();
  const OT::Interval first_interval = algorithm.getFirstOrderIndicesInterval();
  const OT::Interval total_interval = algorithm.getTotalOrderIndicesInterval();
  const auto of_first = [&](double index) { return index / reliability; };
  const auto of_total = [&](double index) { return 1 - (1 - index) / reliability; };
  SobolEstimate result{name, rows, {}};
  for (std::size_t d = 0; d < dimension; ++d) {
    SobolIndex index;
    index.first_uncorrected = first[d];
    index.total_uncorrected = total[d];
    index.first = {of_first(first[d]), of_first(first_interval.getLowerBound()[d]),
                   of_first(first_interval.getUpperBound()[d])};
    index.total = {of_total(total[d]), of_total(total_interval.getLowerBound()[d]),
                   of_total(total_interval.getUpperBound()[d])};
    result.indices.push_back(index);
  }
  return result;
}

}  // namespace

std::vector<SobolEstimate> sobol_indices(const Eigen::VectorXd& means, std::size_t dimension,
                                         double reliability) {
  const auto block = static_cast<Eigen::Index>(dimension + 2);
  std::vector<Eigen::Index> rows;
  for (Eigen::Index row = 0; row < means.size() / block; ++row)
    if (!means.segment(row * block, block).hasNaN()) rows.push_back(row);
  if (rows.size() < 4) return {};
  const OT::Sample output = blocks(means, rows, block);
  if (!(output.computeVariance()[0] > 0)) return {};
  const OT::Sample input(output.getSize(), dimension);  // only its shape is looked at
  OT::SaltelliSensitivityAlgorithm saltelli(input, output, rows.size());
  OT::JansenSensitivityAlgorithm jansen(input, output, rows.size());
  OT::MartinezSensitivityAlgorithm martinez(input, output, rows.size());
  return {estimate("saltelli", saltelli, rows.size(), dimension, reliability),
          estimate("jansen", jansen, rows.size(), dimension, reliability),
          estimate("martinez", martinez, rows.size(), dimension, reliability)};
}

}  // namespace polder::analysis
