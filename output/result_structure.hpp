// SPDX-License-Identifier: Apache-2.0
// Builds a result file: every group, axis, variable and text that does not depend on a replicate.
#pragma once
#include <cstdint>
#include <exception>
#include <map>
#include <string>
#include <vector>

#include "engine/error.hpp"
#include "output/hdf5_file.hpp"
#include "output/result_variables.hpp"

namespace polder::output {

/// Number of the format that this program writes and reads. A change of it stands in the changelog.
inline constexpr std::int32_t result_format = 1;

/// An unfinished file is laid out so that commits only overwrite numbers in place; a finished one is
/// compressed.
enum class Stage : std::uint8_t { unfinished, finished };

/// One axis with its coordinate.
struct AxisSpec {
  enum class Coordinate : std::uint8_t { none, labels, numbers };
  Coordinate coordinate = Coordinate::none;
  std::uint64_t length = 0;
  std::vector<std::string> labels;
  std::vector<std::int32_t> numbers;
  std::vector<std::pair<std::string, std::string>> attributes;
  std::vector<std::int32_t> bounds;  ///< (length, 2), of the time axis
};
using AxisTable = std::map<std::string, AxisSpec>;

/// The axes of a result with room for `num_replicates`.
AxisTable make_axes(const ExperimentInfo& info, const ResultLayout& layout, std::uint64_t num_replicates);

/// The month whose last day lies so many days after 2020-01-01, as the axis time counts.
Month month_of_last_day(int days);

/// A group whose axes come into being with the first variable that needs them, so that every group stands on
/// its own. `finish` after the last variable.
class Shelf {
 public:
  Shelf(hdf5::Group group, const AxisTable& axes) : group_(std::move(group)), axes_(axes) {}
  Shelf(Shelf&&) = default;
  Shelf& operator=(Shelf&&) = delete;
  ~Shelf() { ASSERT(users_.empty() || std::uncaught_exceptions() > 0); }
  hdf5::Dataset add(const VariableSpec& spec, const hdf5::Storage& storage = {});
  void add_texts(const VariableSpec& spec, const std::vector<std::string>& values);
  void add_axis(const std::string& name) { scale(name); }
  hdf5::Group& group() { return group_; }
  /// Tells the axes which variables they name.
  void finish();

 private:
  hdf5::Dataset& scale(const std::string& name);
  hdf5::Group group_;
  const AxisTable& axes_;
  std::map<std::string, hdf5::Dataset> scales_;
  std::map<std::string, std::vector<hdf5::ScaleUser>> users_;
};

/// The table of flows: instrument, payer, receiver, is_instrument (flow).
void add_flow_texts(Shelf& shelf, const std::vector<FlowColumn>& flows);

/// `/scenario`: the scenario of every arm and all files; nothing when none is embedded.
void add_scenario_group(hdf5::File& file, const ExperimentInfo& info, const AxisTable& axes);
/// `/provenance`.
void add_provenance_group(hdf5::File& file, const Provenance& provenance, const AxisTable& axes);

/// The group at a path of several names, made where missing.
hdf5::Group make_group(const hdf5::File& file, const std::string& path);

/// How a variable with the axes (arm, replicate, ...) is stored.
hdf5::Storage storage_of(const ReplicateVariable& variable, const ResultLayout& layout,
                         std::uint64_t num_replicates, Stage stage);

/// Everything but the numbers; `committed` is all 0. In a finished file `/flows` is left to its writer.
void create_structure(hdf5::File& file, const ExperimentInfo& info, const ResultLayout& layout,
                      std::uint64_t num_replicates, Stage stage);

}  // namespace polder::output
