// SPDX-License-Identifier: Apache-2.0
// People study, graduate, look for work, change jobs, come and go; firms and institutes open posts for them.
//
//   posts of a firm = floor((a rd_staff + b (staff - rd_staff)) w_firm / w_person + u_firm)
//   vacancies       = posts - people employed
//   one draw a person and month decides what happens (agents/talent/careers.hpp)
//   a person who looks sees two openings near, two anywhere and one of the former employer, if it has one;
//   the best is taken, and who has a job weighs it as one more, so that an offer may be refused, by
//     V = c ln wage - d ln(1 + km / 10) + a_s (s - s0) + a_n (former employer) + Gumbel
//   pay is agreed at hire and follows experience and the general pay (agents/talent/pay.hpp)
//   an institute considers people by how much stronger their field is there than among all
//   posts still open are filled from outside with chance r + (1 - r) e a month; institutes enrol students /
//   duration; institutes have posts for researchers + funded posts + l (F - F0)+ / their wage at the
//   start,
//   F' = F + (project money - F) / 12
//   students and those who come from abroad have a field drawn by the shares of their institute, or of the
//   staff of firms; the first technical person of a startup is its entrepreneur. Students of fields outside
//   science and technology are no persons: recruits of these fields come from here with chance h,
//   else from abroad; a graduate who wants a PhD post looks at four anywhere
//
// s share of permanent contracts where instruments raise it above the usual s0, of the present job 1 or 0;
// e help of talent schemes, a_n what former colleagues are worth,
// F project money of a year, F0 that which the researchers of the data come with, l its share of labour, a
// people per R&D fte, b share of technical people in other staff, u_firm fixed threshold of the firm.
// reads: staff, rd_staff, wage; researchers, phds, students, fields, rd_funded
// writes: people, vacancies, technical_staff, general_pay, institute_pay
// source: choice by logit: assumption; hiring by demand, moves fall with distance: Vaccario, Verginer &
//   Schweitzer 2021; CBS (job changes), Nuffic (stay rates); jobs through contacts: Granovetter 1974, moves
//   along ties between employers: Guerrero & Axtell 2013 (both recalled)
// Wages rise with scarcity where `technical_wages` is used.
// Ignores: families, part-time work, careers within a firm, what a founder learned in an earlier firm, pay in
//   the choice to leave the country, contacts beyond the last employer; accounts pay the employer's
//   mean.
#pragma once
#include <span>
#include <vector>

#include "agents/geography.hpp"
#include "agents/talent/careers.hpp"
#include "agents/talent/openings.hpp"
#include "agents/talent/pay.hpp"
#include "engine/mechanism.hpp"

namespace polder::agents {

const MechanismInfo& talent_market_mechanism();

/// Posts of an employer in simulated people. jobs: of one real employer; people: real employers by real
/// people that one simulated one stands for; threshold: of the employer, in [0, 1)
int posts_for(double jobs, double people, double threshold);

/// Posts that project money beyond the usual pays for. money, wage: EUR/month
double posts_for_money(double money, double labour_share, double wage);

/// Mean project money a month after one more month. unit: EUR/month
double project_money_after(double mean, double money);

/// A field of study. shares: of each field, not needing to add up to 1; all 0: any field. draw: in [0, 1)
std::size_t field_of(std::span<const double> shares, double draw);

/// Chance that an institute considers somebody of a field: how much stronger the field is there than among
/// those who look, by the field for which that is most. shares: of the institute; others: of all technical
/// staff. range: 0 to 1
double field_fit(std::span<const double> shares, std::span<const double> others, std::size_t field);

class TalentMarket final : public Mechanism {
 public:
  explicit TalentMarket(Setup& setup);
  void found(Turn& turn) const override;
  void step(Turn& turn) const override;

 private:
  struct People {
    KindId kind{};
    Handle<std::uint8_t> type, field, region, origin, at_institute, permanent;
    Handle<double> age, experience, tenure, wage;
    Handle<AgentId> employer, former_employer;
  };
  struct Employers {
    KindId kind{};
    Handle<std::uint8_t> region;
    Handle<double> technical_staff, recruiting;
    Handle<std::int64_t> vacancies;
  };
  struct Market;  // openings of one month

  // talent_found.cpp: who works where at the start
  struct Post {
    std::uint64_t order;
    Row row;
  };
  using PostsByRegion = std::vector<std::vector<Post>>;
  void settle(Turn& turn, const std::vector<Row>& people, PostsByRegion posts, bool institute) const;
  void take_post(Turn& turn, Row person, const Post& post, bool institute) const;
  double firm_jobs(double staff, double research) const;  ///< technical ones; staff, research: fte
  double threshold(AgentId id, std::uint64_t salt) const;
  bool is_founder(Turn& turn, Row firm, double part) const;  ///< the next whom it hires
  double project_posts(Turn& turn, Row institute) const;
  double distance_cost_between(std::uint8_t home, std::uint8_t there) const;

