// SPDX-License-Identifier: Apache-2.0
#include "engine/error.hpp"

#include <algorithm>
#include <cstdlib>
#include <tuple>

#include <fmt/format.h>

namespace polder {

namespace {

std::string location(const Mark& mark) {
  if (mark.file.empty()) return {};
  if (mark.line <= 0) return mark.file + ": ";
  if (mark.column <= 0) return fmt::format("{}:{}: ", mark.file, mark.line);
  return fmt::format("{}:{}:{}: ", mark.file, mark.line, mark.column);
}

std::string joined(const std::vector<Mistake>& mistakes) {
  std::string text;
  for (const Mistake& mistake : mistakes) {
    if (!text.empty()) text += '\n';
    text += to_string(mistake);
  }
  return text;
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), [](char c) { return lower(c); });
  return result;
}

/// Edit distance in which swapping two neighbours counts once (optimal string alignment; Damerau 1964).
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), above(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) above[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = above[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U);
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, change});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    std::swap(before, above);
    std::swap(above, row);
  }
  return above[b.size()];
}

}  // namespace

std::string to_string(const Mistake& mistake) {
  std::string text = location(mistake.where) + mistake.path;
  if (!mistake.found.empty()) text += (mistake.path.empty() ? "" : " = ") + mistake.found;
  if (!mistake.wanted.empty()) {
    const bool first = mistake.path.empty() && mistake.found.empty();
    text += first ? mistake.wanted : " (" + mistake.wanted + ")";
  }
  if (!mistake.suggestion.empty()) text += ". Did you mean '" + mistake.suggestion + "'?";
  return text;
}

InputError::InputError(std::vector<Mistake> mistakes)
    : std::runtime_error(joined(mistakes)), mistakes_(std::move(mistakes)) {}

void Mistakes::throw_if_any() const {
  if (list_.empty()) return;
  std::vector<Mistake> sorted = list_;
  std::stable_sort(sorted.begin(), sorted.end(), [](const Mistake& a, const Mistake& b) {
    return std::tie(a.where.file, a.where.line, a.where.column) <
           std::tie(b.where.file, b.where.line, b.where.column);
  });
  std::vector<Mistake> unique;
  for (Mistake& mistake : sorted) {
    if (std::find(unique.begin(), unique.end(), mistake) == unique.end())
      unique.push_back(std::move(mistake));
  }
  throw InputError(std::move(unique));
}

std::string nearest(std::string_view name, const std::vector<std::string>& known) {
  constexpr std::size_t longest = 200;  // no name is longer; keeps rubbish from costing time
  if (name.size() < 2 || name.size() > longest) return {};
  const std::size_t allowed = std::max<std::size_t>(1, name.size() / 3);
  const std::string wanted = lower(name);
  using Distance = std::pair<std::size_t, std::size_t>;  // ignoring case, then minding it
  Distance best{allowed + 1, 0};
  std::string result;
  for (const std::string& candidate : known) {
    const std::size_t longer = std::max(candidate.size(), name.size());
    if (longer - std::min(candidate.size(), name.size()) > allowed) continue;
    const std::size_t distance = edit_distance(wanted, lower(candidate));
    if (distance > best.first) continue;
    const Distance full{distance, edit_distance(name, candidate)};
    if (full >= best) continue;
    best = full;
    result = candidate;
  }
  return best.first <= allowed ? result : std::string{};
}

void fail_assertion(const char* kind, const char* condition, const char* file, int line) {
  throw std::logic_error(fmt::format("{}:{}: {} failed: {}", file, line, kind, condition));
}

}  // namespace polder
