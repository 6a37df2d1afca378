// SPDX-License-Identifier: Apache-2.0
#include "output/result_writer.hpp"

#include <algorithm>

#include "engine/error.hpp"
#include "output/refuse.hpp"
#include "output/result_networks.hpp"
#include "output/result_rewrite.hpp"

namespace polder::output {
namespace {

using hdf5::Box;
using hdf5::Shape;

/// Room to begin with: what was planned, but no more than some memory's worth; it doubles when it is full.
std::uint64_t first_capacity(const ExperimentInfo& info, const ResultLayout& layout) {
  constexpr std::uint64_t most_numbers = 16'000'000;
  std::uint64_t numbers = 1;
  for (const auto& variable : replicate_variables(layout))
    numbers += hdf5::num_elements(block_shape(variable, layout));
  const std::uint64_t affordable = std::max<std::uint64_t>(most_numbers / (numbers * info.arms.size()), 1);
  return std::clamp<std::uint64_t>(info.replicates, 1, affordable);
}

void check_same_experiment(const hdf5::Group& root, const ExperimentInfo& info, const std::string& path) {
  if (root.text_attribute("experiment") == fingerprint(info)) return;
  std::string what = "a result of another scenario or sampling";
  if (root.attribute<std::uint64_t>("seed") != info.seed) what = "a result of another seed";
  if (root.attribute<double>("scale") != info.scale) what = "a result of another scale";
  refuse(path, "", what, "the same scenarios, seed and scale to go on with it, or another output");
}

}  // namespace

std::string partial_path(const std::string& path) {
  return path + ".partial";
}

ResultWriter::ResultWriter(std::string path, ExperimentInfo info, Existing existing)
    : path_(std::move(path)),
      partial_path_(output::partial_path(path_)),
      info_(std::move(info)),
      layout_(unite(info_)) {
  check_place(path_);
  if (exists(partial_path_)) {
    if (existing == Existing::refuse) {
      refuse(partial_path_, "", "an unfinished result", "continue that run, or remove the file");
    }
    const WriterLock nobody_else(partial_path_);
  }
  rewrite_partial("", first_capacity(info_, layout_));
}

ResultWriter::ResultWriter(Continue, std::string path, ExperimentInfo info)
    : path_(std::move(path)),
      partial_path_(output::partial_path(path_)),
      info_(std::move(info)),
      layout_(unite(info_)) {
  check_place(path_);
  const std::string source = exists(partial_path_) ? partial_path_ : exists(path_) ? path_ : "";
  if (source.empty()) {
    rewrite_partial("", first_capacity(info_, layout_));
    return;
  }
  if (source == partial_path_) lock_ = WriterLock(partial_path_);
  std::uint64_t room = 0;
  {
    const hdf5::File file = hdf5::File::open(source, hdf5::File::Access::read);
    check_format(file, source);
    const hdf5::Group root = file.root();
    check_same_experiment(root, info_, source);
    room = read_contents(file).num_replicates;
    if (root.has("counts")) layout_.kinds = root.group("counts").dataset("kind").read_text();
  }
  if (source == partial_path_) {
    open_partial();
  } else {
    rewrite_partial(source, std::max(room, first_capacity(info_, layout_)));
  }
}

ResultWriter ResultWriter::reopen(std::string path, ExperimentInfo info) {
  return ResultWriter(Continue{}, std::move(path), std::move(info));
}

void ResultWriter::open_partial() {
  variables_ = replicate_variables(layout_);
  file_.emplace(hdf5::File::open(partial_path_, hdf5::File::Access::write));
  const hdf5::Group root = file_->root();
  const Contents contents = read_contents(*file_);
  capacity_ = contents.num_replicates;
  committed_ = contents.committed;
  committed_array_.emplace(root.dataset("committed"));
  arrays_.clear();
  for (const auto& variable : variables_) {
    const bool has_room = hdf5::num_elements(block_shape(variable, layout_)) != 0;
    arrays_.push_back(has_room ? std::optional(root.group(variable.spec.group).dataset(variable.spec.name))
                               : std::nullopt);
  }
}

void ResultWriter::rewrite_partial(const std::string& source, std::uint64_t capacity) {
  arrays_.clear();
  committed_array_.reset();
  if (file_) file_->close();
  file_.reset();
  const std::string fresh = partial_path_ + ".new";
  try {
    write_result(fresh, source, info_, layout_, capacity, Stage::unfinished);
    WriterLock lock(fresh);
    replace(fresh, partial_path_);
    lock_ = std::move(lock);
  } catch (...) {
    discard(fresh);
    throw;
  }
  open_partial();
}

void ResultWriter::commit(const ReplicateResult& result) {
  EXPECTS(file_ && result.arm < info_.arms.size() && result.replicate >= info_.first_replicate);
  const std::vector<std::string> new_kinds = unknown_kinds(layout_, result);
  const std::uint64_t row = position(result.replicate);
  if (!new_kinds.empty() || row >= capacity_) {
    layout_.kinds.insert(layout_.kinds.end(), new_kinds.begin(), new_kinds.end());
    std::sort(layout_.kinds.begin(), layout_.kinds.end());  // whichever arm came first
    rewrite_partial(partial_path_, row < capacity_ ? capacity_ : std::max(row + 1, 2 * capacity_));
  }
  const ArmInfo& arm = info_.arms[result.arm];
  for (std::size_t v = 0; v < variables_.size(); ++v) {
    if (!arrays_[v]) continue;
    const Shape rest = block_shape(variables_[v], layout_);
    Box box{{result.arm, row}, {1, 1}};
    box.start.resize(2 + rest.size(), 0);
    box.count.insert(box.count.end(), rest.begin(), rest.end());
    if (variables_[v].spec.element == hdf5::Element::f64) {
      arrays_[v]->write(std::span<const double>(block(variables_[v], layout_, result, arm)), box);
    } else {
      arrays_[v]->write(std::span<const Cents>(cents_block(variables_[v], layout_, result, arm)), box);
    }
  }
  if (row == 0) write_networks(*file_, result, layout_);
  file_->flush();
  const std::int8_t whole = 1;
  committed_array_->write(std::span<const std::int8_t>(&whole, 1), Box{{result.arm, row}, {1, 1}});
  file_->flush();
  committed_[result.arm * capacity_ + row] = whole;
}

bool ResultWriter::is_committed(std::size_t arm, std::uint32_t replicate) const {
  EXPECTS(arm < info_.arms.size());
  if (replicate < info_.first_replicate || position(replicate) >= capacity_) return false;
  return committed_[arm * capacity_ + position(replicate)] != 0;
}

std::vector<std::pair<std::size_t, std::uint32_t>> ResultWriter::committed() const {
  std::vector<std::pair<std::size_t, std::uint32_t>> pairs;
  for (std::size_t i = 0; i < committed_.size(); ++i) {
    if (committed_[i] == 0) continue;
    pairs.emplace_back(i / capacity_, static_cast<std::uint32_t>(i % capacity_) + info_.first_replicate);
  }
  return pairs;
}

void ResultWriter::finish() {
  EXPECTS(file_);
  arrays_.clear();
  committed_array_.reset();
  file_->close();
  file_.reset();
  const Contents contents{info_.arms.size(), capacity_, committed_};
  const std::string fresh = path_ + ".new";
  try {
    write_result(fresh, partial_path_, info_, layout_, std::max<std::uint64_t>(contents.used_replicates(), 1),
                 Stage::finished);
    publish(fresh, path_);
  } catch (...) {
    discard(fresh);
    throw;
  }
  remove_file(partial_path_);
  lock_ = WriterLock();
}

}  // namespace polder::output