  // talent_market.cpp: the month
  struct Offers {
    std::vector<Opening> list;
    double mean_pay;  ///< that firms offer for technical posts, filled ones too; unit: EUR/month
  };
  Offers openings(Turn& turn) const;
  void raise_pay(Turn& turn, double mean_pay) const;
  std::vector<Opening> phd_openings(Turn& turn) const;
  struct Moment {
    std::uint64_t order;  ///< random, of this month
    Row row;
    Event event;
    bool retires, lost_employer;
  };
  std::vector<Moment> moments(Turn& turn) const;
  void publish_vacancies(Turn& turn, const Market& market) const;

  // talent_moves.cpp: what people do
  void live(Turn& turn, const Moment& moment, Market& market) const;
  void graduate(Turn& turn, Row row, Market& market) const;
  void complete(Turn& turn, Row row, Market& market) const;
  bool stays(Turn& turn, Row row, bool phd) const;
  void search(Turn& turn, Row row, Market& market) const;
  double offer_value(Turn& turn, Row row, const Opening& opening, double draw) const;
  double present_value(Turn& turn, Row row, double draw) const;  ///< of the job of somebody who has one
  std::uint8_t occupation(double draw) const;                    ///< of someone who begins to work
  void separate(Turn& turn, Row row) const;
  void hire(Turn& turn, Row row, Opening& opening, bool as_phd) const;
  void depart(Turn& turn, Row row) const;

  // talent_arrivals.cpp: who comes
  void recruit_abroad(Turn& turn, Market& market) const;
  void enrol(Turn& turn) const;
  /// unhelped: share of those who come without talent schemes, which help from abroad only.
  /// returns: came from abroad
  bool arrive(Turn& turn, const Opening& opening, std::uint32_t ordinal, bool phd, double unhelped) const;
  double from_here(std::size_t field, bool phd) const;  ///< chance
  bool considers(Turn& turn, const Opening& opening, Row person, std::uint32_t draw) const;
  std::span<const double> shares_of(Turn& turn, Handle<double> fields, Row institute) const;

  /// Where people employed by a firm, by an institute or there as PhD candidates are counted.
  std::span<double> employed(Turn& turn, bool institute, bool phd) const {
    return turn.write(phd ? phd_staff_ : institute ? institute_.technical_staff : firm_.technical_staff);
  }

  People person_;
  Employers firm_, institute_;
  KindId industry_;
  Handle<std::uint8_t> firm_type_;
  Handle<double> fields_, student_fields_, project_money_, general_pay_, institute_pay_;
  Handle<double> staff_, rd_staff_, wage_, pay_, researchers_, funded_posts_, rd_funded_, rd_spending_,
      research_budget_, usual_projects_, permanent_offer_, phds_, phd_staff_, students_;
  Geography map_;
  std::vector<double> distance_costs_;  // by the regions of a home and of a post
  double person_weight_, people_per_fte_, technical_share_, distance_weight_, wage_weight_, permanent_weight_,
      contact_weight_, institute_wage_, phd_wage_, project_labour_, search_success_, recruitment_,
      phd_recruitment_, to_phd_, phds_from_here_, researchers_from_here_, study_months_, foreign_students_,
      eea_share_, permanent_share_, other_staff_share_, researcher_share_;
  std::array<double, num_origins> first_stay_{}, phd_stay_{};
  CareerHazards hazards_;
  ReturnOnExperience experience_pay_;
  std::vector<double> firm_fields_, staff_fields_;  ///< shares in technical staff: of firms, of all employers
  std::vector<bool> taught_;                        ///< fields whose students are persons
  std::size_t num_regions_, num_fields_, graduates_event_, foreign_graduates_event_, phd_event_,
      arrivals_event_, departures_event_, hires_event_, job_changes_event_, contact_hires_event_;
  Purpose month_, order_, stay_, next_, look_, choose_, threshold_, recruit_, enrol_, student_, person_draw_,
      fit_, founder_, search_chance_;
};

/// Openings of one month for posts of technical staff and of PhD candidates.
struct TalentMarket::Market {
  std::vector<Opening> posts, phds;
  OpeningRing ring, phd_ring;
  IdIndex employers;  ///< of posts
};

}  // namespace polder::agents
