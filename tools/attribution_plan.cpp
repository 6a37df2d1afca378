// SPDX-License-Identifier: Apache-2.0
#include "tools/attribution_plan.hpp"

#include <algorithm>
#include <map>
#include <numeric>

#include <fmt/format.h>

#include "engine/draw.hpp"
#include "output/experiment.hpp"
#include "scenarios/reader.hpp"

namespace polder::tools {

namespace {

constexpr std::size_t most_members = 60;
constexpr const char* policy_file = "package.yaml";

const InstrumentSpec* find_instrument(const Scenario& scenario, const std::string& id) {
  for (const InstrumentSpec& spec : scenario.instruments)
    if (spec.id == id) return &spec;
  return nullptr;
}

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

/// Dotted keys as nested maps.
struct Tree {
  std::string value;
  std::map<std::string, Tree> below;
};

void write_tree(const Tree& tree, int depth, std::string& out) {
  for (const auto& [key, child] : tree.below) {
    out += std::string(static_cast<std::size_t>(depth) * 2, ' ') + key + ":";
    if (child.below.empty()) {
      out += " " + child.value + "\n";
    } else {
      out += "\n";
      write_tree(child, depth + 1, out);
    }
  }
}

/// An instrument as an item of the list `instruments`.
std::string instrument_yaml(const InstrumentSpec& spec) {
  Tree tree;
  const auto put = [&](const std::string& key, std::string value) {
    Tree* at = &tree;
    for (std::size_t begin = 0; begin <= key.size();) {
      const std::size_t end = std::min(key.find('.', begin), key.size());
      at = &at->below[key.substr(begin, end - begin)];
      begin = end + 1;
    }
    at->value = std::move(value);
  };
  for (const Setting& setting : spec.settings) {
    std::string value;
    for (const FormulaText& text : setting.values) value += (value.empty() ? "" : ", ") + quoted(text.text);
    put(setting.key, setting.is_list ? "[" + value + "]" : value);
  }
  put("form", spec.form);
  if (!spec.payer.empty()) put("payer", spec.payer);
  if (!spec.source.empty()) put("source", quoted(spec.source));
  if (!spec.title.empty())
    put("title", "{en: " + quoted(spec.title) +
                     ", nl: " + quoted(spec.title_nl.empty() ? spec.title : spec.title_nl) + "}");
  put("window.start", to_string(spec.start));
  put("window.end", to_string(spec.end));
  put("window.announced", to_string(spec.announced));
  std::string out = "  - id: " + spec.id + "\n";
  write_tree(tree, 2, out);
  return out;
}

std::string arm_name(const Scenario& policy, const std::vector<std::string>& members, std::uint64_t mask) {
  std::vector<std::string> here, gone;
  for (std::size_t i = 0; i < members.size(); ++i) ((mask >> i & 1) != 0 ? here : gone).push_back(members[i]);
  if (here.empty()) return policy.name + ".none";
  std::string name = policy.name + (gone.size() == 1 ? ".without" : ".only");
  for (const auto& id : gone.size() == 1 ? gone : here) name += "." + id;
  return name;
}

}  // namespace

std::vector<std::string> package_members(const Scenario& baseline, const Scenario& policy) {
  std::vector<std::string> members;
  for (const InstrumentSpec& spec : policy.instruments) {
    const InstrumentSpec* before = find_instrument(baseline, spec.id);
    if (before == nullptr || !(*before == spec)) members.push_back(spec.id);
  }
  return members;
}

std::vector<std::uint64_t> subsets(std::size_t members,
                                   const std::vector<std::vector<std::uint32_t>>& orders) {
  const std::uint64_t full = (std::uint64_t{1} << members) - 1;
  std::vector<std::uint64_t> masks;
  if (orders.empty()) {
    masks.resize(full);
    std::iota(masks.begin(), masks.end(), std::uint64_t{0});
    return masks;
  }
  masks.push_back(0);
  for (std::size_t i = 0; i < members; ++i) masks.push_back(full & ~(std::uint64_t{1} << i));
  for (const auto& order : orders) {
    std::uint64_t mask = 0;
    for (const std::uint32_t i : order) masks.push_back(mask |= std::uint64_t{1} << i);
  }
  std::sort(masks.begin(), masks.end());
  masks.erase(std::unique(masks.begin(), masks.end()), masks.end());
  masks.erase(std::remove(masks.begin(), masks.end(), full), masks.end());
  return masks;
}

std::vector<std::vector<std::uint32_t>> sample_orders(std::size_t members, std::size_t number,
                                                      std::uint64_t seed) {
  std::vector<std::vector<std::uint32_t>> orders;
  for (std::size_t o = 0; orders.size() < number; ++o) {
    std::vector<std::pair<std::uint64_t, std::uint32_t>> places;
    for (std::uint32_t i = 0; i < members; ++i) places.emplace_back(mix64(combine(combine(seed, o), i)), i);
    std::sort(places.begin(), places.end());
    std::vector<std::uint32_t> order;
    for (const auto& [place, i] : places) order.push_back(i);
    orders.push_back(order);
    std::reverse(order.begin(), order.end());
    orders.push_back(order);  // antithetic: what comes first here comes last there
  }
  return orders;
}

Scenario with_members(const Scenario& baseline, const Scenario& policy,
                      const std::vector<std::string>& members, std::uint64_t mask,
                      const Catalogue& catalogue) {
  std::string removed, again;
  for (std::size_t i = 0; i < members.size(); ++i) {
    if ((mask >> i & 1) != 0) continue;
    removed += (removed.empty() ? "" : ", ") + members[i];
    if (const InstrumentSpec* before = find_instrument(baseline, members[i]))
      again += instrument_yaml(*before);
  }
  std::string yaml = fmt::format("polder: 1\nextends: {}\nname: {}\nremove: {{instruments: [{}]}}\n",
                                 policy_file, arm_name(policy, members, mask), removed);
  if (!again.empty()) yaml += "instruments:\n" + again;
  std::map<std::string, std::string> files{{policy_file, policy.resolved}};
  const output::ArmScenario embedded = output::embed(policy);
  for (const SourceFile& file : embedded.files) files[file.path] = file.content;
  files[policy_file] = policy.resolved;
  Scenario arm = scenarios::read_text(yaml, files, {}, catalogue);
  arm.files = policy.files;
  return arm;
}

std::vector<output::Package> plan_attribution(std::vector<Scenario>& arms, std::size_t orders,
                                              const Catalogue& catalogue) {
  std::vector<output::Package> packages;
  const std::size_t num_policies = arms.size();
  for (std::size_t p = 1; p < num_policies; ++p) {
    output::Package package{p, package_members(arms.front(), arms[p]), {}, {}, {}};
    const std::size_t n = package.members.size();
    if (n == 0 || n > most_members)
      throw InputError(Mistake{
          {},
          "--attribute",
          arms[p].name + fmt::format(" with {} instruments", n),
          fmt::format("policies with 1 to {} instruments that differ from the baseline", most_members),
          {}});
    if (n > most_exact_members) package.orders = sample_orders(n, orders, arms.front().seed);
    package.masks = subsets(n, package.orders);
    for (const std::uint64_t mask : package.masks) {
      package.arms.push_back(arms.size());
      arms.push_back(with_members(arms.front(), arms[p], package.members, mask, catalogue));
    }
    packages.push_back(std::move(package));
  }
  return packages;
}

}  // namespace polder::tools
