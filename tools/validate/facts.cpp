// SPDX-License-Identifier: Apache-2.0
// Bands: from the source where it gives a range; else 10 % around a figure of a statistics office and 30 %
// around one of the press or a consultancy.
#include "tools/validate/facts.hpp"

#include <array>

#include "tools/validate/measures.hpp"

namespace polder::tools::validate {

namespace {

constexpr std::array all_facts{
    // Firms
    Fact{"firm_size_tail", "firms", "Exponent of the firm size tail, 50 fte and more", "1", 0.93, 1.03,
         Role::test, "CBS 81588NED 2023, derived (persons employed)",
         "founded on Zipf's law; luck, youth and entry spread firms further from then on", firm_size_tail},
    Fact{
        "growth_shape", "firms", "Subbotin shape of log sales growth, 20 fte and more (1: Laplace)", "1", 0.7,
        1.2, Role::target, "Bottazzi & Secchi 2006 (recalled)",
        "luck of a year has a Laplace centre and heavy tails (market), which lower the shape of a fit to all",
        growth_shape},
    Fact{"growth_tail", "firms", "Exponent of the density of large growth rates", "1", 2.5, 3.5, Role::test,
         "Fu et al. 2005", "luck of a year has such tails, cut off at a factor of seven (market)",
         growth_tail},
    Fact{"growth_spread_slope", "firms", "Fall of the spread of growth with size (beta)", "1", 0.14, 0.25,
         Role::target, "Riccaboni et al. 2008", "a parameter of market; entry, exit and youth come on top",
         growth_spread_slope},
    Fact{"survival_1y", "firms", "Survival of startups after 1 year", "1", 0.95, 0.96, Role::target,
         "CBS, cohort of 2015",
         "hazards by age are those of all new enterprises of 2015, net of exits for lack of cash or staff; "
         "there are no "
         "self-employed here, and other new firms are new employers",
         survival_after_one_year},
    Fact{"survival_3y", "firms", "Survival of startups after 3 years", "1", 0.75, 0.78, Role::target,
         "CBS, cohort of 2015",
         "hazards by age are those of all new enterprises of 2015, net of exits for lack of cash or staff; "
         "there are no "
         "self-employed here, and other new firms are new employers",
         survival_after_three_years},
    Fact{"survival_5y", "firms", "Survival of startups after 5 years", "1", 0.56, 0.65, Role::target,
         "CBS, cohorts of 2010 and 2015",
         "hazards by age are those of all new enterprises of 2015, net of exits for lack of cash or staff; "
         "there are no "
         "self-employed here, and other new firms are new employers",
         survival_after_five_years},
    Fact{"survival_5y_employers", "firms", "New employers that still are employers after 5 years", "1", 0.44,
         0.49, Role::target, "CBS, new employers, cohorts of 2010 and 2015",
         "the hazard is that of the cohort of 2015 (firm_demography), lower for larger entrants",
         employers_after_five_years},
    Fact{"productivity_ratio", "firms", "Value added by staff, 90th to 10th percentile in a sector", "1", 1.6,
         3.0, Role::target, "Syverson 2011: TFP 1.92 in 4-digit industries, labour productivity up to 4",
         "founded with sd 0.2, to which luck in margins adds 0.19; learning and innovation by leaders, staff "
         "that "
         "lags sales, and sectors as wide as a section widen it",
         productivity_ratio},
    Fact{"productivity_memory", "firms", "Persistence of log value added by staff, a year", "1", 0.6, 0.8,
         Role::test, "Syverson 2011",
         "luck in margins passes, productivity itself hardly falls back (market)", productivity_memory},
    Fact{"fast_growers_jobs", "firms", "Share of new jobs by the 6 % fastest growing firms (10 fte, 3 years)",
         "1", 0.3, 0.6, Role::test, "NESTA 2009 (recalled)",
         "large firms hold most staff and add jobs slowly; luck of a year has no "
         "memory, so over three years it averages out",
         fast_growers_jobs},
    // Research
    Fact{"rd_intensity", "research", "R&D as a share of GDP, first three years", "%", 2.16, 2.31,
         Role::target, "CBS 2018-2022", "calibrated (research_entry, stop)", rd_intensity},
    Fact{"rd_top_ten", "research", "Share of business R&D by the ten largest", "1", 0.25, 0.35, Role::target,
         "TNO, VNO-NCW 2016-2023", "founders' R&D has it; later years are the model's", rd_of_top_ten},
    Fact{"rd_small_firms", "research", "Share of business R&D by firms of fewer than 50 persons", "1", 0.128,
         0.156, Role::target, "CBS 84985NED, 2021", "founders' R&D has it; later years are the model's",
         rd_of_small_firms},
    Fact{"small_performers", "research", "Share of R&D performers with fewer than 50 persons", "1", 0.73,
         0.89, Role::target, "CBS 84985NED, 2021", "founded and kept by research_entry", small_performers},
    Fact{"tax_credit_large", "research", "Share of tax credit for firms of 250 and more", "1", 0.33, 0.41,
         Role::test, "evaluation of the WBSO 2017: 37 %",
         "credit counts wages and costs by hour, so those who spend more by hour claim less of their R&D",
         tax_credit_of_large},
    Fact{"patent_exponent", "research", "Exponent of patents an applicant", "1", 1.66, 2.37, Role::test,
         "O'Neale & Hendy 2012", "Poisson draws on R&D: the skew is that of R&D", patent_exponent},
    Fact{"patent_elasticity", "research", "Elasticity of patents to R&D among performers", "1", 0.3, 0.9,
         Role::test, "Hausman, Hall & Griliches 1984 (recalled)",
         "falling returns within a firm are a parameter; sectors of high propensity are where R&D is",
         patent_elasticity},
    Fact{"regional_patents", "research", "What twice the R&D of a region adds to its patents", "1", 0.8, 0.9,
         Role::test, "Bottazzi & Peri 2003",
         "falling returns within firms, and no gain from R&D of others nearby", patents_by_doubling},
    Fact{"neighbour_elasticity", "research", "Elasticity of patents to R&D of neighbours within 300 km", "1",
         0.02, 0.03, Role::test, "Bottazzi & Peri 2003",
         "all Dutch provinces lie within 300 km of each other, so neighbours do not differ enough to tell",
         nullptr},
    Fact{"social_return", "research", "Social to private return to R&D", "1", 1.5, 4, Role::test,
         "Bloom, Schankerman & Van Reenen 2013", "needs a run with extra R&D for each of a sample of firms",
         nullptr},
    // Networks
    Fact{"alliances_of_top", "networks", "Share of alliance ends at the 5 % best connected", "1", 0.25, 0.6,
         Role::test, "Tomasello et al. 2017; upper bound: assumption",
         "strangers are met by activity and trust", alliances_of_top},
    Fact{"alliance_clustering", "networks", "Clustering relative to a random network of the same degrees",
         "1", 3, 100, Role::test, "Cowan, Jonard & Zimmermann 2007; range to be checked",
         "institutes are not scaled down: in a small sample they are hubs, which raises the random benchmark",
         alliance_clustering},
    Fact{"alliance_component", "networks", "Share of allied organisations in the largest component", "1", 0.3,
         0.95, Role::test, "Tomasello et al. 2017: a giant one and many small; range: assumption",
         "institutes are not scaled down: in a small sample they tie the network together",
         alliance_component},
    Fact{"project_degree_exponent", "networks", "Exponent of partners in projects", "1", 1.9, 2.6, Role::test,
         "Almendral et al. 2009", "members here only: those abroad are no agents", project_degree_exponent},
    Fact{"project_clustering_slope", "networks", "Fall of clustering with degree, C(k) ~ k^x", "1", -1, -0.8,
         Role::test, "Almendral et al. 2009",
         "members here only; institutes are few and know each other, which closes triangles around hubs",
         project_clustering_slope},
    Fact{"project_assortativity", "networks", "Correlation of degrees of project partners", "1", -0.1, 0.1,
         Role::test, "Roediger-Schluga & Barber 2006",
         "members here only: firms of few projects meet institutes of many", project_assortativity},
    Fact{"consortium_size", "networks", "Members of consortia of three and more", "1", 8.35, 26.25,
         Role::target, "INFSO evaluation: mean 17.3, sd 8.95",
         "a parameter: members abroad are drawn from the source's distribution", consortium_size},
    // Ventures
    Fact{"seed_to_a", "ventures", "Seed rounds followed by a series A within 4 years", "1", 0.062, 0.263,
         Role::test, "Crunchbase: Dutch cohorts to 2014 (n = 97), US 2005-2009",
         "milestones, belief and money of funds decide", seed_to_a},
    Fact{"a_to_b", "ventures", "Series A followed by B within 4 years", "1", 0.229, 0.453, Role::test,
         "Crunchbase: Dutch cohorts to 2014, US 2005-2009", "milestones, belief and money of funds decide",
         a_to_b},
    Fact{"b_to_c", "ventures", "Series B followed by C within 4 years", "1", 0.136, 0.424, Role::test,
         "Crunchbase: Dutch cohorts to 2014, US 2005-2009", "milestones, belief and money of funds decide",
         b_to_c},
    Fact{"months_seed_to_a", "ventures", "Months from seed to A, median", "month", 13.2, 25.2, Role::test,
         "Crunchbase 2000-2013; Carta 2024", "milestones and runway", months_seed_to_a},
    Fact{"months_a_to_b", "ventures", "Months from A to B, median", "month", 16.5, 30, Role::test,
         "Crunchbase 2000-2013; Carta 2023",
         "ventures ask for the next round as soon as the least gap is over: what they hold of a small series "
         "A "
         "is less than half of what series B is meant to pay",
         months_a_to_b},
    Fact{"months_b_to_c", "ventures", "Months from B to C, median", "month", 13.3, 26.8, Role::test,
         "Crunchbase 2000-2013, quartiles", "milestones and runway", months_b_to_c},
    Fact{"series_a_size", "ventures", "Series A, median", "MEUR", 2, 8, Role::target,
         "Crunchbase quartiles; Dutch rounds (recalled)",
         "the wanted median is a parameter; rounds are cut to what investors pay", series_a_size},
    Fact{"round_size_spread", "ventures", "Series A, sd of log size", "1", 0.93, 1.4, Role::target,
         "Crunchbase 2000-2013", "a parameter; large wishes are cut to what investors pay",
         round_size_spread},
    Fact{"late_rounds", "ventures", "Rounds of 15 MEUR and more a year", "1/year", 37, 57, Role::test,
         "Quarterly Startup Report 2021-2022",
         "funds that can write large tickets are short of money when late ventures ask for it", late_rounds},
    Fact{"mega_rounds", "ventures", "Rounds of 100 MEUR and more a year", "1/year", 2, 9, Role::test,
         "press, 2020-2022",
         "money for large tickets is short, and a sampled venture needs many times the tickets of one: with "
         "all "
         "ventures (scale 1) there are two a year",
         mega_rounds},
    Fact{"foreign_capital", "ventures", "Foreign share of venture capital, first three years", "%", 10, 55,
         Role::target, "Quarterly Startup Report 2019-2021", "calibrated (dutch_share)", foreign_capital},
    Fact{"foreign_late_rounds", "ventures", "Rounds of 15 MEUR and more that are led from abroad", "1", 0.5,
         0.9, Role::test, "assumption: above the foreign share of all venture capital in 2021 (55 %)",
         "domestic tickets are too small for late rounds", foreign_late_rounds},
    Fact{"capital_tail", "ventures", "Hill exponent of capital raised, top 5 %", "1", 1.49, 1.63, Role::test,
         "Crunchbase 2000-2013", "few ventures reach series C, so the top 5 % begin at a few tens of MEUR",
         capital_tail},
    Fact{"capital_gini", "ventures", "Gini of capital raised", "1", 0.70, 0.86, Role::test,
         "Crunchbase 2000-2013: 0.78", "few reach the late stages", capital_gini},
    Fact{"capital_of_top", "ventures", "Share of capital raised by the top 1 %", "1", 0.19, 0.35, Role::test,
         "Crunchbase 2000-2013: 27 %", "few reach the late stages", capital_of_top},
    Fact{"outcomes_at_loss", "ventures", "Funded ventures that end below 1x", "1", 0.55, 0.70, Role::test,
         "Correlation Ventures 2004-2014; Kerr et al. 2014",
         "who finds no further round is taken over, buys the investors out or closes; chances and prices of "
         "that are assumptions",
         outcomes_at_loss},
    Fact{"outcomes_tenfold", "ventures", "Funded ventures that return 10x and more", "1", 0.025, 0.09,
         Role::test, "Correlation Ventures; survey of European funds 2023",
         "log-normal values, and the chance of a sale at the full value by stage", outcomes_tenfold},
    Fact{"proceeds_of_best", "ventures", "Share of proceeds by the 6 % best", "1", 0.4, 0.6, Role::test,
         "Kerr, Nanda & Rhodes-Kropf 2014; EIF 2017/41",
         "log-normal values; the other proceeds are those of takeovers and late sales below them",
         proceeds_of_best},
    Fact{"startups_that_scale", "ventures", "Funded startups that raise 10 MEUR", "1", 0.112, 0.208,
         Role::test, "Techleap 2020: 16 %", "milestones, belief and money of funds decide",
         startups_that_scale},
    Fact{"fund_skew", "ventures", "Funds that return more than 3x", "1", 0, 0.1, Role::test,
         "Kauffman portfolio (secondary)",
         "money back by money invested of a manager, whose funds are not told apart; in ten years and more, "
         "without what is not yet sold and what ventures of the start had raised",
         funds_above_three},
    // Talent
    Fact{"stay_1y", "talent", "Foreign graduates still here after a year", "1", 0.5, 0.7, Role::target,
         "Nuffic", "a parameter: 45 % of graduates from the EEA and 65 % of others stay the first year",
         graduates_staying_first},
    Fact{"stay_5y", "talent", "Of foreign graduates here after a year, those here after five", "1", 0.45, 0.6,
         Role::target, "Nuffic, derived: 0.25 / 0.55 to 0.42 / 0.70", "hazards are those of the source",
         graduates_staying},
    Fact{"articles_international", "talent", "Share of articles with partners abroad", "%", 60, 73,
         Role::target, "NCSES 10001, 2022: 67 %",
         "founded on the share of 2020; the hindcast tests its growth", articles_international},
    // Policy
    Fact{"tax_credit_effect", "policy", "R&D of firms that a euro of tax credit adds", "1", 0.5, 1.2,
         Role::target, "evaluation of the WBSO 2011-2017 (recalled)",
         "the user-cost elasticity comes from these evaluations; a run without the credit from the start",
         tax_credit_effect},
    Fact{"grant_effect", "policy", "Own R&D of recipients that a euro of grants adds, beyond the grant", "1",
         -0.1, 0.25, Role::target, "Dimos & Pugh 2016; World Bank 2013",
         "calibrated (waiting_share); against a run without all grants from the start", grant_effect}};

}  // namespace

std::span<const Fact> facts() {
  return all_facts;
}

}  // namespace polder::tools::validate
