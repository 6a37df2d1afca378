// SPDX-License-Identifier: Apache-2.0
// Schemes for talent and skills, by one of three levers.
//
//   training     a firm trains its staff for `request`; the scheme pays `share` of it
//                training_i += (request - replaced) / staff          absorptive capacity (`absorption`)
//                replaced    = part `replaces` of it, no more than the firm's own courses of a year
//                (`training`)
//   dual         somebody of an institute also works at a firm for `payout.over` months; request is the cost
//                a year, of which the scheme pays `share` and the firm the rest, both to the institute:
//                tie(i, j) += contact a month, training_i += request / 12 / staff a month
//   recruitment  help with visa, housing and a start for vacancies: the scheme spends `request` a month for
//                each vacancy helped; recruiting_i = help * part of its vacancies helped (`talent_market`)
//
// What firms cannot pay of their own part is not granted; what nobody asks for is not spent.
// source: training and dual appointments raise absorptive capacity (Cohen & Levinthal 1990);
// visa and welcome (City Deal Warm Welkom Talent). Chances and strengths: assumptions.
#pragma once
#include <optional>

#include "agents/funding/calls.hpp"
#include "agents/funding/contacts.hpp"
#include "agents/funding/levers.hpp"
#include "agents/funding/projects.hpp"

namespace polder::agents {

const FormInfo& talent_form();

class TalentInstrument final : public Instrument {
 public:
  TalentInstrument(const Terms& terms, const Columns& columns, const Geography& map);
  void step(Purse& purse) const override;

 private:
  enum class Lever : std::uint8_t { training, dual, recruitment };
  static Lever read_lever(const Terms& terms);
  static int read_cadence(const Terms& terms);

  struct Applicants {
    std::vector<Row> rows;
    std::vector<double> requests;
    std::vector<Bid> bids;
    double number = 0;  ///< real applicants
  };
  Applicants applicants(Turn& turn) const;
  void hold_round(Purse& purse) const;
  bool train(Purse& purse, Row firm, double cost, Cents amount) const;
  bool appoint(Purse& purse, Row firm, const Grant& grant, std::span<const Row> providers) const;
  void run_appointments(Purse& purse) const;
  // talent_people.cpp: who holds the appointments
  void name_appointees(const Purse& purse) const;
  void recruit(Purse& purse) const;
  void help(Purse& purse, const RecipientColumns& recipient, const ApplicantRules& rules,
            Handle<std::int64_t> vacancies, double& waiting, double& helped) const;

  Lever lever_;
  std::optional<ApplicantRules> firm_rules_, institute_rules_;
  Providers providers_;
  double application_rate_, share_, help_, contact_, replaces_;
  int months_;
  Levers levers_;
  Handle<std::int64_t> firm_vacancies_, institute_vacancies_;
  Handle<AgentId> employer_, second_employer_, appointed_by_;
  Handle<std::uint8_t> at_institute_;
  KindId person_{};
  FlowId firm_flow_{}, service_flow_{}, training_flow_{}, own_flow_{};
  Projects projects_;
  const Geography* map_;
};

}  // namespace polder::agents
