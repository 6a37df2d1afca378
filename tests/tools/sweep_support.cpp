// SPDX-License-Identifier: Apache-2.0
#include "sweep_support.hpp"

#include <algorithm>
#include <bit>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "output/hdf5_file.hpp"

namespace polder::testing {

namespace {

namespace fs = std::filesystem;
using namespace output::hdf5;

template <class T>
std::vector<std::uint64_t> bits(const Dataset& array) {
  std::vector<std::uint64_t> out;
  for (const T value : array.read<T>()) {
    if constexpr (std::is_same_v<T, double>) {
      out.push_back(std::bit_cast<std::uint64_t>(value));
    } else {
      out.push_back(static_cast<std::uint64_t>(value));
    }
  }
  return out;
}

void read_array(const Dataset& array, const std::string& path, SweepValues& values) {
  switch (array.element()) {
    case Element::text:
      values.texts[path] = array.read_text();
      return;
    case Element::f64:
      values.numbers[path] = bits<double>(array);
      return;
    case Element::i8:
      values.numbers[path] = bits<std::int8_t>(array);
      return;
    default:
      values.numbers[path] = bits<std::int32_t>(array);
  }
}

void read_group(const Group& group, const std::string& path, SweepValues& values) {
  for (const std::string& name : group.names()) {
    const std::string inner = std::string(path).append("/").append(name);
    if (inner == "/provenance" || inner == "/runs/seconds") continue;
    if (group.is_group(name)) {
      read_group(group.group(name), inner, values);
    } else {
      read_array(group.dataset(name), inner, values);
    }
  }
}

}  // namespace

std::string write_experiment(const Scratch& scratch, const std::string& name, const std::string& body) {
  for (const char* file : {"small.yaml", "more-courses.yaml", "nothing-new.yaml"})
    fs::copy_file(scenario(file), scratch / file, fs::copy_options::skip_existing);
  return scratch.write(name + ".yaml",
                       "polder: 1\nexperiment:\n  name: " + name + "\n  baseline: small.yaml\n" + body);
}

SweepValues read_sweep(const std::string& path) {
  SweepValues values;
  const File file = File::open(path, File::Access::read);
  read_group(file.root(), "", values);
  values.texts["study"] = {file.root().text_attribute("study")};
  values.numbers["complete"] = {static_cast<std::uint64_t>(file.root().attribute<std::int32_t>("complete"))};
  return values;
}

std::vector<double> read_numbers(const std::string& path, const std::string& group, const std::string& name) {
  const File file = File::open(path, File::Access::read);
  const Dataset array = file.root().group(group).dataset(name);
  if (array.element() == Element::f64) return array.read<double>();
  std::vector<double> numbers;
  for (const std::int8_t value : array.read<std::int8_t>()) numbers.push_back(value);
  return numbers;
}

std::string text_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<std::string> logs_of(const std::string& output) {
  std::vector<std::string> logs;
  for (const auto& entry : fs::directory_iterator(output + ".parts")) logs.push_back(entry.path().string());
  std::sort(logs.begin(), logs.end());
  return logs;
}

}  // namespace polder::testing
