// SPDX-License-Identifier: Apache-2.0
#include "engine/table.hpp"

#include <algorithm>
#include <bit>
#include <numeric>

#include "engine/error.hpp"
#include "engine/parallel.hpp"

namespace polder {

namespace {

void resize_column(Column& column, std::size_t rows, int size) {
  const std::size_t length = rows * static_cast<std::size_t>(size);
  std::visit(
      [&](auto& values) {
        if (values.capacity() < length) values.reserve(length + length / 16);  // for those who come later
        values.resize(length);
      },
      column);
}

void resize_columns(std::vector<Column>& columns, const std::vector<int>& sizes, std::size_t rows) {
  for (std::size_t c = 0; c < columns.size(); ++c) resize_column(columns[c], rows, sizes[c]);
}
/// While agents are inserted, columns grow by as many rows at once; `finish_changes` takes back what is left.
constexpr std::size_t rows_ahead = 1024;

std::size_t length_of(const Column& column) {
  return std::visit([](const auto& values) { return values.size(); }, column);
}

void clear_rows(Column& column, std::span<const Row> rows, int size) {
  std::visit(
      [&](auto& values) {
        using Value = typename std::decay_t<decltype(values)>::value_type;
        if (size == 1) {
          for (const Row row : rows) values[row] = Value{};
          return;
        }
        for (const Row row : rows)
          for (int i = 0; i < size; ++i)
            values[std::size_t{row} * static_cast<std::size_t>(size) + static_cast<std::size_t>(i)] = Value{};
      },
      column);
}

constexpr std::size_t most_shares = 32;  // of work on a whole table, done side by side

/// Ids are hashes, spread evenly: dealt out by their leading bits, they are sorted in piles that fit in
/// cache.
void sort_by_id(std::vector<Row>& rows, std::span<const AgentId> ids) {
  constexpr std::size_t pile_size = 256;
  const int bits = static_cast<int>(std::bit_width(rows.size() / pile_size));
  const auto pile_of = [&](AgentId id) { return bits == 0 ? 0 : raw(id) >> (64 - bits); };
  std::vector<std::size_t> ends((std::size_t{1} << bits) + 1);
  for (const Row row : rows) ++ends[pile_of(ids[row]) + 1];
  for (std::size_t pile = 1; pile < ends.size(); ++pile) ends[pile] += ends[pile - 1];
  std::vector<std::pair<AgentId, Row>> keys(rows.size());
  auto next = ends;
  for (const Row row : rows) keys[next[pile_of(ids[row])]++] = {ids[row], row};
  const auto at = [](auto& list, std::size_t i) { return list.begin() + static_cast<std::ptrdiff_t>(i); };
  const std::size_t piles = ends.size() - 1, shares = std::min(piles, most_shares);
  for_each_index(shares, [&](std::size_t share) {
    const std::size_t first = piles * share / shares, last = piles * (share + 1) / shares;
    for (std::size_t pile = first; pile < last; ++pile)
      std::sort(at(keys, ends[pile]), at(keys, ends[pile + 1]));
    std::transform(at(keys, ends[first]), at(keys, ends[last]), at(rows, ends[first]),
                   [](const auto& key) { return key.second; });
  });
}

std::vector<AgentId> keys_of(std::span<const Row> rows, std::span<const AgentId> ids) {
  std::vector<AgentId> keys(rows.size());
  std::transform(rows.begin(), rows.end(), keys.begin(), [&](Row row) { return ids[row]; });
  return keys;
}

/// Takes rows, themselves in the order of their ids, out of the order and their ids out of `keys`, the ids in
/// that order: in one walk, since all that stands behind the first of them moves anyway.
void erase_by_id(std::vector<Row>& by_id, std::vector<AgentId>& keys, std::span<const Row> leaving,
                 std::span<const AgentId> ids) {
  auto out = keys_of(leaving, ids);
  out.push_back(nobody);  // whom no key is like
  std::size_t next = 0, kept = 0;
  for (std::size_t at = 0; at < keys.size(); ++at) {
    if (keys[at] == out[next]) {
      ++next;
      continue;
    }
    keys[kept] = keys[at];
    by_id[kept++] = by_id[at];
  }
  keys.resize(kept);
  by_id.resize(kept);
}

/// Puts rows, themselves in the order of their ids, in their places, from the back.
void insert_by_id(std::vector<Row>& by_id, std::vector<AgentId>& keys, std::span<const Row> coming,
                  std::span<const AgentId> ids) {
  const auto in = keys_of(coming, ids);
  std::size_t old = keys.size();
  keys.resize(old + in.size());
  by_id.resize(old + in.size());
  for (std::size_t left = in.size(); left > 0; --left) {
    for (; old > 0 && in[left - 1] < keys[old - 1]; --old) {
      keys[old + left - 1] = keys[old - 1];
      by_id[old + left - 1] = by_id[old - 1];
    }
    keys[old + left - 1] = in[left - 1];
    by_id[old + left - 1] = coming[left - 1];
  }
}

}  // namespace

Column make_column(const ColumnInfo& info, std::size_t rows) {
  const std::size_t n = rows * static_cast<std::size_t>(info.size);
  switch (info.type) {
    case ColumnType::money:
    case ColumnType::integer:
      return std::vector<std::int64_t>(n);
    case ColumnType::flag:
    case ColumnType::category:
      return std::vector<std::uint8_t>(n);
    case ColumnType::id:
      return std::vector<AgentId>(n);
    case ColumnType::number:
    case ColumnType::vector:
      break;
  }
  return std::vector<double>(n);
}

const void* data(const Column& column) {
  return std::visit([](const auto& values) -> const void* { return values.data(); }, column);
}
void* data(Column& column) {
  return std::visit([](auto& values) -> void* { return values.data(); }, column);
}

Table::Table(const KindLayout& layout) {
  for (const auto& info : layout.columns) {
    columns_.push_back(make_column(info, 0));
    sizes_.push_back(info.size);
  }
  refresh_pointers();
}

void Table::fill(std::vector<AgentId> ids, std::vector<double> weights) {
  EXPECTS(ids_.empty() && ids.size() == weights.size());
  ids_ = std::move(ids);
  weights_ = std::move(weights);
  alive_.assign(ids_.size(), 1);
  by_id_.resize(ids_.size());
  std::iota(by_id_.begin(), by_id_.end(), Row{0});
  // Side by side, so that the first touch of memory is shared out too.
  for_each_index(columns_.size() + 2, [&](std::size_t task) {
    if (task == 0) {
      sort_by_id(by_id_, ids_);
    } else if (task == 1) {
      rebuild_index();
    } else {
      resize_column(columns_[task - 2], ids_.size(), sizes_[task - 2]);
    }
  });
  list_keys();
  refresh_pointers();
}

void Table::list_keys() {
  keys_ = keys_of(by_id_, ids_);
}

Row Table::insert(AgentId id, double weight) {
  Row row;
  if (!holes_.empty()) {
    row = holes_.back();
    holes_.pop_back();
  } else {
    row = static_cast<Row>(ids_.size());
    ids_.push_back(nobody);
    alive_.push_back(0);
    weights_.push_back(0);
    if (!columns_.empty() && length_of(columns_[0]) < ids_.size() * static_cast<std::size_t>(sizes_[0])) {
      resize_columns(columns_, sizes_, std::min(ids_.size() + rows_ahead, ids_.capacity()));
      refresh_pointers();
    }
  }
  ids_[row] = id;
  alive_[row] = 1;
  weights_[row] = weight;
  inserted_.push_back(row);
  return row;
}

void Table::remove(Row row) {
  EXPECTS(alive_[row] != 0);
  alive_[row] = 0;
  weights_[row] = 0;
  removed_.push_back(row);
}

void Table::finish_changes() {
  if (inserted_.empty() && removed_.empty()) return;
  if (!columns_.empty() && length_of(columns_[0]) > ids_.size() * static_cast<std::size_t>(sizes_[0]))
    resize_columns(columns_, sizes_, ids_.size());
  if (!removed_.empty()) {
    sort_by_id(removed_, ids_);
    erase_by_id(by_id_, keys_, removed_, ids_);
    index_.remove(removed_, ids_);
    std::sort(removed_.begin(), removed_.end());
    for (const Row row : removed_) ids_[row] = nobody;
    for (std::size_t c = 0; c < columns_.size(); ++c) clear_rows(columns_[c], removed_, sizes_[c]);
    holes_.insert(holes_.end(), removed_.begin(), removed_.end());
    std::sort(holes_.begin(), holes_.end(), std::greater<>{});  // the lowest is taken first
  }
  sort_by_id(inserted_, ids_);
  insert_by_id(by_id_, keys_, inserted_, ids_);
  if (index_.fits(by_id_.size(), ids_.size())) {
    index_.add(inserted_, ids_);
  } else {
    rebuild_index();
  }
  removed_.clear();
  inserted_.clear();
}

void Table::permute(std::span<const Row> new_to_old) {
  EXPECTS(new_to_old.size() == ids_.size());
  const auto reorder = [&](auto& values, int size) {
    auto old = values;
    for (std::size_t r = 0; r < new_to_old.size(); ++r) {
      std::copy_n(old.begin() + static_cast<std::ptrdiff_t>(new_to_old[r]) * size, size,
                  values.begin() + static_cast<std::ptrdiff_t>(r) * size);
    }
  };
  reorder(ids_, 1);
  reorder(alive_, 1);
  reorder(weights_, 1);
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    std::visit([&](auto& values) { reorder(values, sizes_[c]); }, columns_[c]);
  }
  std::vector<Row> old_to_new(new_to_old.size());
  for (std::size_t r = 0; r < new_to_old.size(); ++r) old_to_new[new_to_old[r]] = static_cast<Row>(r);
  for (auto* rows : {&by_id_, &holes_}) {
    for (Row& row : *rows) row = old_to_new[row];
  }
  std::sort(holes_.begin(), holes_.end(), std::greater<>{});
  rebuild_index();
  refresh_pointers();
}

std::size_t Table::bytes() const {
  std::size_t total = (ids_.capacity() + keys_.capacity()) * sizeof(AgentId) + alive_.capacity() +
                      weights_.capacity() * sizeof(double) +
                      (by_id_.capacity() + holes_.capacity() + inserted_.capacity()) * sizeof(Row) +
                      index_.bytes();
  for (const auto& column : columns_) {
    total += std::visit(
        [](const auto& v) { return v.capacity() * sizeof(typename std::decay_t<decltype(v)>::value_type); },
        column);
  }
  return total;
}

void Table::refresh_pointers() {
  data_.clear();
  for (auto& column : columns_) data_.push_back(data(column));
}

}  // namespace polder
