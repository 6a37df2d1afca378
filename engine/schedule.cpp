// SPDX-License-Identifier: Apache-2.0
#include "engine/schedule.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>

namespace polder {

namespace {

using ColumnKey = std::pair<KindId, ColumnId>;
using ColumnName = std::function<std::string(KindId, ColumnId)>;

int family_rank(const std::string& family) {
  // The month of the model's description; unknown families come last.
  constexpr std::array<std::string_view, 7> order{"funding",    "market",     "knowledge", "talent",
                                                  "regulation", "demography", ""};
  const auto at = std::find(order.begin(), order.end(), family);
  return static_cast<int>(at - order.begin());
}

/// Directed graph over the parts with reachability kept up to date (a few dozen parts).
class Order {
 public:
  explicit Order(std::size_t n) : reach_(n, std::vector<bool>(n, false)) {}
  bool before(std::size_t a, std::size_t b) const { return reach_[a][b]; }
  /// Adds a -> b unless b already comes before a.
  bool add(std::size_t a, std::size_t b) {
    if (a == b || reach_[b][a]) return false;
    if (reach_[a][b]) return true;
    for (std::size_t from = 0; from < reach_.size(); ++from) {
      if (from != a && !reach_[from][a]) continue;
      for (std::size_t to = 0; to < reach_.size(); ++to) {
        if (to == b || reach_[b][to]) reach_[from][to] = true;
      }
    }
    return true;
  }

