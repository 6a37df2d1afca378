// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "scenarios/data_table.hpp"
#include "scenarios/distribution_text.hpp"
#include "scenarios/experiment.hpp"
#include "scenarios/fields.hpp"
#include "scenarios/yaml_reader.hpp"

namespace polder::scenarios {

namespace {

using enum KeyType;

constexpr const char* methods =
    "grid|factorial|fractional_factorial|latin_hypercube|sobol_sequence|saltelli|morris|points";

constexpr Key design_table[] = {
    {"method", choice, true, "how points are chosen", methods},
    {"size", integer, false,
     "points (latin_hypercube, sobol_sequence), base points (saltelli), trajectories (morris)"},
    {"levels", integer, false, "values a parameter takes (grid, morris)"},
    {"seed", integer, false, "seed of the points; default 1"},
    {"points", path, false, "CSV file with one point a row, for the method points"}};
constexpr KeyTable design_keys{"a design", design_table};

constexpr Key variation_table[] = {
    {"range", range, false, "lowest and highest value; default the parameter's own range"},
    {"distribution", text, false, "such as triangular(0.1, 0.2, 0.5); default uniform over the range"},
    {"levels", other, false, "a list of values"}};
constexpr KeyTable variation_keys{"a parameter that varies", variation_table, false, "distribution"};

constexpr Key experiment_table[] = {
    {"name", word, true, "name of the experiment and its result"},
    {"title", title, false, "what readers see"},
    {"description", text, false, "what is asked"},
    {"baseline", path, true, "scenario file"},
    {"policies", other, false, "list of scenario files that share all draws with the baseline"},
    {"set", other, false, "map of values to change in the scenarios, as with --set"},
    {"replicates", integer, false, "runs of every arm at every point; default 1"},
    {"design", map, true, "how points are chosen", "", &design_keys},
    {"parameters", other, true, "map from the parameters that vary to how they do"},
    {"indicators", words, false, "what is kept of every run; default all"},
    {"years", other, false, "list of years of which the last sample is kept; default every sample"}};
constexpr KeyTable experiment_keys{"an experiment", experiment_table};

constexpr Key file_table[] = {{"polder", integer, true, "version of the format, 1"},
                              {"experiment", map, true, "the experiment", "", &experiment_keys}};
constexpr KeyTable file_keys{"an experiment file", file_table};

/// Reads one file; the mistakes are the caller's.
class Reader {
 public:
  Reader(const FileSource& source, ExperimentSpec& spec, Mistakes& mistakes)
      : source_(source), spec_(spec), mistakes_(mistakes) {}

  void read(const Node& tree) {
    const Fields file(tree, {}, file_keys, mistakes_);
    if (const auto version = file.integer("polder"); version && *version != 1)
      file.refuse("polder", "1, the format this program reads");
    const Node* body = file.node("experiment");
    if (body == nullptr) return;
    const Fields fields(*body, "experiment", experiment_keys, mistakes_);
    spec_.name = fields.word("name");
    const Title titles = fields.title("title");
    spec_.title = titles.en;
    spec_.title_nl = titles.nl;
    spec_.description = fields.text("description");
    const std::string baseline = fields.text("baseline");
    if (!baseline.empty()) spec_.baseline = path_from(spec_.file, baseline);
    read_policies(fields);
    read_sets(fields);
    spec_.replicates = static_cast<std::uint32_t>(
        bounded(fields, "replicates", 1, most_replicates_of_experiment).value_or(1));
    read_design(fields);
    read_variations(fields);
    spec_.indicators = fields.words("indicators");
    if (const Node* node = fields.node("indicators")) spec_.indicators_mark = node->mark;
    read_years(fields);
  }

 private:
  std::optional<std::uint64_t> bounded(const Fields& fields, const char* key, std::uint64_t low,
                                       std::uint64_t high) {
    const auto value = fields.integer(key);
    if (value && (*value < low || *value > high)) {
      fields.refuse(key, fmt::format("a whole number from {} to {}", low, high));
      return std::nullopt;
    }
    return value;
  }

  void read_policies(const Fields& fields) {
    const Node* node = fields.node("policies");
    if (node == nullptr) return;
    const std::vector<Node> items = node->is_list() ? node->items : std::vector{*node};
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (items[i].is_scalar() && !items[i].text.empty()) {
        spec_.policies.push_back(path_from(spec_.file, items[i].text));
      } else {
        refuse_type(items[i], item_path("experiment.policies", i + 1), "the path of a scenario", mistakes_);
      }
    }
  }

  void read_sets(const Fields& fields) {
    const Node* node = fields.node("set");
    if (node == nullptr) return;
    if (!node->is_map()) {
      refuse_type(*node, "experiment.set", "a map such as {scale: 0.01, clock.end: 2030-12}", mistakes_);
      return;
    }
    for (const Node::Entry& entry : node->entries) {
      if (entry.value.is_scalar() && !entry.value.text.empty()) {
        spec_.sets.push_back(entry.key + "=" + entry.value.text);
      } else {
        refuse_type(entry.value, join_path("experiment.set", shorten(entry.key)), "a plain value", mistakes_);
      }
    }
  }

