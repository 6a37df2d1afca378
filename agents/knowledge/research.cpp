// SPDX-License-Identifier: Apache-2.0
#include "agents/knowledge/research.hpp"

#include <algorithm>

#include "agents/knowledge/complementarity.hpp"
#include "agents/knowledge/frontier.hpp"
#include "agents/support/labels.hpp"
#include "agents/support/work.hpp"
#include "agents/talent/technical_wages.hpp"
#include "engine/elementary.hpp"

namespace polder::agents {

double research_success_probability(double opportunity, double intensity, double returns) {
  if (intensity <= 0) return 0;
  return 1.0 - elementary::exp(-opportunity * elementary::pow(intensity, returns));
}

double productivity_gain(double support, double draw) {
  return std::max(0.0, support * (2.0 * draw - 1.0));
}

double patents_expected(double propensity, double research, double spending, double reference,
                        double returns) {
  if (research <= 0 || spending <= 0) return 0;
  return propensity * research * elementary::pow(spending / reference, returns - 1.0);
}

double new_product_share_after(double share, double research, double sales, double yield, double lifetime) {
  const double kept = share * (1.0 - 1.0 / lifetime);
  if (research <= 0 || sales <= 0) return kept;
  return kept + (1.0 - kept) * (1.0 - elementary::exp(-yield * research / sales));
}

namespace {

class Research final : public Mechanism {
 public:
  explicit Research(Setup& setup);
  void found(Turn& turn) const override;
  void step(Turn& turn) const override;

 private:
  void step_firms(Turn& turn) const;
  void step_institutes(Turn& turn) const;

  KindId firm_, institute_, industry_;
  SectorMeans means_;
  Handle<double> price_, spending_, sales_, value_added_, productivity_, new_share_, innovations_, patents_;
  Handle<std::uint8_t> performer_, sector_, theme_;
  ThemeOpportunity themes_;
  Handle<double> researchers_, phds_, basic_, posts_, usual_, funded_, institute_spending_, publications_,
      institute_patents_;
  Purpose success_, gain_, innovate_, file_, publish_, institute_file_;
  double opportunity_, returns_, support_, cost_, yield_, lifetime_, imitated_, articles_, articles_by_money_,
      institute_propensity_, patent_returns_, patent_reference_;
  std::vector<double> propensity_;
};

Research::Research(Setup& setup)
    : firm_(setup.kind("firm")),
      institute_(setup.kind("institute")),
      industry_(setup.kind("industry")),
      means_(setup),
      price_(setup.column<double>("industry", "research_price")),
      spending_(setup.column<double>("firm", "rd_spending")),
      sales_(setup.column<double>("firm", "sales")),
      value_added_(setup.column<double>("firm", "value_added")),
      productivity_(setup.column<double>("firm", "productivity")),
      new_share_(setup.column<double>("firm", "new_product_share")),
      innovations_(setup.column<double>("firm", "innovations")),
      patents_(setup.column<double>("firm", "patents")),
      performer_(setup.column<std::uint8_t>("firm", "rd_performer")),
      sector_(setup.column<std::uint8_t>("firm", "sector")),
      theme_(setup.column<std::uint8_t>("firm", "theme")),
      themes_(setup),

      researchers_(setup.column<double>("institute", "researchers")),
      phds_(setup.column<double>("institute", "phds")),
      basic_(setup.column<double>("institute", "basic_share")),
      posts_(setup.column<double>("institute", "funded_posts")),
      usual_(setup.column<double>("institute", "usual_projects")),
      funded_(setup.column<double>("institute", "rd_funded")),
      institute_spending_(setup.column<double>("institute", "rd_spending")),
      publications_(setup.column<double>("institute", "publications")),
      institute_patents_(setup.column<double>("institute", "patents")),

