// SPDX-License-Identifier: Apache-2.0
#include "output/result_rewrite.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "engine/error.hpp"
#include "output/refuse.hpp"
#include "output/result_attribution.hpp"
#include "output/result_effects.hpp"
#include "output/result_flows.hpp"
#include "output/result_networks.hpp"

namespace polder::output {
namespace {

using hdf5::Box;
using hdf5::Element;
using hdf5::Shape;

template <class T>
constexpr T nothing() {
  if constexpr (std::is_same_v<T, double>) return std::numeric_limits<double>::quiet_NaN();
  return T{0};
}

/// One arm at a time; rows that were not committed are left empty, whatever a kill left in them.
template <class T>
void copy_rows(const hdf5::Dataset& from, hdf5::Dataset& to, const Contents& contents) {
  Shape count = from.shape(), limit = to.shape();
  for (std::size_t i = 0; i < count.size(); ++i) count[i] = std::min(count[i], limit[i]);
  count[0] = 1;
  const std::uint64_t row = hdf5::num_elements(std::span(count).subspan(2));
  if (row == 0) return;
  for (std::uint64_t arm = 0; arm < contents.num_arms; ++arm) {
    Box box{Shape(count.size(), 0), count};
    box.start[0] = arm;
    std::vector<T> values = from.read<T>(box);
    for (std::uint64_t r = 0; r < count[1]; ++r) {
      if (contents.has(arm, r)) continue;
      std::fill_n(values.begin() + static_cast<std::ptrdiff_t>(r * row), row, nothing<T>());
    }
    to.write(std::span<const T>(values), box);
  }
}

/// Columns by name of the kind: a result that has met more kinds has them in another place.
void copy_counts(const hdf5::Group& from, hdf5::Dataset& to, const std::string& name,
                 const Contents& contents, const std::vector<std::string>& kinds) {
  const std::vector<std::string> old_kinds = from.dataset("kind").read_text();
  const std::vector<double> values = from.dataset(name).read<double>();
  std::vector<double> out(hdf5::num_elements(to.shape()), nothing<double>());
  const std::uint64_t room = to.shape().at(1);
  for (std::size_t k = 0; k < old_kinds.size(); ++k) {
    const auto column =
        static_cast<std::size_t>(std::find(kinds.begin(), kinds.end(), old_kinds[k]) - kinds.begin());
    for (std::uint64_t arm = 0; arm < contents.num_arms; ++arm) {
      for (std::uint64_t r = 0; r < std::min(room, contents.num_replicates); ++r) {
        if (!contents.has(arm, r)) continue;
        out[(arm * room + r) * kinds.size() + column] =
            values.at((arm * contents.num_replicates + r) * old_kinds.size() + k);
      }
    }
  }
  to.write(std::span<const double>(out));
}

void copy_committed(const Contents& contents, const hdf5::Group& root, std::uint64_t num_replicates) {
  std::vector<std::int8_t> committed(contents.num_arms * num_replicates, 0);
  for (std::uint64_t arm = 0; arm < contents.num_arms; ++arm) {
    for (std::uint64_t r = 0; r < num_replicates; ++r) {
      committed[arm * num_replicates + r] = contents.has(arm, r) ? 1 : 0;
    }
  }
  root.dataset("committed").write(std::span<const std::int8_t>(committed));
}

void copy_result(const std::string& source, hdf5::File& to, const ExperimentInfo& info,
                 const ResultLayout& layout, std::uint64_t num_replicates, Stage stage) {
  const hdf5::File from = hdf5::File::open(source, hdf5::File::Access::read);
  const Contents contents = read_contents(from);
  const hdf5::Group from_root = from.root();
  const hdf5::Group to_root = to.root();
  for (const auto& variable : replicate_variables(layout)) {
    const std::string& group = variable.spec.group;
    const std::string& name = variable.spec.name;
    if (variable.source == ReplicateVariable::Source::flows) continue;
    if (!from_root.has(group) || !from_root.group(group).has(name)) continue;
    const hdf5::Dataset from_array = from_root.group(group).dataset(name);
    hdf5::Dataset to_array = to_root.group(group).dataset(name);
    if (group == "counts") {
      copy_counts(from_root.group(group), to_array, name, contents, layout.kinds);
    } else if (variable.spec.element == Element::f64) {
      copy_rows<double>(from_array, to_array, contents);
    } else {
      copy_rows<std::int64_t>(from_array, to_array, contents);
    }
  }
  copy_flows(from, to, contents, info, layout, stage);
  copy_networks(from, to, contents);
  copy_committed(contents, to_root, num_replicates);
  if (stage != Stage::finished) return;
  add_effects(to, info, layout, num_replicates);
  add_attribution(to, info, layout, read_contents(to));
}

}  // namespace

std::uint64_t Contents::used_replicates() const {
  std::uint64_t used = 0;
  for (std::uint64_t i = 0; i < committed.size(); ++i) {
    if (committed[i] != 0) used = std::max(used, i % num_replicates + 1);
  }
  return used;
}

Contents read_contents(const hdf5::File& file) {
  const hdf5::Dataset array = file.root().dataset("committed");
  const Shape shape = array.shape();
  if (shape.size() != 2) refuse(array.path(), "", "another shape", "a result of Polder");
  return {shape[0], shape[1], array.read<std::int8_t>()};
}

void check_format(const hdf5::File& file, const std::string& path) {
  const hdf5::Group root = file.root();
  if (root.text_attribute("program") != "polder" || !root.has_attribute("format")) {
    refuse(path, "", "an HDF5 file of another program", "a result written by polder");
  }
  if (root.text_attribute("kind") == "sweep")
    refuse(path, "", "a sweep", "a result of polder run or polder whatif; polder analyze reads sweeps");
  const auto format = root.attribute<std::int32_t>("format");
  if (format == result_format) return;
  refuse(path, "format",
         fmt::format("{} (written by polder {})", format, root.text_attribute("polder_version")),
         fmt::format("{}: read it with that version, or run its scenario again", result_format));
}

void write_result(const std::string& target, const std::string& source, const ExperimentInfo& info,
                  const ResultLayout& layout, std::uint64_t num_replicates, Stage stage) {
  hdf5::File to = hdf5::File::create(target);
  create_structure(to, info, layout, num_replicates, stage);
  add_networks(to, info, layout, stage);
  add_packages(to, info);
  if (!source.empty()) copy_result(source, to, info, layout, num_replicates, stage);
  to.close();
}

}  // namespace polder::output
