// SPDX-License-Identifier: Apache-2.0
#include "tools/report/sweep.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "engine/error.hpp"
#include "output/hdf5_file.hpp"
#include "tools/report/document.hpp"
#include "tools/report/indicators.hpp"

namespace polder::tools::report {

namespace {

using output::hdf5::Dataset;
using output::hdf5::File;
using output::hdf5::Group;

File open(const std::string& path) {
  return File::open(path, File::Access::read);
}

[[noreturn]] void refuse(const std::string& path, const std::string& found, const std::string& wanted) {
  throw InputError(Mistake{{path, 0, 0}, {}, found, wanted, {}});
}

/// Samples stand at the last day of their month.
Month month_of(int day) {
  Month month = Month::of(2020, 1) + day / 31;
  while (days_since_2020(month + 1) <= day) month = month + 1;
  return month;
}

SeriesInfo description(const std::string& id, const Dataset& dataset) {
  SeriesInfo series;
  series.id = id;
  series.unit = dataset.text_attribute("units");
  series.title_en = dataset.text_attribute("title_en");
  series.title_nl = dataset.text_attribute("title_nl");
  series.category = dataset.text_attribute("category");
  series.indicator_class = dataset.text_attribute("class");
  series.definition = dataset.text_attribute("definition");
  series.formula = dataset.text_attribute("formula");
  series.source = dataset.text_attribute("source");
  if (dataset.has_attribute("annex")) series.annex = dataset.attribute<std::int32_t>("annex");
  return series;
}

/// (point, arm, replicate, time) as (arm, run, time).
output::Array by_run(const output::hdf5::Shape& shape, const std::vector<double>& values) {
  const std::uint64_t points = shape[0], arms = shape[1], replicates = shape[2], times = shape[3];
  output::Array array{{arms, points * replicates, times}, std::vector<double>(values.size())};
  for (std::uint64_t p = 0; p < points; ++p)
    for (std::uint64_t a = 0; a < arms; ++a) {
      const auto from = static_cast<std::ptrdiff_t>((p * arms + a) * replicates * times);
      const auto to = static_cast<std::ptrdiff_t>((a * points + p) * replicates * times);
      std::copy_n(values.begin() + from, replicates * times, array.values.begin() + to);
    }
  return array;
}

Source source_of_sweep(const File& file, const std::string& path) {
  const Group root = file.root();
  Source source;
  source.uncertainty = Uncertainty::range_of_runs;
  source.arms = root.dataset("arm").read_text();
  for (const int day : root.dataset("time").read<std::int32_t>()) source.times.push_back(month_of(day));
  const Group group = root.group("indicators");
  for (const std::string& name : group.names()) {
    const Dataset dataset = group.dataset(name);
    if (dataset.is_scale()) continue;
    const auto shape = dataset.shape();
    if (shape.size() != 4 || shape[1] != source.arms.size() || shape[3] != source.times.size())
      refuse(path, "an indicator of another shape", "the merged file of a sweep");
    source.indicators.push_back(description(name, dataset));
  }
  source.series = [&file](const std::string& id) {
    const Dataset dataset = file.root().group("indicators").dataset(id);
    return by_run(dataset.shape(), dataset.read<double>());
  };
  return source;
}

/// Runs in which every arm has some value.
std::size_t num_runs(const Source& source) {
  std::size_t most = 0;
  for (const SeriesInfo& series : source.indicators) {
    const output::Array array = source.series(series.id);
    const Trajectories values(array);
    std::size_t runs = 0;
    for (std::size_t r = 0; r < values.num_replicates(); ++r) {
      bool all = true;
      for (std::size_t arm = 0; arm < source.arms.size(); ++arm) {
        bool any = false;
        for (std::size_t t = 0; t < values.num_times(); ++t) any = any || !std::isnan(values.at(arm, r, t));
        all = all && any;
      }
      if (all) ++runs;
    }
    most = std::max(most, runs);
  }
  return most;
}

Json arms(const Source& source, const Group& root) {
  std::vector<std::string> titles;
  if (root.has("scenario") && root.group("scenario").has("title"))
    titles = root.group("scenario").dataset("title").read_text();
  Json list = Json::array();
  for (std::size_t arm = 0; arm < source.arms.size(); ++arm) {
    const bool titled = arm < titles.size() && !titles[arm].empty();
    list.push_back({{"id", source.arms[arm]},
                    {"title", both(titled ? titles[arm] : source.arms[arm], {})},
                    {"description", ""},
                    {"parameters", Json::array()}});
  }
  return list;
}

/// Labels of the parameters that vary.
Json parameter_labels(const Group& root) {
  Json labels = Json::object();
  if (!root.has("parameters")) return labels;
  const Group group = root.group("parameters");
  for (const std::string& name : group.names()) {
    const Dataset dataset = group.dataset(name);
    const std::string label = dataset.text_attribute("long_name");
    if (!dataset.is_scale() && !label.empty()) labels[name] = label;
  }
  return labels;
}

Json provenance(const Group& root, const std::string& path) {
  Json fields = Json::object();
  if (root.has("provenance")) {
    const Group group = root.group("provenance");
    for (const char* name : {"polder_version", "commit", "compiler", "flags", "build_type", "simd",
                             "platform", "created", "command_line"})
      fields[name] = group.text_attribute(name);
  }
  return {{"file", std::filesystem::path(path).filename().string()},
          {"fields", std::move(fields)},
          {"data", Json::array()}};
}

}  // namespace

bool is_sweep(const std::string& path) {
  if (!std::filesystem::is_regular_file(path)) return false;
  try {
    return open(path).root().text_attribute("kind") == "sweep";
  } catch (const InputError&) {
    return false;
  }
}

Json sweep_document(const std::string& path) {
  const File file = open(path);
  const Group root = file.root();
  const Source source = source_of_sweep(file, path);
  const std::size_t runs = num_runs(source);
  if (runs == 0 || source.times.empty()) refuse(path, "no finished run", "a sweep with at least one");
  Json months = Json::array(), moments = Json::array();
  for (const Month month : source.times) months.push_back(to_string(month));
  const std::vector<Moment> chosen = moments_of(source);
  for (const Moment& moment : chosen) moments.push_back(as_json(moment));
  return {{"report", document_format},
          {"kind", "sweep"},
          {"title", root.text_attribute("title")},
          {"complete", root.attribute<std::int32_t>("complete") != 0},
          {"pairs", runs},
          {"points", root.dataset("point").shape().at(0)},
          {"scale", root.attribute<double>("scale")},
          {"seed", root.attribute<std::uint64_t>("seed")},
          {"start", root.text_attribute("start")},
          {"times", std::move(months)},
          {"years", Json::array()},
          {"arms", arms(source, root)},
          {"axes", Json::object()},
          {"moments", std::move(moments)},
          {"indicators", indicators(source, chosen)},
          {"flows", Json::array()},
          {"instruments", Json::array()},
          {"per_euro", Json::array()},
          {"counts", Json::array()},
          {"provenance", provenance(root, path)},
          {"parameters", parameter_labels(root)},
          {"analysis", left_in(path, "analysis")},
          {"validation", left_in(path, "validation")}};
}

}  // namespace polder::tools::report
