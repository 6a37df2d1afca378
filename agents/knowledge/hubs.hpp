// SPDX-License-Identifier: Apache-2.0
// Incubators house and coach startups; campuses and cluster organisations hold events and lend brokers.
//
//   spent    = what is in cash above a reserve of three months, at least the month's costs if there,
//              at most (2 - h) opex;             activity a = h + spent / opex        0 to 2
//   tenant   : a venture of a firm younger than `youth` asks an incubator of its province with chance q a
//              month; it stays `stay` months and pays rent
//   coached  = min(1, a mentors cases / tenants)                  iterations with users (`users`)
//   event    : every quarter 3 a events seats members come, each by chance; one who comes makes a tie of
//              `strength` with chance p, with the next participant on a random circle
//   brokered = relief for the a brokers reach members served      effort of consortia (`instruments`)
//
// h part of costs that hosts bear. Members: firms with R&D and institutes of the hub's theme (all for
// `none`) and province (all if national). No hub changes survival, productivity or R&D: tenants pay more
// rent, and gain what coaching and contacts bring.
// source: no better survival than control groups in incubators: Schwartz 2013, recalled; that being there
//   makes links, that brokers lower set-up effort, levels: assumption
// reads: firm.age, cash, rd_performer; venture.firm, theme, region
// writes: hub.activity, tenants, members, participants, contacts; venture.hub, hub_months, coached;
//   brokered; government.outlays; the network
#pragma once
#include <vector>

#include "engine/mechanism.hpp"

namespace polder::agents {

const MechanismInfo& hubs_mechanism();

/// What a hub spends of its cash in a month. All in EUR; due: costs of the month without what hosts bear
double hub_spending(double cash, double due, double most);
/// Part of its tenants that mentors can coach. range: 0 to 1
double coached_part(double activity, double mentors, double cases, double tenants);
/// Chance that a member comes to the events of a quarter. members: real ones. range: 0 to 1
double attendance(double activity, double events, double seats, double members);

class Hubs final : public Mechanism {
 public:
  explicit Hubs(Setup& setup);
  void step(Turn& turn) const override;

 private:
  struct Site {
    Row row;
    AgentId id;
    std::uint8_t region, theme;
    bool national;
    double places, activity, tenants = 0;
  };
  struct Member {
    AgentId id;
    Row row;
    bool firm;
    std::uint8_t region, theme;
    double weight;
  };
  double pay(Turn& turn, Row hub, const std::vector<Row>& payers) const;
  std::vector<Site> open_sites(Turn& turn) const;
  void house(Turn& turn, std::vector<Site>& sites) const;
  bool leave(Turn& turn, Row venture, Row firm) const;
  void apply(Turn& turn, Row venture, Row firm, std::vector<Site>& sites) const;
  void coach(Turn& turn, std::vector<Site>& sites) const;
  std::vector<Member> everybody(Turn& turn) const;
  void gather(Turn& turn, const Site& site, const std::vector<Member>& members) const;
  void serve(Turn& turn, const Site& site, const std::vector<Member>& members) const;

  KindId hub_, firm_, institute_, venture_, government_;
  Handle<std::uint8_t> region_, theme_, body_, national_;
  Handle<double> places_, rent_, mentors_, brokers_, events_, seats_, opex_, public_share_, host_share_;
  Handle<std::int64_t> cash_;
  Handle<double> activity_, tenants_, members_, participants_, contacts_;
  Handle<std::uint8_t> performer_, firm_region_, firm_theme_, institute_region_, institute_theme_;
  Handle<double> age_, firm_brokered_, institute_brokered_;
  Handle<std::int64_t> firm_cash_;
  Handle<AgentId> venture_firm_, venture_hub_;
  Handle<std::uint8_t> venture_region_, venture_theme_;
  Handle<double> hub_months_, coached_;
  Handle<std::uint8_t> payer_body_;
  Handle<double> outlays_;
  FlowId appropriation_, support_, rent_flow_, wages_, inputs_;
  std::size_t collaboration_, graduates_, contacts_event_;
  std::uint8_t no_theme_;
  double asking_, youth_, stay_, cases_, meeting_, strength_, reach_, relief_, wage_share_;
  Purpose ask_, choose_, room_, attend_, meet_, place_;
};

}  // namespace polder::agents
