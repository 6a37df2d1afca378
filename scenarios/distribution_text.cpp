// SPDX-License-Identifier: Apache-2.0
#include "scenarios/distribution_text.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "scenarios/fields.hpp"
#include "scenarios/source_text.hpp"

namespace polder::scenarios {

namespace {

/// Parts between commas that stand in no bracket.
std::vector<std::string_view> split_arguments(std::string_view text) {
  std::vector<std::string_view> parts;
  int depth = 0;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '(' || text[i] == '[') ++depth;
    if (text[i] == ')' || text[i] == ']') --depth;
    if (text[i] == ',' && depth == 0) {
      parts.push_back(text.substr(begin, i - begin));
      begin = i + 1;
    }
  }
  parts.push_back(text.substr(begin));
  return parts;
}

/// `mean: 5 kEUR` as a name and a formula; without a name, the formula alone.
Variation::Argument read_argument(std::string_view text, std::string_view whole, const Mark& mark,
                                  const std::string& path) {
  Variation::Argument argument;
  const std::size_t colon = text.find(':');
  if (colon != std::string_view::npos) {
    argument.name = trimmed(text.substr(0, colon));
    text = text.substr(colon + 1);
  }
  const std::string_view value = trimmed(text);
  const auto offset = value.empty() ? 0 : static_cast<int>(value.data() - whole.data());
  argument.value = {std::string(value), {mark.file, mark.line, mark.column + offset}, path};
  return argument;
}

/// Puts named arguments in their places. errors: nothing, reported.
std::optional<std::vector<Variation::Argument>> in_order(const std::vector<Variation::Argument>& given,
                                                         const DistributionInfo& info, const Mark& mark,
                                                         const std::string& path, Mistakes& mistakes) {
  const std::string wanted = fmt::format("{}({})", info.name, fmt::join(info.arguments, ", "));
  std::vector<Variation::Argument> ordered(info.arguments.size());
  std::vector<std::string> names(info.arguments.begin(), info.arguments.end());
  bool fits = given.size() == names.size();
  for (std::size_t i = 0; i < given.size() && fits; ++i) {
    std::size_t place = i;
    if (!given[i].name.empty())
      place = static_cast<std::size_t>(std::find(names.begin(), names.end(), given[i].name) - names.begin());
    fits = place < ordered.size() && ordered[place].value.empty() && !given[i].value.empty();
    if (fits) ordered[place] = given[i];
  }
  if (fits) return ordered;
  mistakes.add(mark, path, fmt::format("{} arguments", given.size()), wanted);
  return std::nullopt;
}

}  // namespace

const std::vector<DistributionInfo>& distributions() {
  static const std::vector<DistributionInfo> all = {{"uniform", {"low", "high"}},
                                                    {"triangular", {"low", "mode", "high"}},
                                                    {"normal", {"mean", "sd"}},
                                                    {"truncated_normal", {"mean", "sd", "low", "high"}},
                                                    {"lognormal", {"mean", "sigma"}},
                                                    {"log_uniform", {"low", "high"}},
                                                    {"beta", {"alpha", "beta", "low", "high"}},
                                                    {"levels", {}}};
  return all;
}

bool parse_distribution(std::string_view text, const Mark& mark, const std::string& path, std::string& name,
                        std::vector<Variation::Argument>& arguments, Mistakes& mistakes) {
  const std::string_view body = trimmed(text);
  const std::size_t open = body.find('(');
  const std::string word(trimmed(body.substr(0, open)));
  std::vector<std::string> names;
  for (const DistributionInfo& info : distributions()) names.emplace_back(info.name);
  const auto found = std::find(names.begin(), names.end(), word);
  if (found == names.end() || open == std::string_view::npos || !body.ends_with(')')) {
    mistakes.add(
        mark, path, shorten(text),
        fmt::format("a distribution such as uniform(0.1, 0.5); there are {}", fmt::join(names, ", ")),
        nearest(word, names));
    return false;
  }
  const DistributionInfo& info = distributions()[static_cast<std::size_t>(found - names.begin())];
  std::string_view inside = body.substr(open + 1, body.size() - open - 2);
  if (const auto list = trimmed(inside); list.starts_with('[') && list.ends_with(']'))
    inside = list.substr(1, list.size() - 2);
  std::vector<Variation::Argument> given;
  for (const std::string_view part : split_arguments(inside))
    given.push_back(read_argument(part, text, mark, path));
  name = word;
  if (info.arguments.empty()) {
    const bool whole =
        std::none_of(given.begin(), given.end(), [](const auto& a) { return a.value.empty(); });
    if (!whole) mistakes.add(mark, path, shorten(text), "levels(0.1, 0.2, 0.5)");
    arguments = std::move(given);
    return whole;
  }
  auto ordered = in_order(given, info, mark, path, mistakes);
  if (ordered) arguments = std::move(*ordered);
  return ordered.has_value();
}

}  // namespace polder::scenarios
