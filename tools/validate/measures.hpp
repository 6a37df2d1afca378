// SPDX-License-Identifier: Apache-2.0
// One function a stylised fact: from what one replicate showed to one number, NaN where that cannot be said.
// Each says in which sample and by which statistic it measures.
#pragma once
#include "tools/validate/observation.hpp"

namespace polder::tools::validate {

// Firms; the last observed year unless said otherwise.
double firm_size_tail(const Observation& seen);  ///< Hill exponent of staff from 50 fte on
double growth_shape(const Observation& seen);    ///< Subbotin shape of log growth of sales, 20 fte and more
double growth_tail(const Observation& seen);     ///< density exponent of the 5 % largest |log growth|
double growth_spread_slope(const Observation& seen);  ///< -slope of log sd of growth against log staff
double survival_after_one_year(const Observation& seen);
double survival_after_three_years(const Observation& seen);
double survival_after_five_years(const Observation& seen);
double employers_after_five_years(const Observation& seen);  ///< share of new employers that still are
double productivity_ratio(const Observation& seen);          ///< 90/10 ratio around the sector's mean
double productivity_memory(
    const Observation& seen);  ///< AR(1) a year of log productivity around the sector's mean
double fast_growers_jobs(
    const Observation& seen);  ///< share of new jobs by the 6 % fastest of 10 fte and more, 3 years

// Research; R&D of the last year, patents of all years.
double rd_of_top_ten(const Observation& seen);
double rd_of_small_firms(const Observation& seen);    ///< fewer than 50 persons
double small_performers(const Observation& seen);     ///< share of performers with fewer than 50 persons
double tax_credit_of_large(const Observation& seen);  ///< share of tax credit paid to firms of 250 and more
double patent_exponent(const Observation& seen);      ///< density exponent of patents an applicant, from 5 on
double patent_elasticity(const Observation& seen);    ///< Poisson elasticity to R&D among performers
double patents_by_doubling(const Observation& seen);  ///< what doubling a region's R&D adds to its patents
double rd_intensity(const Observation& seen);         ///< mean of the first three years
double articles_international(const Observation& seen);  ///< mean of the first three years
double tax_credit_effect(const Observation& seen);
double grant_effect(const Observation& seen);

// Networks: alliances of the last three years at the end, and partners here in the projects of a framework
// programme, those of the last four years with members abroad.
double alliances_of_top(const Observation& seen);     ///< share of tie ends at the 5 % best connected
double alliance_clustering(const Observation& seen);  ///< relative to a random network of the same degrees
double alliance_component(const Observation& seen);   ///< share of nodes in the largest component
double project_degree_exponent(const Observation& seen);  ///< from the median degree on
double project_clustering_slope(const Observation& seen);
double project_assortativity(const Observation& seen);
/// Mean members of projects of three and more with members abroad, those included.
double consortium_size(const Observation& seen);

// Ventures: rounds and ends seen during the run.
double seed_to_a(const Observation& seen);  ///< share with the next round within 48 months
double a_to_b(const Observation& seen);
double b_to_c(const Observation& seen);
double months_seed_to_a(const Observation& seen);  ///< median of those who raise again
double months_a_to_b(const Observation& seen);
double months_b_to_c(const Observation& seen);
double series_a_size(const Observation& seen);        ///< median, MEUR
double round_size_spread(const Observation& seen);    ///< sd of log size of series A rounds
double late_rounds(const Observation& seen);          ///< rounds of 15 MEUR and more a year
double mega_rounds(const Observation& seen);          ///< rounds of 100 MEUR and more a year
double foreign_late_rounds(const Observation& seen);  ///< share of rounds of 15 MEUR and more led from abroad
double foreign_capital(
    const Observation& seen);  ///< share of all venture capital, mean of the first three years
double capital_tail(const Observation& seen);  ///< Hill exponent of capital raised, top 5 %
double capital_gini(const Observation& seen);
double capital_of_top(const Observation& seen);    ///< share of the top 1 %
double outcomes_at_loss(const Observation& seen);  ///< share of ended ventures that return less than 1x
double outcomes_tenfold(const Observation& seen);
double proceeds_of_best(const Observation& seen);   ///< share of proceeds by the best 6 % of ended ventures
double funds_above_three(const Observation& seen);  ///< share of closed-end funds' managers, over ten years
double startups_that_scale(
    const Observation& seen);  ///< share of funded ventures with 10 MEUR and more raised

// Talent.
double graduates_staying_first(const Observation& seen);  ///< share still here a year after graduation
double graduates_staying(
    const Observation& seen);  ///< share of those here after a year still here after five

}  // namespace polder::tools::validate
