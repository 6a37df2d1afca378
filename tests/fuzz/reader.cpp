// SPDX-License-Identifier: Apache-2.0
// Fuzz target of the scenario reader: whatever the files hold, the answer is a scenario or an InputError, and
// a scenario that is accepted reads back from its own resolved text. An input is one file, or several that
// begin with a line `%%% path`; the first is the scenario, and a line `%%% --set` is followed by settings of
// the command line, one a line.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/reader.hpp"
#include "tests/support/small_catalogue.hpp"

namespace {

using namespace polder;

constexpr std::string_view separator = "%%% ";

struct Input {
  std::string main_file = "scenario.yaml";
  std::map<std::string, std::string> files;
  std::vector<std::string> sets;
};

Input split(std::string_view text) {
  Input input;
  std::string name = input.main_file;
  bool first = true;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end);
    const bool starts_file = line.starts_with(separator);
    if (starts_file) {
      name = line.substr(separator.size(), line.size() - separator.size() - (line.ends_with('\n') ? 1 : 0));
      if (first) input.main_file = name;
      input.files[name];
    } else if (name == "--set") {
      input.sets.emplace_back(line.substr(0, line.size() - (line.ends_with('\n') ? 1 : 0)));
    } else {
      input.files[name] += line;
    }
    first = false;
  }
  return input;
}

void require(bool condition) {
  if (!condition) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Catalogue catalogue = polder::testing::small_catalogue();
  const Input input = split({reinterpret_cast<const char*>(data), size});
  const scenarios::MemorySource source(input.files);
  Scenario scenario;
  try {
    scenario = scenarios::read_scenario(source, input.main_file, input.sets, catalogue);
  } catch (const InputError& error) {
    require(!error.mistakes().empty());
    return 0;
  }
  std::map<std::string, std::string> tables;
  for (const DataTable& table : scenario.data) tables[table.path] = table.content;
  const Scenario again = scenarios::read_text(scenario.resolved, tables, {}, catalogue);
  require(again == scenario);
  require(again.resolved == scenario.resolved);
  return 0;
}
