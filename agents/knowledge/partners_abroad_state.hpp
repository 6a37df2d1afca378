// SPDX-License-Identifier: Apache-2.0
// The mechanism's columns and settings. Private to agents/knowledge/.
#pragma once
#include <vector>

#include "agents/knowledge/partners_abroad.hpp"
#include "engine/draw.hpp"

namespace polder::agents {

class PartnersAbroad final : public Mechanism {
 public:
  explicit PartnersAbroad(Setup& setup);
  void step(Turn& turn) const override;

 private:
  /// A firm in a project that began last month.
  struct Joined {
    Row firm;
    double kept;   ///< members abroad who become its partners
    double units;  ///< real consortia that the project stands for
    double lot;    ///< uniform
  };
  struct Met {
    std::vector<double> institutes;  ///< members abroad of new projects by row
    std::vector<Joined> firms;       ///< in the order of projects and members
  };
  Met met_in_projects(Turn& turn) const;
  void step_institutes(Turn& turn, const std::vector<double>& met) const;
  void step_firms(Turn& turn, const std::vector<Joined>& joined) const;
  void hold_usual(Turn& turn, const std::vector<Joined>& joined) const;
  void set_partners(Turn& turn, Row row, double number, double usual) const;
  std::vector<double> own_contacts(Turn& turn) const;

  KindId institute_, firm_, industry_, project_;
  Handle<double> researchers_, phds_, publications_, partners_, contacts_, articles_, months_left_, duration_,
      units_;
  Handle<std::int64_t> members_abroad_;
  Handle<AgentId> coordinator_;
  Handle<std::uint8_t> performer_, sector_, industry_sector_;
  Handle<double> rd_staff_, firm_partners_, reach_, firm_contacts_;
  std::size_t membership_, num_sectors_;
  int burn_in_;
  double fading_, growth_, half_way_, usual_share_, one_researcher_, most_kept_;
  Purpose write_, meet_;
};

}  // namespace polder::agents
