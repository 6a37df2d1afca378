// SPDX-License-Identifier: Apache-2.0
// The tables of the hubs mechanism and its constructor.
#include <memory>

#include "agents/knowledge/hubs.hpp"

namespace polder::agents {

namespace {

const std::vector<FieldInfo> hub_fields{
    {"asking", "1", "5 %", "0", "1", "chance a month that a young venture asks for a place", "assumption"},
    {"youth", "month", "36 months", "1 month", "240 months", "age up to which firms may move in",
     "assumption"},
    {"stay", "month", "36 months", "1 month", "240 months", "longest stay in an incubator",
     "recalled: three to four years"},
    {"cases", "1/person", "4", "0", "100", "startups that a mentor coaches at a time", "assumption"},
    {"meeting", "1", "4 %", "0", "1", "chance that a participant makes a tie at the events of a quarter",
     "assumption: less than the 10 % of the form `network`, whose meetings are arranged"},
    {"strength", "1", "0.15", "0", "1", "strength that a meeting adds to a tie",
     "assumption, as in the form `network`"},
    {"reach", "1/person", "40", "1", "10000", "members that a broker serves",
     "assumption, as in the form `network`"},
    {"relief", "1", "50 %", "0", "1",
     "part of a member's effort to set up a consortium that brokers take over",
     "assumption, as in the form `network`"},
    {"wage_share", "1", "70 %", "0", "1", "part of costs that is wages", "assumption"},
};

std::vector<ColumnUse> hub_columns() {
  using enum Access;
  std::vector<ColumnUse> uses{{"hub", "cash", add},
                              {"hub", "activity", write},
                              {"hub", "tenants", write},
                              {"hub", "members", write},
                              {"hub", "participants", write},
                              {"hub", "contacts", write},
                              {"firm", "rd_performer", read},
                              {"firm", "region", read},
                              {"firm", "theme", read},
                              {"firm", "age", read},
                              {"firm", "cash", read},
                              {"firm", "cash", add},
                              {"firm", "brokered", write},
                              {"institute", "region", read},
                              {"institute", "theme", read},
                              {"institute", "brokered", write},
                              {"venture", "firm", read},
                              {"venture", "region", read},
                              {"venture", "theme", read},
                              {"venture", "hub", write},
                              {"venture", "hub_months", write},
                              {"venture", "coached", write},
                              {"government", "body", read},
                              {"government", "cash", add},
                              {"government", "outlays", write}};
  for (const char* column : {"region", "theme", "body", "national", "places", "rent", "mentors", "brokers",
                             "events", "seats", "opex", "public_share", "host_share", "cash"})
    uses.push_back({"hub", column, read});
  return uses;
}

}  // namespace

const MechanismInfo& hubs_mechanism() {
  static const MechanismInfo info{
      .name = "hubs",
      .family = "knowledge",
      .sentence =
          "Incubators house and coach startups; campuses and cluster organisations hold events and lend "
          "brokers",
      .equation =
          "activity = host share + spent / opex; coached = min(1, a mentors cases / tenants); ties at "
          "events by chance",
      .source =
          "no better survival: Schwartz 2013, recalled; links by presence, effort of brokers: assumption",
      .ignores = "land and buildings, quality of mentors, investors as guests, equity stakes of accelerators",
      .fields = hub_fields,
      .columns = hub_columns(),
      .flows = {{"appropriation", "treasury", "government.cash"},
                {"hub_support", "government.cash", "hub.cash"},
                {"hub_rent", "firm.cash", "hub.cash"},
                {"hub_wages", "hub.cash", "households"},
                {"hub_inputs", "hub.cash", "suppliers"}},
      .networks = {"collaboration"},
      .events = {"incubator_graduates", "hub_contacts"},
      .after = {"policy", "instruments"},
      .make = [](Setup& setup) -> std::unique_ptr<Mechanism> { return std::make_unique<Hubs>(setup); }};
  return info;
}

Hubs::Hubs(Setup& s)
    : hub_(s.kind("hub")),
      firm_(s.kind("firm")),
      institute_(s.kind("institute")),
      venture_(s.kind("venture")),
      government_(s.kind("government")),
      region_(s.column<std::uint8_t>("hub", "region")),
      theme_(s.column<std::uint8_t>("hub", "theme")),
      body_(s.column<std::uint8_t>("hub", "body")),
      national_(s.column<std::uint8_t>("hub", "national")),
      places_(s.column<double>("hub", "places")),
      rent_(s.column<double>("hub", "rent")),
      mentors_(s.column<double>("hub", "mentors")),
      brokers_(s.column<double>("hub", "brokers")),
      events_(s.column<double>("hub", "events")),
      seats_(s.column<double>("hub", "seats")),
      opex_(s.column<double>("hub", "opex")),
      public_share_(s.column<double>("hub", "public_share")),
      host_share_(s.column<double>("hub", "host_share")),
      cash_(s.column<std::int64_t>("hub", "cash")),
      activity_(s.column<double>("hub", "activity")),
      tenants_(s.column<double>("hub", "tenants")),
      members_(s.column<double>("hub", "members")),
      participants_(s.column<double>("hub", "participants")),
      contacts_(s.column<double>("hub", "contacts")),
      performer_(s.column<std::uint8_t>("firm", "rd_performer")),
      firm_region_(s.column<std::uint8_t>("firm", "region")),
      firm_theme_(s.column<std::uint8_t>("firm", "theme")),
      institute_region_(s.column<std::uint8_t>("institute", "region")),
      institute_theme_(s.column<std::uint8_t>("institute", "theme")),
      age_(s.column<double>("firm", "age")),
      firm_brokered_(s.column<double>("firm", "brokered")),
      institute_brokered_(s.column<double>("institute", "brokered")),
      firm_cash_(s.column<std::int64_t>("firm", "cash")),
      venture_firm_(s.column<AgentId>("venture", "firm")),
      venture_hub_(s.column<AgentId>("venture", "hub")),
      venture_region_(s.column<std::uint8_t>("venture", "region")),
      venture_theme_(s.column<std::uint8_t>("venture", "theme")),
      hub_months_(s.column<double>("venture", "hub_months")),
      coached_(s.column<double>("venture", "coached")),
      payer_body_(s.column<std::uint8_t>("government", "body")),
      outlays_(s.column<double>("government", "outlays")),
      appropriation_(s.flow("appropriation", "treasury", "government.cash")),
      support_(s.flow("hub_support", "government.cash", "hub.cash")),
      rent_flow_(s.flow("hub_rent", "firm.cash", "hub.cash")),
      wages_(s.flow("hub_wages", "hub.cash", "households")),
      inputs_(s.flow("hub_inputs", "hub.cash", "suppliers")),
      collaboration_(s.network("collaboration")),
      graduates_(s.event("incubator_graduates")),
      contacts_event_(s.event("hub_contacts")),
      no_theme_(s.label("themes", "none")),
      asking_(s.parameter("asking")),
      youth_(s.parameter("youth")),
      stay_(s.parameter("stay")),
      cases_(s.parameter("cases")),
      meeting_(s.parameter("meeting")),
      strength_(s.parameter("strength")),
      reach_(s.parameter("reach")),
      relief_(s.parameter("relief")),
      wage_share_(s.parameter("wage_share")),
      ask_(s.purpose("ask")),
      choose_(s.purpose("choose")),
      room_(s.purpose("room")),
      attend_(s.purpose("attend")),
      meet_(s.purpose("meet")),
      place_(s.purpose("place")) {}

}  // namespace polder::agents
