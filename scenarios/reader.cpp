// SPDX-License-Identifier: Apache-2.0
#include "scenarios/reader.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "engine/program.hpp"
#include "scenarios/overlay.hpp"
#include "scenarios/resolved.hpp"
#include "scenarios/sections.hpp"

namespace polder::scenarios {

namespace {

/// More mistakes than anyone reads; bounds the work on rubbish.
constexpr std::size_t most_mistakes = 200;

void throw_if_any(const Mistakes& mistakes) {
  if (mistakes.list().size() <= most_mistakes) {
    mistakes.throw_if_any();
    return;
  }
  std::vector<Mistake> list = mistakes.list();
  std::stable_sort(list.begin(), list.end(), [](const Mistake& a, const Mistake& b) {
    return std::tie(a.where.file, a.where.line, a.where.column) <
           std::tie(b.where.file, b.where.line, b.where.column);
  });
  const std::size_t rest = list.size() - most_mistakes;
  list.resize(most_mistakes);
  list.push_back({{}, {}, {}, fmt::format("and {} more mistakes", rest), {}});
  throw InputError(std::move(list));
}

/// Sections in the order of the documentation, whichever file brought them.
void order_sections(Node& tree) {
  const auto& keys = scenario_keys().keys;
  const auto rank = [&](const Node::Entry& entry) {
    return std::find_if(keys.begin(), keys.end(), [&](const Key& key) { return entry.key == key.name; }) -
           keys.begin();
  };
  std::stable_sort(tree.entries.begin(), tree.entries.end(),
                   [&](const Node::Entry& a, const Node::Entry& b) { return rank(a) < rank(b); });
}

Merged merge_files(const FileSource& source, const std::string& file, const std::vector<std::string>& sets,
                   const Catalogue& catalogue, Mistakes& mistakes) {
  auto merged = load_merged(source, file, mistakes);
  if (!merged) {
    throw_if_any(mistakes);
    throw InputError(Mistake{{file, 0, 0}, {}, {}, "cannot be read", {}});
  }
  for (std::size_t i = 0; i < sets.size(); ++i)
    set_value(merged->tree, sets[i], static_cast<int>(i) + 1, catalogue, mistakes);
  rebase_paths(merged->tree, file);
  order_sections(merged->tree);
  return std::move(*merged);
}

Scenario read_merged(const Merged& merged, const FileSource& source, const std::string& file,
                     const Catalogue& catalogue, Mistakes& mistakes) {
  if (const Node* experiment = merged.tree.find("experiment"))
    throw InputError(Mistake{experiment->mark,
                             "experiment",
                             {},
                             "this file describes a sweep of many runs, not a scenario: 'polder sweep plan' "
                             "checks it and 'polder sweep run' runs it",
                             {}});
  Scenario scenario;
  Reading reading{catalogue, source, file, mistakes, scenario};
  const Fields fields(merged.tree, {}, scenario_keys(), mistakes);
  read_head(fields, reading);
  read_clock(fields, reading);
  read_label_sets(fields, reading);
  read_parameters(fields, reading);
  read_controls(fields, reading);
  read_actors(fields, reading);
  read_accounts(fields, reading);
  read_networks(fields, reading);
  read_mechanisms(fields, reading);
  read_instruments(fields, reading);
  read_rules(fields, reading);
  read_indicators(fields, reading);
  throw_if_any(mistakes);
  scenario.files = merged.files;
  scenario.resolved = write_yaml(merged.tree, Origins::hidden);
  return scenario;
}

/// Gives a misspelt key the name that was meant. True when it stood in the tree and the name was free.
bool rename_key(Node& node, const Mistake& misspelt) {
  for (Node::Entry& entry : node.entries) {
    if (entry.mark == misspelt.where && misspelt.path.ends_with(entry.key)) {
      if (node.find(misspelt.suggestion)) return false;
      entry.key = misspelt.suggestion;
      return true;
    }
    if (rename_key(entry.value, misspelt)) return true;
  }
  return std::any_of(node.items.begin(), node.items.end(),
                     [&](Node& item) { return rename_key(item, misspelt); });
}

/// What else is wrong when nothing but misspelt keys stopped the reading: found with the keys that were
/// meant.
std::vector<Mistake> hidden_behind(const std::vector<Mistake>& misspelt, Merged merged,
                                   const FileSource& source, const std::string& file,
                                   const Catalogue& catalogue) {
  for (const Mistake& mistake : misspelt)
    if (mistake.suggestion.empty() || !rename_key(merged.tree, mistake)) return {};
  try {
    Mistakes more;
    compile(read_merged(merged, source, file, catalogue, more), catalogue);
  } catch (const InputError& error) {
    return error.mistakes();
  }
  return {};
}

/// Nothing but InputError leaves: whatever the parts and the libraries throw is told as a mistake in the
/// file.
template <class Body>
auto guarded(const std::string& file, Body body) {
  try {
    return body();
  } catch (const InputError&) {
    throw;
  } catch (const std::exception& error) {
    throw InputError(Mistake{{file, 0, 0}, {}, {}, fmt::format("cannot be read: {}", error.what()), {}});
  }
}

}  // namespace

Scenario read_scenario(const FileSource& source, const std::string& file,
                       const std::vector<std::string>& sets, const Catalogue& catalogue) {
  return guarded(file, [&] {
    Mistakes mistakes;
    const Merged merged = merge_files(source, file, sets, catalogue, mistakes);
    try {
      return read_merged(merged, source, file, catalogue, mistakes);
    } catch (const InputError& error) {
      Mistakes all;
      all.add(error);
      for (const Mistake& more : hidden_behind(error.mistakes(), merged, source, file, catalogue))
        all.add(more);
      throw_if_any(all);
      throw;
    }
  });
}

Scenario read_scenario(const std::filesystem::path& file, const std::vector<std::string>& sets,
                       const Catalogue& catalogue) {
  return read_scenario(DiskSource(), file.lexically_normal().generic_string(), sets, catalogue);
}

Scenario read_text(const std::string& yaml, const std::map<std::string, std::string>& data_files,
                   const std::vector<std::string>& sets, const Catalogue& catalogue) {
  const std::string file = "scenario.yaml";
  std::map<std::string, std::string> files = data_files;
  files[file] = yaml;
  return read_scenario(MemorySource(std::move(files)), file, sets, catalogue);
}

std::string resolved_yaml(const FileSource& source, const std::string& file,
                          const std::vector<std::string>& sets, const Catalogue& catalogue) {
  return guarded(file, [&] {
    Mistakes mistakes;
    const Merged merged = merge_files(source, file, sets, catalogue, mistakes);
    throw_if_any(mistakes);
    return write_yaml(merged.tree, Origins::shown);
  });
}

}  // namespace polder::scenarios
