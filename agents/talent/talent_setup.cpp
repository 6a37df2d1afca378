// SPDX-License-Identifier: Apache-2.0
// The tables of the talent market and its constructor.
#include <algorithm>
#include <memory>

#include "agents/kinds/kinds.hpp"
#include "agents/support/labels.hpp"
#include "agents/talent/talent_market.hpp"

namespace polder::agents {

namespace {

const std::vector<FieldInfo> talent_fields{
    {"study", "month", "50 months", "6 months", "120 months", "months that a student stays on average",
     "scenarios/data/README.md: 170,260 students"},
    {"graduating", "1", "75 %", "0", "1", "share of students that graduate", "assumption"},
    {"phd_length", "month", "76 months", "24 months", "200 months",
     "stock by graduates a month; three quarters complete", "Rathenau: 36,472 candidates, 4,781 a year"},
    {"phd_completion", "1", "83 %", "0", "1", "share of PhD candidates that complete",
     "Rathenau: 75 % of the employed"},
    {"job_change", "1/year", "0.35 /year", "0 /year", "2 /year", "hazard of looking for another job",
     "calibrated at scale 0.02: 11 % a year change, one look in three (CBS: 11 % of the highly educated, 14 "
     "% "
     "of all)"},
    {"layoff", "1/year", "0.03 /year", "0 /year", "2 /year", "hazard of losing one's job", "assumption"},
    {"leaving", "1/year", "0.035 /year", "0 /year", "2 /year", "hazard of leaving technical work",
     "CBS: 7 % leave employment, pensions included"},
    {"emigration", "1/year", "0.004 /year", "0 /year", "1 /year",
     "hazard of leaving the country, people from here", "assumption"},
    {"emigration_foreign", "1/year", "0.03 /year", "0 /year", "1 /year",
     "the same, people from abroad after five years", "assumption"},
    {"early_emigration_eea", "1/year", "0.20 /year", "0 /year", "2 /year",
     "the same, EEA graduates in their first five years", "stay 0.45 then 0.20: ln(0.45 / 0.20) / 4"},
    {"early_emigration_other", "1/year", "0.12 /year", "0 /year", "2 /year",
     "the same, graduates from elsewhere", "stay 0.65 then 0.40: ln(0.65 / 0.40) / 4"},
    {"first_stay_eea", "1", "45 %", "0", "1", "EEA graduates that stay the first year",
     "Nuffic: 0.55 over all, EEA fewer"},
    {"first_stay_other", "1", "65 %", "0", "1", "graduates from elsewhere that stay the first year",
     "Nuffic: 0.55 over all"},
    {"phd_stay", "1", "60 %", "0", "1", "foreign PhDs that stay the first year",
     "CPB: 0.38 after five years"},
    {"people_per_fte", "1", "1.45", "0.5", "5", "technical people of a firm per fte of R&D staff",
     "scenarios/data/README.md: 170,411 on 114,184 fte"},
    {"technical_share", "1", "5.5 %", "0", "1", "technical people in other staff",
     "scenarios/data/README.md: 360,000 of 6.6 million fte"},
    {"distance_weight", "1", "1", "0", "10", "weight of ln(1 + km / 10) in the choice of a job",
     "assumption"},
    {"wage_weight", "1", "1.5", "0", "10", "weight of ln wage in the choice of a job", "assumption"},
    {"permanent_weight", "1", "0.5", "0", "10", "weight of a permanent contract in the choice of a job",
     "assumption"},
    {"contact_weight", "1", "0.5", "0", "10",
     "weight of former colleagues in the choice of a job: added to that of a post of the last employer",
     "assumption"},
    {"experience_return", "1/year", "0.03 /year", "0 /year", "0.2 /year", "rise of log pay with experience",
     "Mincer 1974 and later (recalled): pay 80 to 90 % more after 20 years"},
    {"experience_most", "month", "240 months", "0 months", "600 months",
     "experience from which on pay no longer rises", "recalled: age profiles of pay flatten after 20 years"},
    {"experience_usual", "month", "112 months", "0 months", "600 months",
     "experience of those whom an employer pays its mean", "measured: mean pay at the start of nl-2020"},
    {"phd_pay", "1", "55 %", "0", "1", "pay of PhD candidates by that which institutes offer researchers",
     "recalled: scale P of the universities' collective agreement beside scales 11 to 14"},
    {"institute_wage", "EUR/month", "7 kEUR/month", "0 EUR/month", "", "wage offered by institutes",
     "assumption"},
    {"project_labour", "1", "70 %", "0", "1", "share of labour in the project money of institutes",
     "Rathenau Instituut 2023"},
    {"search_success", "1", "30 %", "0", "1", "chance a month that an unemployed person sees openings",
     "assumption"},
    {"recruitment", "1", "10 %", "0", "1", "chance a month that an open post is filled from abroad",
     "calibrated: 17,000 knowledge migrants a year"},
    {"phd_recruitment", "1", "40 %", "0", "1", "the same, PhD posts",
     "calibrated: 47 % of PhD candidates from abroad"},
    {"to_phd", "1", "10 %", "0", "1", "share of graduates that want a PhD post", "assumption"},
    {"phds_from_here", "1", "53 %", "0", "1",
     "share from here of recruited PhD candidates whose field has no students in the model",
     "as among the founders: 47 % from abroad (Rathenau, recalled)"},
    {"researchers_from_here", "1", "65 %", "0", "1", "the same of researchers of institutes",
     "as among the founders: 35 % from abroad (recalled)"},
    {"other_staff", "1", "73 %", "0", "1", "share of entrants that work outside R&D",
     "scenarios/data/README.md: 360,000 of 530,000"},
    {"researchers", "1", "11 %", "0", "1", "share of entrants that are researchers, the rest engineers",
     "scenarios/data/README.md: 94,000 of 530,000, PhDs aside"},
    {"foreign_students", "1", "20 %", "0", "1", "share of new students from abroad",
     "scenarios/data/README.md: 34,051 of 170,260"},
    {"eea_share", "1", "50 %", "0", "1", "share of the EEA in people from abroad", "assumption"},
    {"permanent", "1", "50 %", "0", "1", "share of new contracts that are permanent", "assumption"},
};

std::vector<ColumnUse> talent_columns() {
  using enum Access;
  std::vector<ColumnUse> uses{{"firm", "region", read},
                              {"firm", "staff", read},
                              {"firm", "rd_staff", read},
                              {"firm", "wage", read},
                              {"firm", "vacancies", write},
                              {"firm", "technical_staff", write},
                              {"institute", "region", read},
                              {"institute", "researchers", read},
                              {"institute", "phds", read},
                              {"institute", "students", read},
                              {"firm", "recruiting", read},
                              {"institute", "recruiting", read},
                              {"institute", "funded_posts", read},
                              {"institute", "rd_funded", read},
                              {"institute", "rd_spending", read},
                              {"institute", "research_budget", read},
                              {"institute", "usual_projects", write},
                              {"institute", "project_money", write},
                              {"institute", "fields", read},
                              {"institute", "student_fields", read},
                              {"firm", "type", read},
                              {"institute", "permanent_offer", read},
                              {"institute", "vacancies", write},
                              {"institute", "technical_staff", write},
                              {"institute", "phd_staff", write},
                              {"industry", "technical_pay", read},
                              {"industry", "general_pay", write},
                              {"industry", "institute_pay", write},
                              {"person", "origin", read},
                              {"person", "field", read}};
  for (const char* column : {"type", "region", "age", "employer", "at_institute", "permanent", "experience",
                             "tenure", "wage", "former_employer"})
    uses.push_back({"person", column, write});
  return uses;
}

std::unique_ptr<Mechanism> make_talent(Setup& setup) {
  return std::make_unique<TalentMarket>(setup);
}

}  // namespace

const MechanismInfo& talent_market_mechanism() {
  static const MechanismInfo info{
      .name = "talent_market",
      .family = "talent",
      .sentence = "People study, graduate, look for work, change jobs, come and go, as employers open posts",
      .equation =
          "posts = floor((a rd_staff + b other staff) w_f / w_p + u_f), at institutes with l (F - F0)+ / "
          "wage; V = c ln wage - d ln(1 + km / 10) + a_n (former employer) + Gumbel, the present job among "
          "them; wage = W exp(b (min(x, x1) - x0)) at hire",
      .source =
          "choice by logit: assumption; Vaccario, Verginer & Schweitzer 2021 (hiring by demand, distance); "
          "CBS (job changes), Nuffic and CPB (stay rates), Rathenau (PhDs)",
      .ignores = "families, part-time work, careers within a firm",
      .fields = talent_fields,
      .columns = talent_columns(),
      .flows = {},
      .networks = {},
      .events = {"graduates", "foreign_graduates", "phd_graduates", "talent_arrivals", "talent_departures",
                 "hires", "job_changes", "contact_hires"},
      .after = {"market", "rd_investment", "venture_rounds"},
      .make = make_talent};
  return info;
}

TalentMarket::TalentMarket(Setup& s)
    : person_{s.kind("person"),
              s.column<std::uint8_t>("person", "type"),
              s.column<std::uint8_t>("person", "field"),
              s.column<std::uint8_t>("person", "region"),
              s.column<std::uint8_t>("person", "origin"),
              s.column<std::uint8_t>("person", "at_institute"),
              s.column<std::uint8_t>("person", "permanent"),
              s.column<double>("person", "age"),
              s.column<double>("person", "experience"),
              s.column<double>("person", "tenure"),
              s.column<double>("person", "wage"),
              s.column<AgentId>("person", "employer"),
              s.column<AgentId>("person", "former_employer")},
      firm_{s.kind("firm"), s.column<std::uint8_t>("firm", "region"),
            s.column<double>("firm", "technical_staff"), s.column<double>("firm", "recruiting"),
            s.column<std::int64_t>("firm", "vacancies")},
      institute_{s.kind("institute"), s.column<std::uint8_t>("institute", "region"),
                 s.column<double>("institute", "technical_staff"),
                 s.column<double>("institute", "recruiting"),
                 s.column<std::int64_t>("institute", "vacancies")},
      industry_(s.kind("industry")),
      firm_type_(s.column<std::uint8_t>("firm", "type")),
      fields_(s.column<double>("institute", "fields")),
      student_fields_(s.column<double>("institute", "student_fields")),
      project_money_(s.column<double>("institute", "project_money")),
      general_pay_(s.column<double>("industry", "general_pay")),
      institute_pay_(s.column<double>("industry", "institute_pay")),
      staff_(s.column<double>("firm", "staff")),
      rd_staff_(s.column<double>("firm", "rd_staff")),
      wage_(s.column<double>("firm", "wage")),
      pay_(s.column<double>("industry", "technical_pay")),
      researchers_(s.column<double>("institute", "researchers")),
      funded_posts_(s.column<double>("institute", "funded_posts")),
      rd_funded_(s.column<double>("institute", "rd_funded")),
      rd_spending_(s.column<double>("institute", "rd_spending")),
      research_budget_(s.column<double>("institute", "research_budget")),
      usual_projects_(s.column<double>("institute", "usual_projects")),
      permanent_offer_(s.column<double>("institute", "permanent_offer")),
      phds_(s.column<double>("institute", "phds")),
      phd_staff_(s.column<double>("institute", "phd_staff")),
      students_(s.column<double>("institute", "students")),
      map_(s.scenario()),
      person_weight_(1 / s.scenario().scale),
      people_per_fte_(s.parameter("people_per_fte")),
      technical_share_(s.parameter("technical_share")),
      distance_weight_(s.parameter("distance_weight")),
      wage_weight_(s.parameter("wage_weight")),
      permanent_weight_(s.parameter("permanent_weight")),
      contact_weight_(s.parameter("contact_weight")),
      institute_wage_(s.parameter("institute_wage")),
      phd_wage_(institute_wage_ * s.parameter("phd_pay")),
      project_labour_(s.parameter("project_labour")),
      search_success_(s.parameter("search_success")),
      recruitment_(s.parameter("recruitment")),
      phd_recruitment_(s.parameter("phd_recruitment")),
      to_phd_(s.parameter("to_phd")),
      phds_from_here_(s.parameter("phds_from_here")),
      researchers_from_here_(s.parameter("researchers_from_here")),
      study_months_(s.parameter("study")),
      foreign_students_(s.parameter("foreign_students")),
      eea_share_(s.parameter("eea_share")),
      permanent_share_(s.parameter("permanent")),
      other_staff_share_(s.parameter("other_staff")),
      researcher_share_(s.parameter("researchers")),
      first_stay_{1.0, s.parameter("first_stay_eea"), s.parameter("first_stay_other")},
      phd_stay_{1.0, s.parameter("phd_stay"), s.parameter("phd_stay")},
      experience_pay_{s.parameter("experience_return"), s.parameter("experience_most"),
                      s.parameter("experience_usual")},
      num_regions_(std::max<std::size_t>(1, s.labels("firm", "region").items.size())),
      num_fields_(std::max<std::size_t>(1, s.labels("person", "field").items.size())),
      graduates_event_(s.event("graduates")),
      foreign_graduates_event_(s.event("foreign_graduates")),
      phd_event_(s.event("phd_graduates")),
      arrivals_event_(s.event("talent_arrivals")),
      departures_event_(s.event("talent_departures")),
      hires_event_(s.event("hires")),
      job_changes_event_(s.event("job_changes")),
      contact_hires_event_(s.event("contact_hires")),
      month_(s.purpose("month")),
      order_(s.purpose("order")),
      stay_(s.purpose("stay")),
      next_(s.purpose("next")),
      look_(s.purpose("look")),
      choose_(s.purpose("choose")),
      threshold_(s.purpose("threshold")),
      recruit_(s.purpose("recruit")),
      enrol_(s.purpose("enrol")),
      student_(s.purpose("student")),
      person_draw_(s.purpose("contract")),
      fit_(s.purpose("fit")),
      founder_(s.purpose("founder")),
      search_chance_(s.purpose("search")) {
  const auto shares = [&](const char* column) {
    auto numbers = label_numbers(s, "fields", column, 1.0, dimension::none);
    numbers.resize(num_fields_, 1.0);
    return numbers;
  };
  firm_fields_ = shares("firm_staff");
  staff_fields_ = shares("staff");
  for (const double share : shares("students")) taught_.push_back(share > 0);
  for (std::size_t home = 0; home < map_.num_regions(); ++home)
    for (std::size_t there = 0; there < map_.num_regions(); ++there)
      distance_costs_.push_back(
          distance_cost(map_.distance(static_cast<std::uint8_t>(home), static_cast<std::uint8_t>(there)),
                        distance_weight_));
  const double graduating = s.parameter("graduating"), completing = s.parameter("phd_completion");
  const double phd_months = s.parameter("phd_length");
  hazards_ = {.graduation = graduating / study_months_,
              .drop_out = (1 - graduating) / study_months_,
              .completion = completing / phd_months,
              .quitting = (1 - completing) / phd_months,
              .job_change = s.parameter("job_change"),
              .layoff = s.parameter("layoff"),
              .leaving = s.parameter("leaving"),
              .emigration = {s.parameter("emigration"), s.parameter("emigration_foreign"),
                             s.parameter("emigration_foreign")},
              .early_emigration = {s.parameter("emigration"), s.parameter("early_emigration_eea"),
                                   s.parameter("early_emigration_other")}};
}

}  // namespace polder::agents
