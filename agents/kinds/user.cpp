// SPDX-License-Identifier: Apache-2.0
#include "agents/kinds/kinds.hpp"

namespace polder::agents {

const KindInfo& user_kind() {
  using enum ColumnType;
  static const KindInfo kind{
      "user",
      false,
      "Groups of users: public buyers, business customers and consumer segments, one row a kind and theme",
      {{"user_type", category, "", "public buyer, business customer or consumer segment", "public_buyer",
        user_types},
       {"theme", category, "", "technology theme of the products they might use", "", "themes"},
       {"requirement", vector, "1", "what a product must be like, in the space of knowledge profiles",
        "uniform(0, 1)", "", "", knowledge_size},
       {"threshold", number, "1", "least match of a product that most of them accept", "0.6"},
       {"innovators", number, "1/month", "chance a month that a member adopts on its own account",
        "0.0025 /month"},
       {"imitators", number, "1/month", "chance that it adopts when all others have", "0.03 /month"},
       {"budget", number, "1/month", "share of members whose budget allows a new product in a month",
        "0.01 /month"},
       {"size", number, "1", "members, for weighted means over groups", "1"},
       {"adopted", number, "1", "share of members that use a new product of the theme"},
       {"supply", number, "1", "share of ventures on the market whose product is accepted"},
       {"standard", number, "1", "strength of published standards, 0 to 1; set by instruments"},
       {"ban", number, "1", "part of the old products that is forbidden, 0 to 1; set by instruments"},
       {"levy", number, "1", "price of externalities by the price of old products; set by instruments"}}};
  return kind;
}

}  // namespace polder::agents
