// SPDX-License-Identifier: Apache-2.0
// Fuzz target of the reader of experiment files: whatever the files hold, the answer is an experiment or an
// InputError, and the same text gives the same answer. An input is one file, or several that begin with a
// line
// `%%% path`; the first is the experiment. What is accepted keeps the promises that a sweep builds upon.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <string>
#include <string_view>

#include "engine/error.hpp"
#include "scenarios/experiment.hpp"

namespace {

using namespace polder;

constexpr std::string_view separator = "%%% ";
constexpr const char* experiment_file = "experiments/experiment.yaml";

/// The files of an input by path.
std::map<std::string, std::string> split(std::string_view text) {
  std::map<std::string, std::string> files;
  std::string name = experiment_file;
  files[name];
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end);
    if (line.starts_with(separator)) {
      name = line.substr(separator.size(), line.size() - separator.size() - (line.ends_with('\n') ? 1 : 0));
    } else {
      files[name] += line;
    }
  }
  return files;
}

void require(bool condition) {
  if (!condition) std::abort();
}

/// What is said of a file, or the experiment in it.
struct Answer {
  std::string mistakes;
  scenarios::ExperimentSpec spec;
};

Answer answer(const scenarios::FileSource& source) {
  Answer result;
  try {
    result.spec = scenarios::read_experiment(source, experiment_file);
  } catch (const InputError& error) {
    require(!error.mistakes().empty());
    for (const Mistake& mistake : error.mistakes()) {
      require(!to_string(mistake).empty());
      result.mistakes += to_string(mistake) + '\n';
    }
  }
  return result;
}

void check(const scenarios::ExperimentSpec& spec) {
  require(!spec.name.empty() && !spec.baseline.empty() && !spec.design.method.empty());
  require(spec.replicates >= 1 && spec.replicates <= scenarios::most_replicates_of_experiment);
  require(std::is_sorted(spec.years.begin(), spec.years.end()));
  for (const scenarios::Variation& variation : spec.parameters) {
    require(!variation.name.empty());
    require(variation.low.text.empty() == variation.high.text.empty());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const scenarios::MemorySource source(split({reinterpret_cast<const char*>(data), size}));
  const Answer first = answer(source), second = answer(source);
  require(first.mistakes == second.mistakes);
  if (!first.mistakes.empty()) return 0;
  check(first.spec);
  require(first.spec.title == second.spec.title &&
          first.spec.parameters.size() == second.spec.parameters.size());
  return 0;
}
