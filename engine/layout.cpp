// SPDX-License-Identifier: Apache-2.0
#include "engine/layout.hpp"

#include <algorithm>

namespace polder {

namespace {

template <class Items, class Name>
std::optional<std::size_t> position(const Items& items, std::string_view name, Name name_of) {
  const auto found =
      std::find_if(items.begin(), items.end(), [&](const auto& item) { return name_of(item) == name; });
  if (found == items.end()) return std::nullopt;
  return static_cast<std::size_t>(found - items.begin());
}

}  // namespace

std::optional<std::size_t> Labels::find(std::string_view label) const {
  return position(items, label, [](const std::string& s) -> std::string_view { return s; });
}

std::optional<ColumnId> KindLayout::find(std::string_view column) const {
  const auto at = position(columns, column, [](const ColumnInfo& c) -> std::string_view { return c.name; });
  return at ? std::optional{static_cast<ColumnId>(*at)} : std::nullopt;
}

std::optional<KindId> Layout::find_kind(std::string_view name) const {
  const auto at = position(kinds, name, [](const KindLayout& k) -> std::string_view { return k.name; });
  return at ? std::optional{static_cast<KindId>(*at)} : std::nullopt;
}

const Labels* Layout::find_labels(std::string_view name) const {
  const auto at = position(labels, name, [](const auto& l) -> std::string_view { return l->name; });
  return at ? labels[*at].get() : nullptr;
}

const Parameter* Layout::find_parameter(std::string_view name) const {
  const auto at = position(parameters, name, [](const Parameter& p) -> std::string_view { return p.name; });
  return at ? &parameters[*at] : nullptr;
}

}  // namespace polder
