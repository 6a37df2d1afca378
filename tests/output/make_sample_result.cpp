// SPDX-License-Identifier: Apache-2.0
// Writes the sample experiment for readers in other languages: make_sample_result FOLDER gives finished.h5
// (four replicates) and unfinished.h5.partial (one replicate of the baseline, two of the policy).
#include <exception>
#include <iostream>

#include "output/result_writer.hpp"
#include "tests/output/sample_experiment.hpp"

int main(int argc, char** argv) {
  using namespace polder::output;
  if (argc != 2) {
    std::cerr << "usage: make_sample_result FOLDER\n";
    return 1;
  }
  try {
    const std::string folder = argv[1];
    const ExperimentInfo info = test::sample_experiment(4);
    ResultWriter finished(folder + "/finished.h5", info, ResultWriter::Existing::replace);
    for (std::uint32_t r = 0; r < 4; ++r) {
      for (std::size_t arm = 0; arm < 2; ++arm) finished.commit(test::sample_replicate(info, arm, r));
    }
    finished.finish();
    ResultWriter unfinished(folder + "/unfinished.h5", info, ResultWriter::Existing::replace);
    unfinished.commit(test::sample_replicate(info, 1, 3));
    unfinished.commit(test::sample_replicate(info, 0, 0));
    unfinished.commit(test::sample_replicate(info, 1, 1));
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return 1;
  }
  return 0;
}
