// SPDX-License-Identifier: Apache-2.0
#include "agents/kinds/kinds.hpp"

namespace polder::agents {

const KindInfo& hub_kind() {
  using enum ColumnType;
  static const KindInfo kind{
      "hub",
      false,
      "Incubators, campuses and cluster organisations, with places, mentors, brokers and events",
      {{"hub_type", category, "", "incubator, campus or cluster organisation", "campus", hub_types},
       {"region", category, "", "province where it stands", "", "regions"},
       {"theme", category, "", "technology theme it serves, `none` for all", "", "themes"},
       {"body", category, "", "government that helps to pay it", "", "bodies"},
       {"national", flag, "", "serves its theme in all provinces, not in one"},
       {"places", number, "1", "startups it has room for", "0"},
       {"rent", number, "EUR/month", "rent of one startup", "1 kEUR/month"},
       {"mentors", number, "person", "mentors of its startups", "0 persons"},
       {"brokers", number, "person", "brokers who help to set up consortia", "0 persons"},
       {"events", number, "1/month", "events it holds when its programme is paid", "1 /month"},
       {"seats", number, "1", "participants of an event", "40"},
       {"opex", number, "EUR/month", "what its programme costs", "40 kEUR/month"},
       {"public_share", number, "1", "part of that which its government pays", "0.4"},
       {"host_share", number, "1", "part that owners and hosts bear in kind", "0.3"},
       {"cash", money, "", "rents and support not yet spent", "", "", "", 1, true},
       {"activity", number, "1", "part of its programme that is paid for this month", "1"},
       {"tenants", number, "1", "startups in it"},
       {"members", number, "1", "firms and institutes it serves"},
       {"participants", number, "1/month", "participants of its events, a month of the last quarter"},
       {"contacts", number, "1/month", "ties made or renewed at its events, a month of the last quarter"}}};
  return kind;
}

}  // namespace polder::agents
