// SPDX-License-Identifier: Apache-2.0
// Designs that OpenTURNS samples in the unit cube; each coordinate is then the probability of a value.
//
// source: McKay, Beckman, Conover (1979), Technometrics 21(2) (Latin hypercube); Sobol' (1967), USSR Comput.
// Math. Math. Phys. 7(4) (sequence); Saltelli (2002), Comput. Phys. Commun. 145(2) (A, B and mixed rows).
#include <openturns/ComposedDistribution.hxx>
#include <openturns/LHSExperiment.hxx>
#include <openturns/LowDiscrepancyExperiment.hxx>
#include <openturns/RandomGenerator.hxx>
#include <openturns/SobolIndicesExperiment.hxx>
#include <openturns/SobolSequence.hxx>
#include <openturns/Uniform.hxx>

#include <fmt/format.h>

#include "tools/analysis/design.hpp"

namespace polder::analysis {

namespace {

/// Joe and Kuo's directions in OpenTURNS end here.
constexpr std::size_t most_sobol_dimensions = 1111;

OT::ComposedDistribution unit_cube(std::size_t dimension) {
  return OT::ComposedDistribution(
      OT::ComposedDistribution::DistributionCollection(dimension, OT::Uniform(0, 1)));
}

OT::Sample latin_hypercube(std::size_t size, std::size_t dimension, std::uint64_t seed) {
  // OpenTURNS' generator takes 32 bits; both halves of the seed count.
  OT::RandomGenerator::SetSeed((seed ^ (seed >> 32)) & 0x7fffffffU);
  return OT::LHSExperiment(unit_cube(dimension), size).generate();
}

OT::LowDiscrepancyExperiment sobol_sequence(std::size_t size, std::size_t dimension) {
  OT::LowDiscrepancyExperiment experiment(OT::SobolSequence(), unit_cube(dimension), size);
  experiment.setRandomize(false);
  return experiment;
}

/// OpenTURNS writes block by block; row by row a larger design begins with the smaller one.
OT::Sample by_base_row(const OT::Sample& blocks, std::size_t base) {
  const std::size_t num_blocks = blocks.getSize() / base;
  OT::Sample rows(blocks.getSize(), blocks.getDimension());
  for (std::size_t row = 0; row < base; ++row)
    for (std::size_t block = 0; block < num_blocks; ++block)
      rows[row * num_blocks + block] = OT::Point(blocks[block * base + row]);
  return rows;
}

OT::Sample unit_points(const DesignRequest& request, std::size_t dimension) {
  if (request.method == Method::latin_hypercube)
    return latin_hypercube(request.size, dimension, request.seed);
  const OT::LowDiscrepancyExperiment sequence = sobol_sequence(request.size, dimension);
  if (request.method == Method::sobol_sequence) return sequence.generate();
  return by_base_row(OT::SobolIndicesExperiment(OT::WeightedExperiment(sequence), false).generate(),
                     request.size);
}

}  // namespace

Design sampled_design(const DesignRequest& request, const std::vector<Marginal>& marginals) {
  const std::size_t dimension = marginals.size();
  const bool saltelli = request.method == Method::saltelli;
  if (request.size < (saltelli ? 2 : 1))
    refuse_request("size", request.size, saltelli ? "at least 2" : "at least 1");
  if (request.method != Method::latin_hypercube && dimension * (saltelli ? 2 : 1) > most_sobol_dimensions)
    refuse_request("parameters", dimension,
                   fmt::format("at most {} of them", most_sobol_dimensions / (saltelli ? 2 : 1)));
  const double points =
      static_cast<double>(request.size) * (saltelli ? static_cast<double>(dimension) + 2 : 1);
  limit_points(points, "size", request.size);

  const OT::Sample unit = unit_points(request, dimension);
  Design design{dimension, std::vector<double>(unit.getSize() * dimension), nlohmann::ordered_json::object()};
  for (std::size_t p = 0; p < unit.getSize(); ++p)
    for (std::size_t d = 0; d < dimension; ++d)
      design.values[p * dimension + d] = marginals[d].quantile(unit(p, d));
  if (saltelli) {
    nlohmann::ordered_json block = {"A", "B"};
    for (const ParameterRange& range : request.parameters) block.push_back("A_B:" + range.name);
    design.structure = {{"layout", "by_base_row"}, {"base", request.size}, {"block", std::move(block)}};
  }
  return design;
}

}  // namespace polder::analysis
