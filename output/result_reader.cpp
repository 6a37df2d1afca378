// SPDX-License-Identifier: Apache-2.0
#include "output/result_reader.hpp"

#include <algorithm>
#include <limits>

#include "engine/error.hpp"
#include "output/refuse.hpp"
#include "output/result_writer.hpp"
#include "output/text_bytes.hpp"

namespace polder::output {
namespace {

constexpr std::string_view grouped_prefix = "indicators_by_";

std::string existing_path(const std::string& path) {
  if (exists(path)) return path;
  if (exists(partial_path(path))) return partial_path(path);
  refuse(path, "", "no such file", "the path of a result");
}

SeriesInfo info_of(const std::string& id, const hdf5::Dataset& dataset) {
  SeriesInfo s;
  s.id = id;
  s.unit = dataset.text_attribute("units");
  s.long_name = dataset.text_attribute("long_name");
  s.title_en = dataset.text_attribute("title_en");
  s.title_nl = dataset.text_attribute("title_nl");
  s.category = dataset.text_attribute("category");
  s.indicator_class = dataset.text_attribute("class");
  s.definition = dataset.text_attribute("definition");
  s.formula = dataset.text_attribute("formula");
  s.source = dataset.text_attribute("source");
  if (dataset.has_attribute("annex")) s.annex = dataset.attribute<std::int32_t>("annex");
  return s;
}

std::vector<std::string> names_of(const std::vector<SeriesInfo>& indicators) {
  std::vector<std::string> names;
  names.reserve(indicators.size());
  for (const auto& indicator : indicators) names.push_back(indicator.id);
  return names;
}

}  // namespace

ResultReader::ResultReader(const std::string& path)
    : path_(existing_path(path)), file_(hdf5::File::open(path_, hdf5::File::Access::read)) {
  check_format(file_, path_);
  const hdf5::Group root = file_.root();
  contents_ = read_contents(file_);
  complete_ = root.attribute<std::int32_t>("complete") != 0;
  seed_ = root.attribute<std::uint64_t>("seed");
  scale_ = root.attribute<double>("scale");
  start_ = parse_month(root.text_attribute("start")).value_or(Month{});
  title_ = root.text_attribute("title");
  first_replicate_ = static_cast<std::uint32_t>(root.attribute<std::int64_t>("first_replicate"));
  read_axes(root);
  read_indicators(root);
}

void ResultReader::read_axes(const hdf5::Group& root) {
  arms_ = root.dataset("arm").read_text();
  for (const int day : root.dataset("time").read<std::int32_t>()) times_.push_back(month_of_last_day(day));
  if (arms_.size() != contents_.num_arms) {
    refuse(path_, "arm", "another number of arms", "a result of Polder");
  }
  if (root.has("counts")) kinds_ = root.group("counts").dataset("kind").read_text();
  if (root.has("instruments")) {
    const auto years = root.group("instruments").dataset("year").read<std::int32_t>();
    years_.assign(years.begin(), years.end());
  }
  for (const auto& name : root.names()) {
    if (!name.starts_with(grouped_prefix)) continue;
    const std::string axis = name.substr(grouped_prefix.size());
    axes_.push_back({axis, root.group(name).dataset(axis_in_file(axis)).read_text()});
  }
}

void ResultReader::read_indicators(const hdf5::Group& root) {
  if (!root.has("indicators")) return;
  const hdf5::Group group = root.group("indicators");
  const hdf5::Shape shape = {contents_.num_arms, contents_.num_replicates, times_.size()};
  for (const auto& name : group.names()) {
    const hdf5::Dataset dataset = group.dataset(name);
    if (dataset.is_scale() || dataset.shape().size() != shape.size()) continue;
    if (dataset.shape() != shape) refuse(dataset.path(), "", "another shape", "a result of Polder");
    indicators_.push_back(info_of(name, dataset));
    for (const auto& axis : axes_) {
      if (root.group(std::string(grouped_prefix) + axis.name).has(name))
        indicators_.back().by.push_back(axis.name);
    }
  }
}

const SeriesInfo& ResultReader::indicator(const std::string& id) const {
  const auto found =
      std::find_if(indicators_.begin(), indicators_.end(), [&](const SeriesInfo& s) { return s.id == id; });
  if (found != indicators_.end()) return *found;
  refuse(path_, "indicator", id, "an indicator of this result", nearest(id, names_of(indicators_)));
}

Array ResultReader::masked(Array array) const {
  const std::uint64_t row = hdf5::num_elements(std::span(array.shape).subspan(2));
  for (std::uint64_t arm = 0; arm < contents_.num_arms; ++arm) {
    for (std::uint64_t r = 0; r < contents_.num_replicates; ++r) {
      if (contents_.has(arm, r)) continue;
      const auto first = static_cast<std::ptrdiff_t>((arm * contents_.num_replicates + r) * row);
      std::fill_n(array.values.begin() + first, row, std::numeric_limits<double>::quiet_NaN());
    }
  }
  return array;
}

Array ResultReader::numbers(const hdf5::Dataset& dataset) const {
  return masked({dataset.shape(), dataset.read<double>()});
}

Array ResultReader::euros(const hdf5::Dataset& dataset) const {
  Array array{dataset.shape(), {}};
  for (const Cents cents : dataset.read<std::int64_t>()) array.values.push_back(to_euros(cents));
  return masked(std::move(array));
}

Array ResultReader::series(const std::string& id) const {
  return numbers(file_.root().group("indicators").dataset(indicator(id).id));
}

Array ResultReader::grouped(const std::string& id, const std::string& axis) const {
  const SeriesInfo& info = indicator(id);
  if (std::find(info.by.begin(), info.by.end(), axis) == info.by.end()) {
    refuse(path_, "indicator." + id + ".by", axis, "an axis that this indicator is split by",
           nearest(axis, info.by));
  }
  return numbers(file_.root().group(std::string(grouped_prefix) + axis).dataset(id));
}

std::vector<double> ResultReader::replicates(const std::string& id, std::size_t arm, std::size_t time) const {
  EXPECTS(arm < arms_.size() && time < times_.size());
  const hdf5::Dataset dataset = file_.root().group("indicators").dataset(indicator(id).id);
  std::vector<double> values = dataset.read<double>({{arm, 0, time}, {1, contents_.num_replicates, 1}});
  for (std::uint64_t r = 0; r < values.size(); ++r) {
    if (!contents_.has(arm, r)) values[r] = std::numeric_limits<double>::quiet_NaN();
  }
  return values;
}

std::vector<InstrumentColumn> ResultReader::instruments() const {
  const hdf5::Group root = file_.root();
  if (!root.has("instruments")) return {};
  const hdf5::Group group = root.group("instruments");
  const auto ids = group.dataset("instrument").read_text();
  const auto titles = group.dataset("title").read_text();
  const auto forms = group.dataset("form").read_text();
  const auto payers = group.dataset("payer").read_text();
  std::vector<InstrumentColumn> instruments;
  for (std::size_t i = 0; i < ids.size(); ++i)
    instruments.push_back({ids[i], titles.at(i), forms.at(i), payers.at(i)});
  return instruments;
}

Array ResultReader::instrument_table(const std::string& name) const {
  const hdf5::Group root = file_.root();
  if (!root.has("instruments")) return {{contents_.num_arms, contents_.num_replicates, 0, 0}, {}};
  const hdf5::Dataset dataset = root.group("instruments").dataset(name);
  return name == "outlay" ? euros(dataset) : numbers(dataset);
}

Array ResultReader::counts(const std::string& name) const {
  const hdf5::Group root = file_.root();
  if (!root.has("counts")) return {{contents_.num_arms, contents_.num_replicates, 0}, {}};
  return numbers(root.group("counts").dataset(name));
}

ArmScenario ResultReader::scenario(std::size_t arm) const {
  EXPECTS(arm < arms_.size());
  const hdf5::Group root = file_.root();
  if (!root.has("scenario")) {
    refuse(path_, "scenario", "none", "a result with its scenario embedded");
  }
  const hdf5::Group group = root.group("scenario");
  ArmScenario scenario{
      group.dataset("title").read_text().at(arm), group.dataset("resolved").read_text().at(arm), {}};
  if (!group.has("path")) return scenario;
  const auto paths = group.dataset("path").read_text();
  const auto checksums = group.dataset("checksum").read_text();
  const auto encodings = group.dataset("encoding").read_text();
  const auto contents = group.dataset("content").read_text();
  const auto used = group.dataset("used").read<std::int8_t>();
  for (std::size_t f = 0; f < paths.size(); ++f) {
    if (used.at(arm * paths.size() + f) == 0) continue;
    const bool encoded = encodings.at(f) == "base64";
    scenario.files.push_back(
        {paths[f], checksums.at(f), encoded ? from_base64(contents.at(f)) : contents.at(f)});
  }
  return scenario;
}

Provenance ResultReader::provenance() const {
  const hdf5::Group group = file_.root().group("provenance");
  const auto text = [&](const char* name) { return group.text_attribute(name); };
  Provenance p{
      text("polder_version"), text("compiler"), text("flags"),   text("build_type"),   text("commit"),
      text("simd"),           text("platform"), text("created"), text("command_line"), {}};
  if (!group.has("data_path")) return p;
  const auto paths = group.dataset("data_path").read_text();
  const auto checksums = group.dataset("data_checksum").read_text();
  for (std::size_t i = 0; i < paths.size(); ++i) p.data.emplace_back(paths[i], checksums.at(i));
  return p;
}

}  // namespace polder::output
