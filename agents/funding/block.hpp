// SPDX-License-Identifier: Apache-2.0
// Block funding of institutes: money without a proposal, a part of it for permanent posts or for transfer
// staff.
//
//   amount_i       = budget of the month * weight_i / sum of weights           weight: `request`
//   block_funded_i = (1 - transfer) amount_i           research, spent next month (`policy`)
//   posts_i        = permanent amount_i / cost_per_post                        more posts (`talent_market`)
//   offer_i        = posts_i / (posts_i + turnover researchers_i)              contracts that are permanent
//   transfer_i     = transfer amount_i / cost_per_post                         officers
//   (`technology_transfer`)
//
// With `applicants: hub` the money goes to incubators, campuses and cluster organisations instead, which
// spend it on their programme (`hubs`); then nothing pays posts.
//
// source: base funding, sector plans and transfer staff as the strategy of 2020 names them; cost of a post:
// CBS, 4,900 MEUR for 35,963 fte of R&D in higher education (2019). turnover: assumption.
#pragma once
#include "agents/funding/instrument.hpp"
#include "agents/funding/levers.hpp"

namespace polder::agents {

const FormInfo& block_form();

/// Share of a year's new contracts that are permanent. range: 0 to 1
double permanent_share(double posts, double researchers);

class BlockInstrument final : public Instrument {
 public:
  BlockInstrument(const Terms& terms, const Columns& columns);
  void step(Purse& purse) const override;

 private:
  static std::string read_kind(const Terms& terms);
  void use(Turn& turn, Row institute, Cents amount) const;

  bool to_hubs_;
  ApplicantRules rules_;
  double permanent_, transfer_, cost_per_post_;
  Levers levers_;
  FlowId pay_flow_{}, wage_flow_{};
};

}  // namespace polder::agents
