// SPDX-License-Identifier: Apache-2.0
#include "output/result_structure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <tuple>

#include "engine/error.hpp"
#include "output/text_bytes.hpp"

namespace polder::output {
namespace {

using hdf5::Element;
using hdf5::Shape;
using Coordinate = AxisSpec::Coordinate;

AxisSpec labelled(std::vector<std::string> labels, const std::string& long_name) {
  AxisSpec axis{Coordinate::labels, labels.size(), std::move(labels), {}, {{"long_name", long_name}}, {}};
  return axis;
}
AxisSpec numbered(std::vector<std::int32_t> numbers,
                  std::vector<std::pair<std::string, std::string>> attributes) {
  AxisSpec axis{Coordinate::numbers, numbers.size(), {}, std::move(numbers), std::move(attributes), {}};
  return axis;
}
AxisSpec only_length(std::uint64_t length) {
  return {Coordinate::none, length, {}, {}, {}, {}};
}

/// A sample stands at the last day of its month; its period reaches back to the sample before it.
AxisSpec time_axis(const std::vector<Month>& times, Month start) {
  std::vector<std::int32_t> days, bounds;
  for (std::size_t i = 0; i < times.size(); ++i) {
    const Month first = i > 0 ? times[i - 1] + 1 : std::min(start, times[i]);
    const int end = days_since_2020(times[i] + 1);
    days.push_back(end - 1);
    bounds.insert(bounds.end(), {days_since_2020(first), end});
  }
  AxisSpec axis = numbered(std::move(days), {{"long_name", "last day of the sampled month"},
                                             {"standard_name", "time"},
                                             {"units", "days since 2020-01-01"},
                                             {"calendar", "proleptic_gregorian"},
                                             {"bounds", "time_bounds"}});
  axis.bounds = std::move(bounds);
  return axis;
}

void add_root(hdf5::File& file, const ExperimentInfo& info, const ResultLayout& layout, const AxisTable& axes,
              Stage stage) {
  hdf5::Group root = file.root();
  root.set_attribute("Conventions", "CF-1.8");
  root.set_attribute("program", "polder");
  root.set_attribute("title", info.title.empty() ? info.arms.front().label : info.title);
  root.set_attribute("polder_version", info.provenance.polder_version);
  root.set_attribute("format", result_format);
  root.set_attribute("complete", std::int32_t{stage == Stage::finished ? 1 : 0});
  root.set_attribute("scenario", info.arms.front().label);
  root.set_attribute("seed", info.seed);
  root.set_attribute("scale", info.scale);
  root.set_attribute("start", to_string(info.start));
  root.set_attribute("step", "1 month");
  root.set_attribute("first_replicate", static_cast<std::int64_t>(info.first_replicate));
  root.set_attribute("experiment", fingerprint(info));
  Shelf shelf(std::move(root), axes);
  for (const char* axis : {"arm", "replicate", "time"}) shelf.add_axis(axis);
  for (const auto& axis : layout.axes) shelf.add_axis(axis_in_file(axis.name));
  shelf.add({"",
             "committed",
             Element::i8,
             {"arm", "replicate"},
             {{"long_name", "1 where the replicate of this arm is whole; other rows hold nothing"},
              {"units", "1"}}});
  shelf.finish();
}

/// Files of all arms, each once, by path.
std::vector<SourceFile> all_files(const ExperimentInfo& info) {
  std::vector<SourceFile> files;
  for (const auto& scenario : info.scenarios) {
    for (const auto& file : scenario.files) {
      const auto same = [&](const SourceFile& f) {
        return f.path == file.path && f.checksum == file.checksum;
      };
      if (std::none_of(files.begin(), files.end(), same)) files.push_back(file);
    }
  }
  std::sort(files.begin(), files.end(), [](const SourceFile& a, const SourceFile& b) {
    return std::tie(a.path, a.checksum) < std::tie(b.path, b.checksum);
  });
  return files;
}

}  // namespace

void add_scenario_group(hdf5::File& file, const ExperimentInfo& info, const AxisTable& known_axes) {
  AxisTable axes = known_axes;
  if (info.scenarios.empty()) return;
  const std::vector<SourceFile> files = all_files(info);
  axes["file"] = only_length(files.size());
  Shelf shelf(make_group(file, "scenario"), axes);
  std::vector<std::string> titles, resolved, paths, checksums, contents, encodings;
  for (const auto& scenario : info.scenarios) {
    titles.push_back(scenario.title);
    resolved.push_back(scenario.resolved);
  }
  shelf.add_texts({"", "title", Element::text, {"arm"}, {{"long_name", "title of the scenario"}}}, titles);
  shelf.add_texts({"", "resolved", Element::text, {"arm"}, {{"long_name", "whole scenario as YAML"}}},
                  resolved);
  if (files.empty()) return shelf.finish();
  std::vector<std::int8_t> used;
  for (const auto& f : files) {
    const bool plain = is_plain_text(f.content);
    paths.push_back(f.path);
    checksums.push_back(f.checksum);
    encodings.push_back(plain ? "utf-8" : "base64");
    contents.push_back(plain ? f.content : to_base64(f.content));
  }
  for (const auto& scenario : info.scenarios) {
    for (const auto& f : files) {
      used.push_back(std::count(scenario.files.begin(), scenario.files.end(), f) > 0 ? 1 : 0);
    }
  }
  shelf.add_texts({"", "path", Element::text, {"file"}, {{"long_name", "path as the scenario names it"}}},
                  paths);
  shelf.add_texts({"", "checksum", Element::text, {"file"}, {{"long_name", "FNV-1a 64 of the bytes"}}},
                  checksums);
  shelf.add_texts({"", "encoding", Element::text, {"file"}, {{"long_name", "utf-8 or base64"}}}, encodings);
  shelf.add_texts({"", "content", Element::text, {"file"}, {{"long_name", "content of the file"}}}, contents);
  shelf
      .add({"",
            "used",
            Element::i8,
            {"arm", "file"},
            {{"long_name", "1 where the arm uses the file"}, {"units", "1"}}})
      .write(std::span<const std::int8_t>(used));
  shelf.finish();
}

void add_provenance_group(hdf5::File& file, const Provenance& provenance, const AxisTable& known_axes) {
  AxisTable axes = known_axes;
  hdf5::Group group = make_group(file, "provenance");
  for (const auto& [name, text] : fields(provenance)) group.set_attribute(name, text);
  if (provenance.data.empty()) return;
  axes["data_file"] = only_length(provenance.data.size());
  Shelf shelf(std::move(group), axes);
  std::vector<std::string> paths, checksums;
  for (const auto& [path, checksum] : provenance.data) {
    paths.push_back(path);
    checksums.push_back(checksum);
  }
  shelf.add_texts({"", "data_path", Element::text, {"data_file"}, {{"long_name", "data file"}}}, paths);
  shelf.add_texts({"", "data_checksum", Element::text, {"data_file"}, {{"long_name", "its checksum"}}},
                  checksums);
  shelf.finish();
}

namespace {

void add_instrument_texts(Shelf& shelf, const std::vector<InstrumentColumn>& instruments) {
  std::vector<std::string> titles, forms, payers;
  for (const auto& instrument : instruments) {
    titles.push_back(instrument.title);
    forms.push_back(instrument.form);
    payers.push_back(instrument.payer);
  }
  shelf.add_texts({"", "title", Element::text, {"instrument"}, {{"long_name", "title"}}}, titles);
  shelf.add_texts({"", "form", Element::text, {"instrument"}, {{"long_name", "form of support"}}}, forms);
  shelf.add_texts({"", "payer", Element::text, {"instrument"}, {{"long_name", "account that pays"}}}, payers);
}

}  // namespace

AxisTable make_axes(const ExperimentInfo& info, const ResultLayout& layout, std::uint64_t num_replicates) {
  AxisTable axes;
  axes["arm"] = labelled(layout.arms, "scenario; the first is the baseline");
  std::vector<std::int32_t> replicates(num_replicates);
  std::iota(replicates.begin(), replicates.end(), static_cast<std::int32_t>(info.first_replicate) + 1);
  axes["replicate"] = numbered(std::move(replicates),
                               {{"long_name", "replicate; one number shares all draws"}, {"units", "1"}});
  axes["time"] = time_axis(layout.times, info.start);
  axes["year"] =
      numbered({layout.years.begin(), layout.years.end()}, {{"long_name", "calendar year"}, {"units", "1"}});
  axes["bound"] = only_length(2);
  axes["flow"] = only_length(layout.flows.size());
  axes["kind"] = labelled(layout.kinds, "kind of agent");
  std::vector<std::string> instruments;
  for (const auto& instrument : layout.instruments) instruments.push_back(instrument.id);
  axes["instrument"] = labelled(std::move(instruments), "policy instrument");
  for (const auto& axis : layout.axes) axes[axis_in_file(axis.name)] = labelled(axis.labels, axis.name);
  return axes;
}

void add_flow_texts(Shelf& shelf, const std::vector<FlowColumn>& flows) {
  std::vector<std::string> instruments, payers, receivers;
  std::vector<std::int8_t> is_instrument;
  for (const auto& flow : flows) {
    instruments.push_back(flow.instrument);
    payers.push_back(flow.payer);
    receivers.push_back(flow.receiver);
    is_instrument.push_back(flow.is_instrument ? 1 : 0);
  }
  shelf.add_texts({"", "instrument", Element::text, {"flow"}, {{"long_name", "instrument or purpose"}}},
                  instruments);
  shelf.add_texts({"", "payer", Element::text, {"flow"}, {{"long_name", "account that pays"}}}, payers);
  shelf.add_texts({"", "receiver", Element::text, {"flow"}, {{"long_name", "account that receives"}}},
                  receivers);
  shelf
      .add({"",
            "is_instrument",
            Element::i8,
            {"flow"},
            {{"long_name", "1 where public money of an instrument"}, {"units", "1"}}})
      .write(std::span<const std::int8_t>(is_instrument));
}

hdf5::Dataset& Shelf::scale(const std::string& name) {
  if (const auto found = scales_.find(name); found != scales_.end()) return found->second;
  const AxisSpec& axis = axes_.at(name);
  const Element element = axis.coordinate == Coordinate::labels ? Element::text : Element::i32;
  hdf5::Dataset made = group_.create(name, element, {axis.length});
  if (axis.coordinate == Coordinate::labels) made.write_text(axis.labels);
  if (axis.coordinate == Coordinate::numbers) made.write(std::span<const std::int32_t>(axis.numbers));
  // The mark by which netCDF knows an axis without coordinate values.
  made.make_scale(axis.coordinate == Coordinate::none
                      ? fmt::format("This is a netCDF dimension but not a netCDF variable.{:10}", axis.length)
                      : name);
  for (const auto& [key, text] : axis.attributes) made.set_attribute(key, text);
  hdf5::Dataset& kept = scales_.emplace(name, std::move(made)).first->second;
  if (!axis.bounds.empty()) {
    add({"", name + "_bounds", Element::i32, {name, "bound"}, {}})
        .write(std::span<const std::int32_t>(axis.bounds));
  }
  return kept;
}

hdf5::Dataset Shelf::add(const VariableSpec& spec, const hdf5::Storage& storage) {
  Shape shape;
  for (const auto& axis : spec.axes) shape.push_back(scale(axis).shape().front());
  hdf5::Dataset made = group_.create(spec.name, spec.element, shape, storage);
  std::vector<const hdf5::Dataset*> scales;
  const std::uint64_t reference = made.reference();
  for (std::size_t i = 0; i < spec.axes.size(); ++i) {
    scales.push_back(&scale(spec.axes[i]));
    users_[spec.axes[i]].push_back({reference, static_cast<std::int32_t>(i)});
  }
  made.attach_scales(scales);
  for (const auto& [key, text] : spec.attributes) made.set_attribute(key, text);
  if (spec.annex != 0) made.set_attribute("annex", std::int32_t{spec.annex});
  if (spec.sampled_every != 0) made.set_attribute("sampled_every_months", std::int32_t{spec.sampled_every});
  return made;
}

void Shelf::finish() {
  for (const auto& [axis, users] : users_) scales_.at(axis).set_users(users);
  users_.clear();
}

void Shelf::add_texts(const VariableSpec& spec, const std::vector<std::string>& values) {
  add(spec).write_text(values);
}

Month month_of_last_day(int days) {
  Month month = Month::of(2020, 1) + days / 31;
  while (days_since_2020(month + 1) - 1 < days) month = month + 1;
  while (days_since_2020(month + 1) - 1 > days) month = month + -1;
  return month;
}

hdf5::Group make_group(const hdf5::File& file, const std::string& path) {
  hdf5::Group group = file.root();
  for (std::size_t begin = 0; begin < path.size();) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    const std::string name = path.substr(begin, end - begin);
    group = group.has(name) ? group.group(name) : group.create_group(name);
    begin = end + 1;
  }
  return group;
}