      success_(setup.purpose("success")),
      gain_(setup.purpose("gain")),
      innovate_(setup.purpose("innovate")),
      file_(setup.purpose("file")),
      publish_(setup.purpose("publish")),
      institute_file_(setup.purpose("institute_file")),
      opportunity_(setup.parameter("opportunity")),
      returns_(setup.parameter("returns")),
      support_(setup.parameter("support")),
      cost_(setup.parameter("cost_of_innovation")),
      yield_(setup.parameter("new_product_yield")),
      lifetime_(setup.parameter("new_product_lifetime")),
      imitated_(setup.parameter("imitated_share")),
      articles_(setup.parameter("articles_per_researcher")),
      articles_by_money_(setup.parameter("articles_per_funding")),
      institute_propensity_(setup.parameter("institute_patents")),
      patent_returns_(setup.parameter("patent_returns")),
      patent_reference_(setup.parameter("patent_reference")) {
  propensity_ = label_numbers(setup, "sectors", "patent_propensity", setup.parameter("patent_propensity"),
                              dimension::none / dimension::money);
}

/// New products start where a constant R&D effort keeps them; firms without R&D hold a constant share of
/// imitated ones.
void Research::found(Turn& turn) const {
  const auto spending = turn.read(spending_), sales = turn.read(sales_);
  const auto performer = turn.read(performer_);
  const auto share = turn.write(new_share_), innovations = turn.write(innovations_);
  turn.for_each_block(firm_, [&](Block block) {
    for (Row row = block.first; row < block.last; ++row) {
      if (share[row] > 0) continue;
      share[row] = imitated_;
      if (performer[row] == 0 || sales[row] <= 0) continue;
      const double flow = yield_ * spending[row] / sales[row] * lifetime_;
      share[row] = std::max(imitated_, flow / (1.0 + flow));
      innovations[row] = spending[row] / cost_ * lifetime_;
    }
  });
}

void Research::step_firms(Turn& turn) const {
  const auto ids = turn.table(firm_).ids();
  const auto alive = turn.table(firm_).alive();
  const auto spending = turn.read(spending_), sales = turn.read(sales_),
             value_added = turn.read(value_added_);
  const auto performer = turn.read(performer_), sector = turn.read(sector_), theme = turn.read(theme_);
  const auto productivity = turn.write(productivity_), share = turn.write(new_share_);
  const auto innovations = turn.write(innovations_), patents = turn.write(patents_);
  const DrawKey success = turn.key(success_), gain = turn.key(gain_), innovate = turn.key(innovate_),
                file = turn.key(file_);
  const std::uint32_t step = turn.step();
  const double price = common(turn.table(industry_), turn.read(price_));
  const auto means = means_.read(turn);
  std::vector<double> opportunity = themes_.read(turn);
  for (double& of_theme : opportunity) of_theme *= opportunity_;
  const double best = *std::max_element(opportunity.begin(), opportunity.end());
  // No chance is above the best opportunity, so most firms need no exact one; with room for rounding.
  const double most_likely = returns_ >= 0 ? best * (1 + 1e-9) + 1e-12 : 1.0;
  turn.for_each_block(firm_, [&](Block block) {
    for (Row row = block.first; row < block.last; ++row) {
      if (performer[row] == 0 || alive[row] == 0) continue;
      const AgentId id = ids[row];
      const double effort = spending[row] / price;  // what the money buys
      const double intensity = effort / std::max(value_added[row], 1.0);
      if (const double luck = uniform(success, id, step);
          luck < most_likely &&
          luck < research_success_probability(opportunity[theme[row]], std::min(intensity, 1.0), returns_)) {
        productivity[row] *= 1.0 + productivity_gain(support_, beta33(gain, id, step, 0)) *
                                       room_to_improve(productivity[row], means[sector[row]]);
      }
      const double made = poisson(effort / cost_, innovate, id, step, 0);
      innovations[row] = innovations[row] * (1.0 - 1.0 / lifetime_) + made;
      share[row] = std::max(imitated_,
                            new_product_share_after(share[row], made * cost_, sales[row], yield_, lifetime_));
      const double expected = patents_expected(propensity_[sector[row]], cost_ * made, effort,
                                               patent_reference_, patent_returns_);
      patents[row] = expected > 0 ? poisson(expected, file, id, step, 0) : 0.0;
    }
  });
}

void Research::step_institutes(Turn& turn) const {
  const Table& table = turn.table(institute_);
  const auto researchers = turn.read(researchers_), phds = turn.read(phds_), basic = turn.read(basic_);
  const auto posts = turn.read(posts_), usual = turn.read(usual_);
  const auto funded = turn.read(funded_), spending = turn.read(institute_spending_);
  const auto publications = turn.write(publications_), patents = turn.write(institute_patents_);
  const DrawKey publish = turn.key(publish_), file = turn.key(institute_file_);
  for (const Row row : table.by_id()) {
    const AgentId id = table.ids()[row];
    const double beyond = funded[row] - usual[row] * researchers[row];
    const double people = researchers[row] + posts[row] + 0.5 * phds[row];
    const double mean = std::max(0.0, basic[row] * (articles_ * people + articles_by_money_ * beyond));
    publications[row] = poisson(mean, publish, id, turn.step(), 0);
    patents[row] = poisson(institute_propensity_ * spending[row], file, id, turn.step(), 0);
  }
}

void Research::step(Turn& turn) const {
  step_firms(turn);
  step_institutes(turn);
}

}  // namespace

const MechanismInfo& research_mechanism() {
  using enum Access;
  static const MechanismInfo info{
      "research",
      "knowledge",
      "R&D succeeds by chance: firms become more productive, bring out new products and file patents; "
      "institutes publish",
      "P = 1 - exp(-zeta m (RD / V)^gamma), A' = A (1 + max(0, x) / max(1, A / A_s)^2), x = -x0 + 2 x0 "
      "Beta(3, "
      "3); I ~ Poisson(RD "
      "/ c)",
      "Dosi, Fagiolo & Roventini 2010",
      "the content of innovations, quality of patents and articles, failures that teach, secrecy",
      {{"opportunity", "1", "0.4", "0", "10", "chance of success a month at R&D as large as value added",
        "assumption, calibrated"},
       {"returns", "1", "0.6", "0.1", "1", "returns to R&D intensity",
        "recalled: patents by R&D of a firm, 0.6"},
       {"support", "1", "0.15", "0", "1", "largest gain of productivity from one success",
        "Dosi, Fagiolo & Roventini 2010, recalled"},
       {"cost_of_innovation", "EUR", "400000", "1000", "100000000", "R&D of one innovation", "assumption"},
       {"new_product_yield", "1/year", "4", "0", "100", "yearly sales of new products by euro of R&D",
        "assumption, calibrated: 10 %"},
       {"new_product_lifetime", "month", "36 months", "6 months", "240 months",
        "time for which a product counts as new", "CIS"},
       {"imitated_share", "1", "0.07", "0", "1", "share of new products in firms without R&D", "assumption"},
       {"articles_per_researcher", "1/year/person", "1.55", "0", "20",
        "articles of a researcher in basic research", "assumption, calibrated"},
       {"articles_per_funding", "1/MEUR", "16", "0", "100",
        "articles in basic research by project money beyond that which its researchers come with",
        "60,000 articles by 6.15 GEUR, of which 0.6 basic: derived"},
       {"patent_propensity", "1/MEUR", "0.5", "0", "100",
        "patent applications by R&D of sectors whose data give none",
        "6,375 applications by 12.4 GEUR (EPO 2020), derived"},
       {"patent_returns", "1", "0.9", "0.1", "1", "elasticity of a firm's patents to its R&D",
        "0.3 to 0.9 in firms (recalled: Hausman, Hall & Griliches 1984), 0.85 to 0.93 in regions (Bottazzi & "
        "Peri 2003)"},
       {"patent_reference", "MEUR/year", "10", "0.001", "10000",
        "R&D of a firm that files as many patents by euro as its sector",
        "calibrated: 6,375 applications (EPO 2020)"},
       {"institute_patents", "1/MEUR", "0.02", "0", "10", "patent applications by R&D of institutes",
        "assumption"}},
      {{"firm", "rd_spending", read},
       {"firm", "theme", read},
       {"ecosystem", "theme", read},
       {"ecosystem", "national", read},
       {"ecosystem", "opportunity", read},
       {"firm", "sales", read},
       {"firm", "value_added", read},
       {"firm", "rd_performer", read},
       {"firm", "sector", read},
       {"firm", "productivity", write},
       {"firm", "new_product_share", write},
       {"firm", "innovations", write},
       {"firm", "patents", write},
       {"industry", "sector", read},
       {"industry", "productivity", read},
       {"institute", "researchers", read},
       {"institute", "phds", read},
       {"institute", "funded_posts", read},
       {"institute", "usual_projects", read},
       {"institute", "basic_share", read},
       {"institute", "rd_funded", read},
       {"industry", "research_price", read},
       {"institute", "rd_spending", read},
       {"institute", "publications", write},
       {"institute", "patents", write}},
      {},
      {},
      {},
      {"policy", "instruments", "market", "rd_investment"},
      [](Setup& setup) -> std::unique_ptr<Mechanism> { return std::make_unique<Research>(setup); }};
  return info;
}

}  // namespace polder::agents
