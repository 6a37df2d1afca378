// SPDX-License-Identifier: Apache-2.0
// A table holds the agents of one kind: typed columns, structure of arrays. Rows of agents that left are
// holes (alive 0, weight 0) until entrants fill them, lowest row first, in id order.
#pragma once
#include <cstdint>
#include <span>
#include <variant>
#include <vector>

#include "engine/ids.hpp"
#include "engine/layout.hpp"
#include "engine/row_index.hpp"

namespace polder {

/// Storage of a column: numbers and vectors double, money and integers int64, flags and categories uint8, ids
/// uint64.
using Column = std::variant<std::vector<double>, std::vector<std::int64_t>, std::vector<std::uint8_t>,
                            std::vector<AgentId>>;
Column make_column(const ColumnInfo& info, std::size_t rows);
const void* data(const Column& column);
void* data(Column& column);

/// What a new agent begins with in one column.
struct NewValue {
  ColumnId column;
  double number = 0;       ///< numbers, flags, categories, integers
  std::int64_t whole = 0;  ///< money in cents, ids as bits
  int element = 0;         ///< of vectors
};
/// For columns of numbers, flags, categories and integers.
inline NewValue number_value(ColumnId column, double value) {
  return {column, value, 0, 0};
}
inline NewValue money_value(ColumnId column, std::int64_t cents) {
  return {column, 0, cents, 0};
}
inline NewValue id_value(ColumnId column, AgentId id) {
  return {column, 0, static_cast<std::int64_t>(raw(id)), 0};
}

/// What a table owns; copied member by member.
struct TableStorage {
  std::vector<int> sizes_;  ///< numbers a row of each column
  std::vector<AgentId> ids_;
  std::vector<std::uint8_t> alive_;
  std::vector<double> weights_;
  std::vector<Row> by_id_;
  std::vector<AgentId> keys_;  ///< ids in that order, side by side: looking for one jumps about less
  std::vector<Row> holes_, removed_, inserted_;
  std::vector<Column> columns_;
  RowIndex index_;
};

class Table : private TableStorage {
 public:
  Table() = default;
  explicit Table(const KindLayout& layout);
  Table(const Table& other) : TableStorage(other) { refresh_pointers(); }
  Table& operator=(const Table& other) { return *this = Table(other); }
  Table(Table&&) noexcept = default;  // vectors keep their memory when moved, so the pointers stay right
  Table& operator=(Table&&) noexcept = default;
  ~Table() = default;

  std::size_t num_rows() const { return ids_.size(); }  ///< with holes
  std::size_t num_agents() const { return by_id_.size(); }
  std::span<const AgentId> ids() const { return ids_; }
  const std::uint64_t* id_bits() const { return reinterpret_cast<const std::uint64_t*>(ids_.data()); }
  std::span<const std::uint8_t> alive() const { return alive_; }
  std::span<const double> weights() const { return weights_; }
  /// Whether some rows stand for nobody.
  bool has_holes() const { return by_id_.size() != ids_.size(); }
  /// Rows of living agents in order of their ids: the order of every choice that needs one.
  std::span<const Row> by_id() const { return by_id_; }
  /// no_row when nobody alive has this id.
  Row find(AgentId id) const { return index_.find(id, ids_); }
  /// The same for many at once, whose memory is asked for ahead. shape: as many rows as ids
  void find_all(std::span<const AgentId> ids, std::span<Row> rows) const { index_.find_all(ids, rows, ids_); }

  template <class T>
  std::span<T> column(ColumnId id) {
    return std::get<std::vector<T>>(columns_[index(id)]);
  }
  template <class T>
  std::span<const T> column(ColumnId id) const {
    return std::get<std::vector<T>>(columns_[index(id)]);
  }
  Column& raw_column(ColumnId id) { return columns_[index(id)]; }
  const Column& raw_column(ColumnId id) const { return columns_[index(id)]; }
  std::size_t num_columns() const { return columns_.size(); }
  std::span<const void* const> column_data() const { return data_; }
  /// Where a column's numbers stand, and how many there are: rows times its numbers a row.
  void* memory(ColumnId id) { return data_[index(id)]; }
  std::size_t length(ColumnId id) const { return ids_.size() * static_cast<std::size_t>(sizes_[index(id)]); }

  /// Everybody at once, into an empty table: row i is ids[i], values are 0. shape: ids and weights of one
  /// length. errors: RunError when two have one id.
  void fill(std::vector<AgentId> ids, std::vector<double> weights);
  /// Appends or fills holes; call `finish_changes` after a batch. errors: RunError when the id exists
  /// already.
  Row insert(AgentId id, double weight);
  void remove(Row row);
  /// Restores by_id, the index and column pointers after inserts and removes.
  void finish_changes();

  /// Puts the rows in another order (for the test of law 4) and keeps everything else.
  void permute(std::span<const Row> new_to_old);
  std::size_t bytes() const;

 private:
  friend class Archiver;
  std::vector<void*> data_;  // one a column
  void rebuild_index() { index_.build(ids_, alive_, by_id_.size()); }
  void list_keys();
  void refresh_pointers();
};

}  // namespace polder
