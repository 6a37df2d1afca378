// SPDX-License-Identifier: Apache-2.0
#include "output/sweep_file.hpp"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include <fmt/format.h>

#include "output/file_system.hpp"
#include "output/result_structure.hpp"
#include "output/result_variables.hpp"

namespace polder::output {
namespace {

using hdf5::Box;
using hdf5::Element;
using hdf5::Shape;
using hdf5::Storage;

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

AxisTable sweep_axes(const SweepInfo& info, const ResultLayout& layout) {
  AxisTable axes = make_axes(info.experiment, layout, info.experiment.replicates);
  // Samples may have been left out, so nothing is said about the period before one.
  AxisSpec& time = axes.at("time");
  time.bounds.clear();
  std::erase_if(time.attributes, [](const auto& attribute) { return attribute.first == "bounds"; });
  std::vector<std::int32_t> points(info.num_points);
  std::iota(points.begin(), points.end(), 1);
  axes["point"] = {
      AxisSpec::Coordinate::numbers,
      info.num_points,
      {},
      std::move(points),
      {{"long_name", "point of the design; all its arms and replicates share its values"}, {"units", "1"}},
      {}};
  return axes;
}

/// Bytes that the blocks of all indicators may take at once.
constexpr std::uint64_t block_bytes = 48U << 20U;
/// 256 KiB of numbers.
constexpr std::uint64_t chunk_elements = 32768;

/// A chunk holds whole runs of some points, or part of the replicates of one.
Shape chunk_of(const Shape& shape) {
  const std::uint64_t run = std::max<std::uint64_t>(1, shape[1] * (shape.size() > 3 ? shape[3] : 1));
  const std::uint64_t replicates = std::clamp<std::uint64_t>(chunk_elements / run, 1, shape[2]);
  const std::uint64_t points = std::clamp<std::uint64_t>(chunk_elements / (run * replicates), 1, shape[0]);
  return {points, shape[1], replicates, shape[3]};
}

void add_root(hdf5::Group& root, const SweepInfo& info) {
  const ExperimentInfo& experiment = info.experiment;
  root.set_attribute("Conventions", "CF-1.8");
  root.set_attribute("program", "polder");
  root.set_attribute("kind", "sweep");
  root.set_attribute("title", experiment.title.empty() ? info.name : experiment.title);
  root.set_attribute("experiment", info.name);
  root.set_attribute("polder_version", experiment.provenance.polder_version);
  root.set_attribute("format", sweep_format);
  root.set_attribute("complete", std::int32_t{0});
  root.set_attribute("study", info.study);
  root.set_attribute("plan", info.plan);
  root.set_attribute("seed", experiment.seed);
  root.set_attribute("scale", experiment.scale);
  root.set_attribute("start", to_string(experiment.start));
  root.set_attribute("step", "1 month");
}

void add_parameters(hdf5::File& file, const SweepInfo& info, const AxisTable& axes) {
  Shelf shelf(make_group(file, "parameters"), axes);
  for (const SweepParameter& parameter : info.parameters) {
    hdf5::Dataset values =
        shelf.add({"",
                   parameter.name,
                   Element::f64,
                   {"point"},
                   {{"long_name", parameter.long_name.empty() ? parameter.name : parameter.long_name},
                    {"units", parameter.units},
                    {"distribution", parameter.distribution},
                    {"source", parameter.source}}});
    if (std::isfinite(parameter.low)) values.set_attribute("low", parameter.low);
    if (std::isfinite(parameter.high)) values.set_attribute("high", parameter.high);
    values.write(std::span<const double>(parameter.values));
  }
  shelf.finish();
}

}  // namespace

SweepFileWriter::SweepFileWriter(const std::string& path, const SweepInfo& info)
    : info_(info),
      layout_(unite(info.experiment)),
      path_(path),
      beside_(fmt::format("{}.merging.{}", path, getpid())),
      errors_(info.num_points * info.experiment.replicates) {
  try {
    create();
  } catch (...) {
    file_.reset();
    discard(beside_);
    throw;
  }
}

void SweepFileWriter::create() {
  file_ = hdf5::File::create(beside_);
  const AxisTable axes = sweep_axes(info_, layout_);
  hdf5::Group root = file_->root();
  add_root(root, info_);
  Shelf top(file_->root(), axes);
  for (const char* axis : {"point", "arm", "replicate", "time"}) top.add_axis(axis);
  add_parameters(*file_, info_, axes);

  Shelf indicators(make_group(*file_, "indicators"), axes);
  const std::vector<ReplicateVariable> all = replicate_variables(layout_);
  std::uint64_t point_bytes = 0, chunk_points = 1;
  for (std::size_t v = 0; v < all.size(); ++v) {
    if (all[v].source != ReplicateVariable::Source::overall) continue;
    VariableSpec spec = all[v].spec;
    spec.axes.insert(spec.axes.begin(), "point");
    spec.sampled_every = 0;  // samples may have been left out
    const Shape shape = {info_.num_points, layout_.arms.size(), info_.experiment.replicates,
                         layout_.times.size()};
    if (hdf5::num_elements(shape) == 0) continue;
    const Shape chunk = chunk_of(shape);
    variables_.push_back({indicators.add(spec, Storage{chunk, false, true, false}), v});
    point_bytes += sizeof(double) * hdf5::num_elements(shape) / info_.num_points;
    chunk_points = chunk[0];
  }
  indicators.finish();
  const std::uint64_t fit = block_bytes / std::max<std::uint64_t>(point_bytes, 1);
  points_a_block_ = std::max<std::uint64_t>(1, fit / chunk_points * chunk_points);
  if (fit < chunk_points) points_a_block_ = std::max<std::uint64_t>(1, fit);

  Shelf runs(make_group(*file_, "runs"), axes);
  status_ = runs.add({"",
                      "status",
                      Element::i8,
                      {"point", "replicate"},
                      {{"long_name", "0 missing, 1 done, 2 failed"}, {"units", "1"}}});
  seconds_ = runs.add({"",
                       "seconds",
                       Element::f64,
                       {"point", "replicate"},
                       {{"long_name", "time the run took; differs between equal sweeps"}, {"units", "s"}}});
  runs.finish();
  hdf5::Group design = make_group(*file_, "design");
  Shelf design_shelf(std::move(design), axes);
  design_shelf.add_texts({"", "experiment", Element::text, {}, {{"long_name", "experiment file, YAML"}}},
                         {info_.experiment_yaml});
  design_shelf.add_texts(
      {"", "json", Element::text, {}, {{"long_name", "request and structure of the design"}}},
      {info_.design});
  design_shelf.group().set_attribute("json", info_.design);
  add_scenario_group(*file_, info_.experiment, axes);
  add_provenance_group(*file_, info_.experiment.provenance, axes);
}

SweepFileWriter::~SweepFileWriter() {
  if (finished_) return;
  variables_.clear();
  status_.reset();
  seconds_.reset();
  file_.reset();
  discard(beside_);
}

void SweepFileWriter::write(std::uint64_t first_point, std::span<const std::vector<SweepCell>> cells) {
  const std::uint64_t replicates = info_.experiment.replicates, arms = layout_.arms.size();
  const std::uint64_t times = layout_.times.size();
  std::vector<std::int8_t> status;
  std::vector<double> seconds;
  for (std::size_t p = 0; p < cells.size(); ++p) {
    for (std::size_t r = 0; r < replicates; ++r) {
      const SweepCell& cell = cells[p].at(r);
      status.push_back(static_cast<std::int8_t>(cell.status));
      seconds.push_back(cell.status == RunStatus::missing ? unknown : cell.seconds);
      errors_[(first_point + p) * replicates + r] = cell.error;
      num_done_ += cell.status == RunStatus::done ? 1 : 0;
      num_failed_ += cell.status == RunStatus::failed ? 1 : 0;
    }
  }
  const Box box{{first_point, 0}, {cells.size(), replicates}};
  status_->write(std::span<const std::int8_t>(status), box);
  seconds_->write(std::span<const double>(seconds), box);

  const std::vector<ReplicateVariable> all = replicate_variables(layout_);
  for (Variable& variable : variables_) {
    std::vector<double> values(cells.size() * arms * replicates * times, unknown);
    for (std::size_t p = 0; p < cells.size(); ++p) {
      for (std::size_t r = 0; r < replicates; ++r) {
        for (const ReplicateResult& result : cells[p][r].arms) {
          const std::vector<double> row =
              block(all[variable.position], layout_, result, info_.experiment.arms[result.arm]);
          const std::size_t at = ((p * arms + result.arm) * replicates + r) * times;
          std::copy(row.begin(), row.end(), values.begin() + static_cast<std::ptrdiff_t>(at));
        }
      }
    }
    variable.dataset.write(std::span<const double>(values),
                           Box{{first_point, 0, 0, 0}, {cells.size(), arms, replicates, times}});
  }
}

void SweepFileWriter::finish() {
  const AxisTable axes = sweep_axes(info_, layout_);
  {
    // The axes of /runs exist; texts are attached to them by hand.
    hdf5::Group runs = file_->root().group("runs");
    hdf5::Dataset error =
        runs.create("error", Element::text, {info_.num_points, std::uint64_t{info_.experiment.replicates}});
    error.attach_scale(0, runs.dataset("point"));
    error.attach_scale(1, runs.dataset("replicate"));
    error.set_attribute("long_name", "why the run failed");
    error.write_text(errors_);
    hdf5::Group root = file_->root();
    const std::uint64_t all = info_.num_points * info_.experiment.replicates;
    root.set_attribute("num_done", num_done_);
    root.set_attribute("num_failed", num_failed_);
    root.set_attribute("complete", std::int32_t{num_done_ + num_failed_ == all ? 1 : 0});
  }
  variables_.clear();
  status_.reset();
  seconds_.reset();
  file_->close();
  publish(beside_, path_);
  finished_ = true;
}

}  // namespace polder::output