 private:
  std::vector<std::vector<bool>> reach_;
};

struct Writer {
  std::size_t part;
  Touch touch;
};

class Derivation {
 public:
  Derivation(const std::vector<PartInfo>& parts, const std::vector<std::string>& known_names,
             const ColumnName& column_name, Mistakes& mistakes)
      : parts_(parts),
        known_(known_names),
        column_name_(column_name),
        mistakes_(mistakes),
        order_(parts.size()) {
    for (std::size_t p = 0; p < parts.size(); ++p) {
      by_name_[parts[p].name] = p;
      ranked_.push_back(p);
    }
    std::sort(ranked_.begin(), ranked_.end(), [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
    schedule_.copies.resize(parts.size());
    schedule_.fresh.resize(parts.size());
  }

  Schedule run() {
    add_after();
    check_writers();
    place_readers();
    sort();
    return std::move(schedule_);
  }

 private:
  std::tuple<int, std::string> key(std::size_t p) const {
    return {family_rank(parts_[p].family), parts_[p].name};
  }

  void add_after() {
    for (const std::size_t p : ranked_) {
      for (const auto& name : parts_[p].after) {
        const auto found = by_name_.find(name);
        if (found == by_name_.end()) {
          if (std::find(known_.begin(), known_.end(), name) != known_.end())
            continue;  // not chosen in this scenario
          mistakes_.add(parts_[p].mark, parts_[p].path + ".after", name,
                        "a rule or mechanism of this scenario", nearest(name, known_));
        } else if (!order_.add(found->second, p)) {
          mistakes_.add(parts_[p].mark, parts_[p].path + ".after", name,
                        fmt::format("`{}` already comes after `{}`: `after` must not go round in a circle",
                                    name, parts_[p].name));
        }
      }
    }
    after_ = order_;
  }

  void check_writers() {
    for (const std::size_t p : ranked_) {
      for (const auto& t : parts_[p].touches) {
        if (t.touch != Touch::read) writers_[{t.kind, t.column}].push_back({p, t.touch});
      }
    }
    for (const auto& [column, writers] : writers_) {
      for (std::size_t i = 0; i < writers.size(); ++i) {
        for (std::size_t j = i + 1; j < writers.size(); ++j) {
          const Writer &a = writers[i], &b = writers[j];
          const bool commute = a.touch == b.touch && a.touch != Touch::set;
          if (a.part == b.part || commute || after_.before(a.part, b.part) || after_.before(b.part, a.part))
            continue;
          mistakes_.add(
              parts_[b.part].mark, parts_[b.part].path, parts_[b.part].name,
              fmt::format(
                  "`{}` and `{}` both write {}: say which comes first with `after`, or let both add or both "
                  "multiply",
                  parts_[a.part].name, parts_[b.part].name, column_name_(column.first, column.second)));
        }
      }
    }
  }

  void place_readers() {
    for (const std::size_t p : ranked_) {
      for (const auto& t : parts_[p].touches) {
        if (t.touch != Touch::read) continue;
        const ColumnKey column{t.kind, t.column};
        const auto writers = writers_.find(column);
        if (writers == writers_.end()) continue;
        bool copy = false, fresh = false;
        for (const Writer& w : writers->second) {
          if (w.part == p) continue;
          if (after_.before(w.part, p)) fresh = true;
        }
        for (const Writer& w : writers->second) {
          if (w.part == p || after_.before(w.part, p)) continue;
          if (!order_.add(p, w.part)) copy = true;
        }
        // A part that waits for one writer of a column and cannot precede another sees the values at its
        // place.
        if (copy && !fresh) schedule_.copies[p].push_back(column);
        if (fresh) schedule_.fresh[p].push_back(column);
      }
    }
  }

  void sort() {
    std::vector<bool> done(parts_.size(), false);
    while (schedule_.order.size() < parts_.size()) {
      const auto ready = std::find_if(ranked_.begin(), ranked_.end(), [&](std::size_t p) {
        if (done[p]) return false;
        return std::none_of(ranked_.begin(), ranked_.end(),
                            [&](std::size_t q) { return !done[q] && order_.before(q, p); });
      });
      done[*ready] = true;
      schedule_.order.push_back(*ready);
    }
  }

  const std::vector<PartInfo>& parts_;
  const std::vector<std::string>& known_;
  const ColumnName& column_name_;
  Mistakes& mistakes_;
  Order order_, after_{0};
  std::vector<std::size_t> ranked_;
  std::map<std::string, std::size_t> by_name_;
  std::map<ColumnKey, std::vector<Writer>> writers_;
  Schedule schedule_;
};

}  // namespace

Schedule derive_schedule(const std::vector<PartInfo>& parts, const std::vector<std::string>& known_names,
                         const ColumnName& column_name, Mistakes& mistakes) {
  return Derivation(parts, known_names, column_name, mistakes).run();
}

std::string describe(const Schedule& schedule, const std::vector<PartInfo>& parts,
                     const ColumnName& column_name) {
  std::string text;
  const auto list = [&](const char* title, const std::vector<std::string>& names) {
    if (!names.empty()) text += fmt::format("      {:<10}{}\n", title, fmt::join(names, ", "));
  };
  std::map<ColumnKey, bool> written;
  for (const auto& part : parts) {
    for (const auto& t : part.touches)
      if (t.touch != Touch::read) written[{t.kind, t.column}] = true;
  }
  std::size_t number = 0;
  for (const std::size_t p : schedule.order) {
    std::vector<std::string> constant, old, copy, fresh, writes;
    for (const auto& t : parts[p].touches) {
      const ColumnKey column{t.kind, t.column};
      const auto in = [&](const auto& columns) {
        return std::find(columns.begin(), columns.end(), column) != columns.end();
      };
      const std::string name = column_name(t.kind, t.column);
      constexpr std::array<std::string_view, 5> verb{"", "", " (adds)", " (multiplies)", " (maximum)"};
      if (t.touch != Touch::read)
        writes.push_back(fmt::format("{}{}", name, verb[static_cast<std::size_t>(t.touch)]));
      else if (in(schedule.copies[p]))
        copy.push_back(name);
      else if (in(schedule.fresh[p]))
        fresh.push_back(name);
      else
        (written.contains(column) ? old : constant).push_back(name);
    }
    text += fmt::format("  {:>2}  {}{}\n", ++number, parts[p].name,
                        parts[p].family.empty() ? "" : fmt::format("  [{}]", parts[p].family));
    list("fixed", constant);
    list("old", old);
    list("old copy", copy);
    list("new", fresh);
    list("writes", writes);
  }
  return text;
}

}  // namespace polder