  void read_design(const Fields& experiment) {
    const Node* node = experiment.node("design");
    if (node == nullptr) return;
    const Fields fields(*node, "experiment.design", design_keys, mistakes_);
    DesignSpec& design = spec_.design;
    design.mark = node->mark;
    design.method = fields.choice("method");
    constexpr std::uint64_t most_points = 10'000'000;
    design.size = bounded(fields, "size", 1, most_points).value_or(0);
    design.levels = bounded(fields, "levels", 2, 10'000).value_or(0);
    design.seed = fields.integer("seed").value_or(1);
    design.points = fields.text("points");
    if (const Node* points = fields.node("points")) design.points_mark = points->mark;
    if (design.method == "points" && design.points.empty())
      fields.refuse("points", "the path of a CSV file with one point a row");
    if (!design.method.empty() && design.method != "points" && !design.points.empty())
      fields.refuse("points", "is only for the method 'points'");
    if (design.method == "points" && !design.points.empty()) read_points();
  }

  void read_points() {
    const std::string path = path_from(spec_.file, spec_.design.points);
    std::string table, bytes;
    if (!read_text_file(source_, path, spec_.design.points_mark, "experiment.design.points", table, bytes,
                        mistakes_))
      return;
    auto parsed = parse_table(table, path, spec_.design.points, bytes, mistakes_);
    if (parsed) spec_.points = std::move(*parsed);
  }

  void read_variations(const Fields& fields) {
    const Node* node = fields.node("parameters");
    if (node == nullptr) return;
    if (!node->is_map() || node->entries.empty()) {
      refuse_type(*node, "experiment.parameters",
                  "a map from parameters to how they vary, such as {cost: {range: [0.01, 0.03]}}", mistakes_);
      return;
    }
    for (const Node::Entry& entry : node->entries) read_variation(entry);
  }

  void read_variation(const Node::Entry& entry) {
    const std::string path = join_path("experiment.parameters", shorten(entry.key));
    if (!check_name(entry.key, entry.mark, path, mistakes_)) return;
    Variation variation;
    variation.name = entry.key;
    variation.mark = variation.where = entry.mark;
    if (entry.value.is_scalar()) {
      set_distribution(variation, entry.value, path);
    } else if (!entry.value.is_null()) {
      const Fields fields(entry.value, path, variation_keys, mistakes_);
      std::tie(variation.low, variation.high) = fields.range("range");
      if (const Node* distribution = fields.node("distribution"))
        set_distribution(variation, *distribution, join_path(path, "distribution"));
      if (const Node* levels = fields.node("levels"))
        set_levels(variation, *levels, join_path(path, "levels"));
    }
    spec_.parameters.push_back(std::move(variation));
  }

  void set_distribution(Variation& variation, const Node& node, const std::string& path) {
    variation.where = node.mark;
    if (!node.is_scalar()) {
      refuse_type(node, path, "a distribution such as uniform(0.1, 0.5)", mistakes_);
      return;
    }
    variation.text = node.text;
    if (!parse_distribution(node.text, node.mark, path, variation.distribution, variation.arguments,
                            mistakes_))
      variation.arguments.clear();
  }

  void set_levels(Variation& variation, const Node& node, const std::string& path) {
    variation.where = node.mark;
    if (!variation.distribution.empty())
      mistakes_.add(node.mark, path, {}, "either levels or a distribution, not both");
    if (!node.is_list() || node.items.empty()) {
      refuse_type(node, path, "a list of values", mistakes_);
      return;
    }
    variation.distribution = "levels";
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < node.items.size(); ++i) {
      variation.arguments.push_back({{}, read_formula(node.items[i], item_path(path, i + 1), mistakes_)});
      texts.push_back(variation.arguments.back().value.text);
    }
    variation.text = fmt::format("levels({})", fmt::join(texts, ", "));
  }

  void read_years(const Fields& fields) {
    const Node* node = fields.node("years");
    if (node == nullptr) return;
    spec_.years_mark = node->mark;
    const std::vector<Node> items = node->is_list() ? node->items : std::vector{*node};
    for (std::size_t i = 0; i < items.size(); ++i) {
      int year = 0;
      const std::string& text = items[i].text;
      const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), year);
      if (!items[i].is_scalar() || error != std::errc{} || end != text.data() + text.size() || year < 1000 ||
          year > 9999) {
        refuse_type(items[i], item_path("experiment.years", i + 1), "a year such as 2030", mistakes_);
      } else {
        spec_.years.push_back(year);
      }
    }
    std::sort(spec_.years.begin(), spec_.years.end());
    spec_.years.erase(std::unique(spec_.years.begin(), spec_.years.end()), spec_.years.end());
  }

  const FileSource& source_;
  ExperimentSpec& spec_;
  Mistakes& mistakes_;
};

}  // namespace

ExperimentSpec read_experiment(const FileSource& source, const std::string& file) {
  Mistakes mistakes;
  ExperimentSpec spec;
  spec.file = file;
  std::string text, bytes;
  if (read_text_file(source, file, {}, {}, text, bytes, mistakes)) {
    spec.source = {file, checksum(bytes), bytes};
    if (const auto tree = parse_yaml(text, file, mistakes)) {
      if (tree->is_map()) {
        Reader(source, spec, mistakes).read(*tree);
      } else {
        mistakes.add(tree->is_null() ? Mark{file, 0, 0} : tree->mark, {}, describe(*tree),
                     "an experiment file; it has the keys polder and experiment");
      }
    }
  }
  mistakes.throw_if_any();
  return spec;
}

}  // namespace polder::scenarios