hdf5::Storage storage_of(const ReplicateVariable& variable, const ResultLayout& layout,
                         std::uint64_t num_replicates, Stage stage) {
  if (stage == Stage::unfinished) return {};
  const Shape rest = block_shape(variable, layout);
  const std::uint64_t row = std::max<std::uint64_t>(hdf5::num_elements(rest), 1);
  constexpr std::uint64_t chunk_elements =
      32768;  // 256 KiB: a series of all replicates is one or a few chunks
  Shape chunk = {1, std::clamp<std::uint64_t>(chunk_elements / row, 1, num_replicates)};
  for (const auto length : rest) chunk.push_back(std::max<std::uint64_t>(length, 1));
  return {chunk, false, true, false};
}

void create_structure(hdf5::File& file, const ExperimentInfo& info, const ResultLayout& layout,
                      std::uint64_t num_replicates, Stage stage) {
  const AxisTable axes = make_axes(info, layout, num_replicates);
  add_root(file, info, layout, axes, stage);
  add_scenario_group(file, info, axes);
  add_provenance_group(file, info.provenance, axes);
  std::map<std::string, Shelf> shelves;
  for (const auto& variable : replicate_variables(layout)) {
    if (variable.source == ReplicateVariable::Source::flows && stage == Stage::finished) continue;
    const Shape rest = block_shape(variable, layout);
    if (hdf5::num_elements(rest) == 0) continue;  // no instruments, no flows, no kinds yet
    const std::string& path = variable.spec.group;
    auto found = shelves.find(path);
    if (found == shelves.end()) found = shelves.emplace(path, Shelf(make_group(file, path), axes)).first;
    found->second.add(variable.spec, storage_of(variable, layout, num_replicates, stage));
  }
  if (const auto found = shelves.find("instruments"); found != shelves.end()) {
    add_instrument_texts(found->second, layout.instruments);
  }
  if (const auto found = shelves.find("flows"); found != shelves.end())
    add_flow_texts(found->second, layout.flows);
  for (auto& [path, shelf] : shelves) shelf.finish();
}

}  // namespace polder::output
