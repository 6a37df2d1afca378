// SPDX-License-Identifier: Apache-2.0
// What the statistics of a scorecard are made of: agents followed by their id through one run, month by
// month. What a scenario does not have (no ventures, no projects) stays empty, and its facts are not
// measured.
#pragma once
#include <cstdint>
#include <limits>
#include <map>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/program.hpp"
#include "tools/validate/statistics.hpp"

namespace polder::tools::validate {

/// A firm in one year; sales and staff are those of December.
struct FirmYear {
  AgentId id = nobody;
  double weight = 1, age = 0, staff = 0, sales = 0;
  double productivity = 0;  ///< value added by staff, as statistics measure it. unit: EUR/month/person
  double rd = 0;            ///< unit: EUR, over the year
  double tax_credit = 0;    ///< unit: EUR, over the year
  double patents = 0;       ///< applied for over the year
  std::uint8_t sector = 0;
  bool performer = false;
  bool small = false;  ///< fewer than 50 persons employed
  bool large = false;  ///< 250 and more
};

struct YearBook {
  int year = 0;
  std::vector<FirmYear> firms;  ///< by id
  /// Of firms and institutes by region, over the year. unit: EUR; applications
  std::vector<double> region_rd, region_patents;
};

struct Round {
  std::uint32_t month = 0;  ///< since observation began
  std::string stage;        ///< seed, series_a, series_b or series_c
  double size = 0;          ///< unit: EUR
  bool foreign_lead = false;
};

/// A venture from the month in which it was first seen.
struct VentureLife {
  AgentId firm = nobody;
  double weight = 1;
  std::uint32_t first = 0, last = 0;  ///< months since observation began
  bool entered = false;               ///< during observation
  bool ended = false;                 ///< sold, closed, or goes on without investors
  double raised = 0, proceeds = 0;    ///< all investors together. unit: EUR
  std::vector<Round> rounds;          ///< that were seen
};

/// Money of a closed-end fund's manager during observation: of present, former and following funds. unit: EUR
struct FundLife {
  double invested = 0, proceeds = 0;
};

/// Two members here of one project of a framework programme.
struct ProjectTie {
  AgentId a, b;
  std::uint32_t month;  ///< since observation began
};

/// Everything that one replicate shows.
struct Observation {
  std::uint32_t months = 0;
  std::vector<YearBook> years;
  /// Of firms born during observation: startups, and others, which are new employers. unit: month
  std::vector<Life> startups, employers;
  std::vector<VentureLife> ventures;    ///< by order of their appearance
  std::vector<FundLife> funds;          ///< closed-end ones, by id
  std::vector<Life> foreign_graduates;  ///< who stayed: months here after the month of graduation
  double all_foreign_graduates = 0;     ///< with those who left in the month of graduation
  std::vector<Weighted> consortia;      ///< members of projects with members abroad, those included
  /// Samples of the scenario's indicators, in displayed units.
  std::map<std::string, std::vector<std::pair<Month, double>>> indicators;
  /// R&D of firms that a euro of tax credit, and own R&D that a euro of grants adds to its recipients: from
  /// the same run without them; NaN when there was none.
  double rd_per_tax_credit = std::numeric_limits<double>::quiet_NaN();
  double own_rd_per_grant = std::numeric_limits<double>::quiet_NaN();
  /// Pairs of members of one project with members abroad, in the month in which it was first seen.
  std::vector<ProjectTie> project_ties;
  std::vector<std::pair<AgentId, AgentId>> alliances;  ///< at the end
};

/// Ventures and funds of all replicates as one sample, for what a single one shows too seldom; all else is
/// left out. Rates by year of it are those of all replicates together.
Observation pooled_ventures(std::span<const Observation> replicates);

/// R&D of all firms since the start, and the tax credit in it. unit: EUR
struct FirmTotals {
  double rd = 0, tax_credit = 0;
  /// R&D paid by the firm itself and by grants, of firms that do any; all firms that one stands for.
  struct Research {
    double own = 0, funded = 0;
  };
  std::map<AgentId, Research> firms;
  /// Adds one month.
  void add(const Program& program, const State& state);
};

/// Own R&D that a euro of grants added in the firms that got them, against the same firms without; a firm
/// that is only in one of the two spends nothing in the other. NaN when there were no grants.
double own_rd_of_recipients(const FirmTotals& with, const FirmTotals& without);

/// Follows one replicate.
class Observer {
 public:
  explicit Observer(const Program& program);
  /// Call after every month past the burn-in, in order.
  void see(const State& state);
  /// After the last month.
  Observation finish(const State& last) &&;

 private:
  struct FirmTrack {
    std::uint32_t first = 0, last = 0;
    bool born = false, startup = false;
    double weight = 1;
    FirmYear year;
  };
  struct PersonTrack {
    bool student = false, graduate = false;
    std::uint32_t graduated = 0, last = 0;
    double weight = 1;
  };
  void see_firms(const State& state);
  void see_institutes(const State& state);
  void see_ventures(const State& state);
  void see_funds(const State& state);
  void see_people(const State& state);
  void see_projects(const State& state);
  void close_year(const State& state);

  const Program* program_;
  Observation seen_;
  YearBook year_;
  std::map<AgentId, FirmTrack> firms_;
  std::map<AgentId, std::size_t> ventures_;
  std::map<AgentId, FundLife> funds_;
  std::map<AgentId, PersonTrack> people_;
  std::set<AgentId> projects_;
};

}  // namespace polder::tools::validate
