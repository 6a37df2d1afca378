// SPDX-License-Identifier: Apache-2.0
#include "agents/kinds/kinds.hpp"

namespace polder::agents {

const KindInfo& instrument_kind() {
  using enum ColumnType;
  static const KindInfo kind{
      "instrument",
      false,
      "One row a policy instrument: its budget and use",
      {{"code", integer, "", "hash of the instrument's id, the same in every scenario"},
       {"budget_left", money, "", "still to be committed in the window"},
       {"released", money, "", "released and not yet committed"},
       {"committed", money, "", "committed and not yet paid"},
       {"paid", money, "", "paid since the start"},
       {"applications", number, "1/month", "applications this month"},
       {"awards", number, "1/month", "awards this month"},
       {"outlay", number, "EUR/month", "paid this month"},
       {"rate", number, "1", "current rate of a tax credit or share"}}};
  return kind;
}

}  // namespace polder::agents
