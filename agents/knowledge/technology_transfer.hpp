// SPDX-License-Identifier: Apache-2.0
// Inventions of institutes wait for the technology transfer office and become licences, spin-offs or nothing.
//
//   disclosures ~ Poisson(d (researchers + phds / 2))
//   screened    = min(backlog, capacity), capacity ~ Poisson(k tto_staff)
//   of those screened: licence with chance l times appropriability (open_science.hpp), spin-off with chance
//   s, else published
//   s           = s0 (intent / 0.1) a ((1 - q) / (1 - q0))^x,  a = 0.5 + share of seed funds with a ticket
//   backlog'    = (backlog + disclosures - screened) (1 - e)
//
// d disclosures a researcher [1/month], k ideas an officer screens [1/month/person], l, s0 chances, e share
// of waiting ideas that expire a month, q share that the institute asks for in a spin-off, q0 usual one.
// Money: a licence costs its firm a fee, paid to the institute; a spin-off becomes a startup with a venture
// and the institute as origin and owner of q (`venture_rounds`: what it gets, and the founders' effort).
// source: TTO productivity has constant returns (Siegel, Waldman & Link 2003), size raises the number,
//   not the growth of spin-offs (a study of Italian offices, recalled); d, k, l, s0 calibrated to 300
//   licences and 75 spin-offs a year (scenarios/data/README.md, recalled); founders respond to what is left
//   to them: Lach & Schankerman 2008 (licences, recalled), x assumption.
// reads: researchers, phds, openness, equity_share, tto_staff, entrepreneurial_intent, fund money.
// writes: backlog, disclosures, licences, spin_offs.
// ignores: royalties by sales.
#pragma once
#include <vector>

#include "agents/geography.hpp"
#include "engine/mechanism.hpp"

namespace polder::agents {

const MechanismInfo& technology_transfer_mechanism();

/// Chance that a screened idea becomes a spin-off. intent: share of researchers; availability: 0 to 1
double spin_off_chance(double base, double intent, double availability);
/// Factor on that chance by the share that the institute asks for. range: shares 0 to 1, usual below 1
double appeal_of_terms(double equity, double usual, double elasticity);
/// Ideas that wait after a month. range: 0 and above
double backlog_after(double backlog, double disclosures, double screened, double expiry);
/// Simulated spin-offs for `real` ones when each stands for `weight`: unbiased, draw in (0, 1).
int thinned(double real, double weight, double draw);

class TechnologyTransfer final : public Mechanism {
 public:
  explicit TechnologyTransfer(Setup& setup);
  void step(Turn& turn) const override;

 private:
  struct Outcome {
    int licences = 0, spin_offs = 0;
  };
  double seed_availability(Turn& turn) const;
  Outcome screen(Turn& turn, Row institute, double availability) const;
  void license(Turn& turn, Row institute, int count, const std::vector<Row>& firms) const;
  void spin_off(Turn& turn, Row institute, int count, const std::vector<Row>& startups) const;
  Row choose_firm(Turn& turn, Row institute, const std::vector<Row>& firms, DrawKey key,
                  std::uint32_t n) const;

  KindId institute_, firm_, financier_;
  Handle<std::uint8_t> theme_, region_;
  Handle<double> researchers_, phds_, openness_, equity_share_, tto_staff_, transfer_posts_, intent_,
      backlog_, disclosures_, licences_, spin_offs_, institute_knowledge_;
  Handle<std::uint8_t> firm_type_, firm_theme_, firm_region_, firm_sector_, performer_;
  Handle<std::int64_t> firm_cash_;
  Handle<double> staff_, age_, rd_spending_, firm_knowledge_;
  Handle<AgentId> origin_;
  Handle<double> institute_share_;
  Handle<std::uint8_t> size_class_;
  std::vector<Handle<double>> inherited_;
  Handle<std::uint8_t> first_stage_, fund_type_;
  Handle<std::int64_t> fund_cash_;
  Handle<double> ticket_min_;
  FlowId fee_flow_;
  std::size_t collaboration_, spin_off_event_, licence_event_;
  Geography map_;
  double disclosure_rate_, screening_, licence_chance_, spin_off_chance_, usual_equity_, equity_elasticity_,
      usual_openness_, open_loss_, expiry_, fee_, founders_, start_cash_, start_rd_, scale_, firm_weight_;
  Purpose disclose_, screen_, decide_, licence_, entry_, thin_;
};

}  // namespace polder::agents
