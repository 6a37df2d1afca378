// SPDX-License-Identifier: Apache-2.0
// The order of a month, derived from what the parts read and write:
//
//   W in after(R)          =>  W before R, and R sees what W wrote ("new")
//   R reads c, W writes c  =>  R before W, so that R sees the month's start ("old")
//   a cycle                =>  R reads a copy of c made at the month's start ("old copy")
//   W1, W2 write c         =>  one must stand in the other's `after`, unless both add, or both multiply, ...
//
// Ties are broken by family and name, never by the place in the file (law 2).
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "engine/error.hpp"
#include "engine/ids.hpp"

namespace polder {

/// How a part touches a column. Equal kinds of contribution commute.
enum class Touch : std::uint8_t { read, set, add, multiply, maximum };

struct ColumnTouch {
  KindId kind{};
  ColumnId column{};
  Touch touch{};
  auto operator<=>(const ColumnTouch&) const = default;  // NOLINT(modernize-use-nullptr)
};

struct PartInfo {
  std::string name;
  std::string family;
  std::vector<ColumnTouch> touches;
  std::vector<std::string> after;
  Mark mark;
  std::string path;
};

struct Schedule {
  std::vector<std::size_t> order;  ///< positions of the parts
  /// One a part (in the order given): columns it reads from the copy of the month's start.
  std::vector<std::vector<std::pair<KindId, ColumnId>>> copies;
  /// One a part: columns it reads as changed this month.
  std::vector<std::vector<std::pair<KindId, ColumnId>>> fresh;
};

/// errors: unknown names in `after`, cycles of `after`, two unordered writers of one column; collected in
/// `mistakes`. column_name: for messages.
Schedule derive_schedule(const std::vector<PartInfo>& parts, const std::vector<std::string>& known_names,
                         const std::function<std::string(KindId, ColumnId)>& column_name, Mistakes& mistakes);

/// The schedule as text, one part a line block: reads (old, old copy or new) and writes.
std::string describe(const Schedule& schedule, const std::vector<PartInfo>& parts,
                     const std::function<std::string(KindId, ColumnId)>& column_name);

}  // namespace polder
