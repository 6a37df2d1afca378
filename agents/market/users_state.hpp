// SPDX-License-Identifier: Apache-2.0
// Columns of the users mechanism. Private to agents/market/.
#pragma once
#include <vector>

#include "agents/market/users.hpp"

namespace polder::agents {

/// The mechanism; see users.hpp.
class Users final : public Mechanism {
 public:
  explicit Users(Setup& setup);
  void step(Turn& turn) const override;

 private:
  struct Group {
    Row row;
    AgentId id;
    std::uint8_t theme;
    double threshold, standard;
    double products = 0, accepted = 0;
  };
  std::vector<Group> groups(Turn& turn) const;
  void assign(Turn& turn, Row venture, Row firm, const std::vector<Group>& groups) const;
  void develop(Turn& turn, Row venture, Row firm, Group& group) const;
  void sign(Turn& turn, Row venture, Row firm, bool accepted) const;
  void diffuse(Turn& turn, const std::vector<Group>& groups) const;
  bool on_market(Turn& turn, Row venture) const;

  KindId user_, venture_, firm_;
  Handle<std::uint8_t> theme_;
  Handle<double> requirement_, threshold_, innovators_, imitators_, budget_, adopted_, supply_, standard_,
      ban_, levy_;
  Handle<std::uint8_t> venture_theme_, blocked_;
  Handle<std::int64_t> trl_;
  Handle<AgentId> venture_firm_, venture_user_;
  Handle<double> match_, iterations_, reference_, access_, coached_;
  Handle<double> knowledge_, uptake_, contract_left_;
  Handle<std::uint8_t> contract_new_;
  std::size_t iteration_event_, reference_event_;
  double involvement_, facility_involvement_, coaching_involvement_, first_level_, step_, full_match_,
      elasticity_, market_level_, reference_rate_, life_;
  int burn_in_pace_;
  Purpose group_draw_, involve_, sign_draw_;
};

}  // namespace polder::agents
