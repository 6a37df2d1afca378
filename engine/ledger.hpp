// SPDX-License-Identifier: Apache-2.0
// Money only moves, from one account to another, with a purpose (law 5). Accounts are money columns of kinds
// (the represented total of an agent: per-agent amount times weight) and named accounts (households, rest of
// the world, ...).
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/ids.hpp"
#include "engine/money.hpp"

namespace polder {

/// Position of a flow in the program's list.
enum class FlowId : std::uint16_t {};
constexpr std::size_t index(FlowId f) {
  return static_cast<std::size_t>(f);
}

/// One side of a flow.
struct AccountRef {
  std::optional<KindId> kind;  ///< the account column of this kind ...
  ColumnId column{};
  std::size_t named = 0;  ///< ... or a named account
  std::string name;       ///< kind or account name, as shown in the flow table
  bool operator==(const AccountRef& o) const {
    return kind == o.kind && column == o.column && named == o.named;
  }
};

/// payer kind, receiver kind and the instrument or purpose it is booked under.
struct FlowInfo {
  std::string instrument;
  AccountRef payer, receiver;
  bool is_instrument = false;  ///< public money of an instrument (else wages, sales, taxes, ...)
};

/// Balances of the named accounts and the flows of the current year. The year's flows are read and cleared by
/// the sampler.
struct Ledger {
  std::vector<Cents> named;
  std::vector<Cents> year_flows;  ///< one a flow
  bool operator==(const Ledger&) const = default;
};

}  // namespace polder
