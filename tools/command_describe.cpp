// SPDX-License-Identifier: Apache-2.0
// `polder describe`: what scenarios can use, and the order of a month.
#include <algorithm>
#include <array>
#include <filesystem>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "agents/registry.hpp"
#include "engine/program.hpp"
#include "tools/command.hpp"
#include "tools/describe.hpp"
#include "tools/load.hpp"
#include "tools/options.hpp"
#include "tools/terminal.hpp"

namespace polder::tools {

namespace {

constexpr std::array<const char*, 6> topic_names{"mechanism", "instrument", "indicator",
                                                 "kind",      "form",       "function"};
constexpr const char* usual_scenario = "scenarios/nl-2020.yaml";

constexpr const char* describe_examples =
    "Examples:\n"
    "  polder describe                                    everything, a line each\n"
    "  polder describe mechanism                          all mechanisms\n"
    "  polder describe mechanism rd_investment            one, with equation, source and fields\n"
    "  polder describe indicator 37 --scenario my.yaml    by its number in the annex\n"
    "  polder describe --schedule scenarios/mini.yaml     the order of a month";

class DescribeCommand final : public Command {
 public:
  explicit DescribeCommand(CLI::App& app) {
    CLI::App& sub =
        *app.add_subcommand("describe", "Explains mechanisms, instruments, indicators, kinds and functions");
    sub.footer(describe_examples);
    sub.add_option("topic", topic_, "mechanism, instrument, indicator, kind, form or function");
    sub.add_option("name", name_, "Which one (all when left out)");
    sub.add_option("--scenario", scenario_,
                   fmt::format("Whose instruments and indicators ({})", usual_scenario))
        ->type_name("FILE");
    sub.add_option("--schedule", schedule_, "Prints the order of a month of this scenario")
        ->type_name("SCENARIO");
    sub.add_option("--lang", language_, "Language of titles")
        ->check(CLI::IsMember({"en", "nl"}))
        ->type_name("en|nl");
    sub.add_flag("--markdown", markdown_, "Prints Markdown");
    sub.add_flag("--json", json_, "Prints JSON for other programs");
    add_scenario_options(sub, options_);
  }

  int run(Arguments) override {
    catalogue_ = agents::catalogue();
    if (!schedule_.empty()) {
      print(
          compile(load_scenario(schedule_, options_.settings(), catalogue_), catalogue_).describe_schedule());
      return exit_done;
    }
    if (topic_.empty()) return overview();
    if (topic_.size() > 1 && topic_.ends_with('s')) topic_.pop_back();  // `describe mechanisms`
    check_topic();
    const std::vector<Topic> topics = topics_of(topic_);
    if (name_.empty()) {
      list(topic_, topics);
    } else {
      show_page(page(topics));
    }
    return exit_done;
  }

 private:
  void check_topic() const {
    const std::vector<std::string> known(topic_names.begin(), topic_names.end());
    if (std::find(known.begin(), known.end(), topic_) == known.end())
      throw InputError(Mistake{{},
                               "polder describe",
                               topic_,
                               fmt::format("one of {}", fmt::join(known, ", ")),
                               nearest(topic_, known)});
  }

  Language language() const { return language_ == "nl" ? Language::nl : Language::en; }

  const Scenario& scenario() {
    if (!loaded_) {
      if (scenario_.empty() && !std::filesystem::exists(usual_scenario))
        throw InputError(Mistake{
            {}, "polder describe " + topic_, {}, "belongs to a scenario: name one with --scenario FILE", {}});
      loaded_ =
          load_scenario(scenario_.empty() ? usual_scenario : scenario_, options_.settings(), catalogue_);
    }
    return *loaded_;
  }

  std::vector<Topic> topics_of(const std::string& topic) {
    if (topic == "mechanism") return mechanism_topics(catalogue_);
    if (topic == "kind") return kind_topics(catalogue_);
    if (topic == "form") return form_topics(catalogue_);
    if (topic == "function") return function_topics();
    if (topic == "instrument") return instrument_topics(scenario(), language());
    return indicator_topics(scenario(), language());
  }

  /// Position of the thing asked for. errors: InputError with the nearest name.
  std::size_t position(const std::vector<Topic>& topics) const {
    std::vector<std::string> names;
    for (std::size_t t = 0; t < topics.size(); ++t) {
      if (topics[t].name == name_ || (topic_ == "indicator" && topics[t].group == name_)) return t;
      names.push_back(topics[t].name);
    }
    throw InputError(Mistake{{},
                             "polder describe " + topic_,
                             name_,
                             fmt::format("the name of a known {}", topic_),
                             nearest(name_, names)});
  }

  Document page(const std::vector<Topic>& topics) {
    const std::size_t at = position(topics);
    if (topic_ == "mechanism") return describe(catalogue_.mechanisms[at]);
    if (topic_ == "kind") return describe(catalogue_.kinds[at]);
    if (topic_ == "form") return describe(catalogue_.forms[at]);
    if (topic_ == "function") return describe_function(name_);
    if (topic_ == "instrument") return describe(scenario().instruments[at], language());
    return describe(scenario().indicators[at], language());
  }

  void show_page(const Document& document) const {
    print(json_ ? document.json() + '\n' : markdown_ ? document.markdown() : document.text());
  }

  void list(const std::string& topic, const std::vector<Topic>& topics) const {
    const char* group = topic == "indicator"    ? "Annex"
                        : topic == "function"   ? "Use"
                        : topic == "instrument" ? "Form"
                                                : "Group";
    std::vector<TextTable::Column> columns{{"Name"}};
    const bool has_group = topic != "form";
    if (has_group) columns.push_back({group});
    columns.push_back({"Meaning"});
    const bool has_source = topic == "mechanism" && (json_ || markdown_);  // too wide for a terminal
    if (has_source) columns.push_back({"Source"});
    TextTable table(columns);
    for (const Topic& one : topics) {
      std::vector<std::string> cells{markdown_ ? '`' + one.name + '`' : one.name};
      if (has_group) cells.push_back(one.group);
      cells.push_back(one.sentence);
      if (has_source) cells.push_back(one.source);
      table.add(std::move(cells));
    }
    Document document(topic + 's');
    if (json_) {
      document.table("List", std::move(table));
      print(document.json() + '\n');
    } else {
      print(markdown_ ? table.markdown() : table.text());
    }
  }

  int overview() {
    for (const char* topic : topic_names) {
      const bool of_scenario =
          std::string_view(topic) == "instrument" || std::string_view(topic) == "indicator";
      if (of_scenario && scenario_.empty()) continue;
      if (!json_) print(fmt::format("{}{}s\n", markdown_ ? "## " : "", topic));
      list(topic, topics_of(topic));
      if (!json_) print("\n");
    }
    if (!json_ && scenario_.empty())
      print("Instruments and indicators belong to a scenario: add --scenario FILE.\n");
    return exit_done;
  }

  Catalogue catalogue_;
  std::string topic_, name_, scenario_, schedule_, language_ = "en";
  bool markdown_ = false, json_ = false;
  ScenarioOptions options_;
  std::optional<Scenario> loaded_;
};

}  // namespace

std::unique_ptr<Command> make_describe_command(CLI::App& app) {
  return std::make_unique<DescribeCommand>(app);
}

}  // namespace polder::tools
