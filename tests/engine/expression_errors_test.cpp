// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "tests/engine/expression_support.hpp"

namespace polder::expression::expression_errors_test {
namespace {

struct Case {
  std::string text, message;  ///< the message after `f.yaml:`
};

class ExpressionErrors : public ExpressionTest {
 protected:
  void expect(const std::vector<Case>& cases, const Wanted& wanted = {}) {
    for (const Case& c : cases)
      EXPECT_EQ(mistakes_of(c.text, wanted), "f.yaml:" + c.message) << "in " << c.text;
  }
};

TEST_F(ExpressionErrors, words_point_at_what_cannot_be_read) {
  expect({
      {"1_000", "3:10: rules.r.value = 1_000 (write the number without _, for example 1000 or 1e3)"},
      {"1.2.3", "3:10: rules.r.value = 1.2. (a number with at most one decimal point and a digit after it)"},
      {".5", "3:10: rules.r.value = .5 (write 0 before the decimal point)"},
      {"1e999", "3:10: rules.r.value = 1e999 (a number between 1e-307 and 1e307)"},
      {"x = 3", "3:12: rules.r.value = = (write == to compare)"},
      {"x && y", "3:12: rules.r.value = && (write 'and')"},
      {"x || y", "3:12: rules.r.value = || (write 'or')"},
      {"!innovative", "3:10: rules.r.value = ! (write 'not', or != for unequal)"},
      {"x ** 2", "3:12: rules.r.value = ** (write ^ for a power)"},
      {"x => 1", "3:12: rules.r.value = => (write >= for at least)"},
      {"x =< 1", "3:12: rules.r.value = =< (write <= for at most)"},
      {"x <> 1", "3:12: rules.r.value = <> (write != for unequal)"},
      {"x ≤ 1", "3:12: rules.r.value = ≤ (write <= for at most)"},
      {"x − 1", "3:12: rules.r.value = − (write - for minus)"},
      {"x × 2", "3:12: rules.r.value = × (write * for times)"},
      {"“photonics”", "3:10: rules.r.value = “ (write ' for a quote)"},
      {"€ 5", "3:10: rules.r.value = € (write EUR after the number)"},
      {"x # y", "3:12: rules.r.value = # (this sign has no meaning in a formula)"},
      {"sector == 'photonics", "3:20: rules.r.value = 'photonics (the closing quote is missing)"},
      {"$ + 1", "3:10: rules.r.value = $ (the name of a parameter must follow $)"},
      {"x ? 1 : 2", "3:12: rules.r.value = ? (write if(condition, value, otherwise))"},
  });
}

TEST_F(ExpressionErrors, syntax_point_at_what_is_missing_or_too_much) {
  expect({
      {"(", "3:11: rules.r.value (the formula ends too early: a value is missing)"},
      {"   ", "3:13: rules.r.value (a formula is needed here)"},
      {"1 +", "3:13: rules.r.value (the formula ends too early: a value is missing)"},
      {"1 + * 2", "3:14: rules.r.value = * (a value is needed here)"},
      {"(1 + 2", "3:10: rules.r.value = ( (the closing ')' of this bracket is missing)"},
      {"(1 + 2]", "3:16: rules.r.value = ] (')' is needed here)"},
      {"1 + 2)", "3:15: rules.r.value = ) (this bracket was never opened)"},
      {"[1, 2]", "3:10: rules.r.value = [1, 2] (a list stands only after 'in' and in choice(...))"},
      {"x in 3", "3:15: rules.r.value = 3 (a list must follow 'in', for example [a, b])"},
      {"x in []", "3:15: rules.r.value = [] (the list is empty; name at least one value)"},
      {"x y", "3:12: rules.r.value = y (an operator such as + or * is missing before this)"},
      {"x 5", "3:12: rules.r.value = 5 (an operator such as + or * is missing before this)"},
      {"5 x", "3:12: rules.r.value = x (no unit has this name; write * between a number and a name)"},
      {"3 EURO",
       "3:12: rules.r.value = EURO (no unit has this name; write * between a number and a name). Did you "
       "mean 'EUR'?"},
      {"x %", "3:12: rules.r.value = % (% stands only right after a number, for example 5 %)"},
      {"1 < x < 3", "3:16: rules.r.value = < (comparisons do not chain: write 'a < b and b < c')"},
      {"if(x > 1, 2", "3:12: rules.r.value = ( (the closing ')' of this bracket is missing)"},
      {"where", "3:10: rules.r.value = where (a value is needed here; 'where' is a word of the language)"},
      {"not", "3:13: rules.r.value (the formula ends too early: a value is missing)"},
      {"normal(mean 3)", "3:22: rules.r.value = 3 (an operator such as + or * is missing before this)"},
      {"min(1,, 2)", "3:16: rules.r.value = , (a value is needed here)"},
      {"x.", "3:12: rules.r.value (a name must follow the dot)"},
      {"1.x", "3:12: rules.r.value = x (no unit has this name; write * between a number and a name)"},
      {"count(firm where)", "3:26: rules.r.value = ) (a value is needed here)"},
      {"sum(firm.x where x > 1 where x < 3)",
       "3:33: rules.r.value = where (one 'where' is enough: join conditions with 'and')"},
      {"sum(firm.x by 3)", "3:24: rules.r.value = 3 (the name of a category must follow 'by')"},
      {"mean: 3",
       "3:14: rules.r.value = : (a name and ':' stand only before an argument, for example normal(mean: 2))"},
  });
}

TEST_F(ExpressionErrors, names_suggest_the_nearest_one) {
  expect({
      {"agee + 1 month",
       "3:10: rules.r.value = agee (no attribute, parameter or local value has this name). Did you mean "
       "'age'?"},
      {"$grwth",
       "3:10: rules.r.value = $grwth (no parameter has this name; add it under `parameters`). Did you mean "
       "'$growth'?"},
      {"partner.secter",
       "3:10: rules.r.value = partner.secter (university has no attribute of this name). Did you mean "
       "'partner.sector'?"},
      {"partner", "3:10: rules.r.value = partner (a number is needed, this is an id)"},
      {"self", "3:10: rules.r.value = self (a number is needed, this is an id)"},
      {"firm", "3:10: rules.r.value = firm (firm is a kind: write count(firm) for the number of its agents)"},
      {"firm.x", "3:10: rules.r.value = firm.x (firm is a kind: reduce it, for example mean(firm.x))"},
      {"frim.x",
       "3:10: rules.r.value = frim.x (a dot stands only after self, partner or a kind). Did you mean "
       "'firm.x'?"},
      {"field",
       "3:10: rules.r.value = field (the partner has an attribute of this name, the agent itself has none). "
       "Did you mean 'partner.field'?"},
      {"university.field",
       "3:10: rules.r.value = university.field (university is a kind: reduce it, for example "
       "mean(university.field))"},
      {"photonics",
       "3:10: rules.r.value = photonics (a label of sector stands only beside == or != or in a list of a "
       "category)"},
      {"distance",
       "3:10: rules.r.value = distance (firm and university have nothing to compare: both need a category "
       "over "
       "one label set whose CSV file has the columns x [km] and y [km], or lat and lon)"},
      {"exp", "3:10: rules.r.value = exp (this is a function: write exp(x))"},
      {"sum(firm.x where self == nobody)",
       "3:27: rules.r.value = self (an aggregate is computed once a month, not for each agent: self is "
       "unknown "
       "in it)"},
      {"month",
       "3:10: rules.r.value = month (no value has this name; a unit stands right after a number, for example "
       "1 /month)"},
      {"nobody.x", "3:10: rules.r.value = nobody.x (a dot stands only after self, partner or a kind)"},
      {"x.y", "3:10: rules.r.value = x.y (a dot stands only after self, partner or a kind)"},
      {"partner.x + y.z",
       "3:10: rules.r.value = partner.x (university has no attribute of this name)\nf.yaml:3:22: "
       "rules.r.value = y.z (a dot stands only after self, partner or a kind)"},
      {"nosuch + nosuch2",
       "3:10: rules.r.value = nosuch (no attribute, parameter or local value has this name)\nf.yaml:3:19: "
       "rules.r.value = nosuch2 (no attribute, parameter or local value has this name)"},
  });
}

TEST_F(ExpressionErrors, functions_name_the_signature) {
  expect({
      {"esp(x)", "3:10: rules.r.value = esp (no function has this name). Did you mean 'exp'?"},
      {"exp()", "3:10: rules.r.value = exp() ('x' is missing; write exp(x))"},
      {"exp(1, 2)", "3:17: rules.r.value = 2 (too many arguments; write exp(x))"},
      {"exp(y: 1)", "3:14: rules.r.value = y (no argument has this name; write exp(x))"},
      {"exp(x: 1, x: 2)", "3:20: rules.r.value = x ('x' is given twice; write exp(x))"},
      {"min(x)",
       "3:10: rules.r.value = min(x) (min takes two or more values; over the agents of a kind it is "
       "minimum(kind.x))"},
      {"min(a: x, y)", "3:14: rules.r.value = a (min takes no named arguments)"},
      {"max(innovative where x > 1, 2)",
       "3:10: rules.r.value = max(innovative where x > 1, 2) ('where' and 'by' belong to aggregates; max is "
       "none)"},
      {"clamp(x, 3, 2)", "3:10: rules.r.value = clamp(x, 3, 2) (low must not be above high)"},
      {"normal(sigma: -1)", "3:24: rules.r.value = -1 (sigma must not be negative)"},
      {"normal(men: 1)",
       "3:17: rules.r.value = men (no argument has this name; write normal(mean: 0, sigma: 1)). Did you mean "
       "'mean'?"},
      {"lognormal(1, 2)",
       "3:20: rules.r.value = 1 (name the arguments: lognormal(median: m, sigma: s) or lognormal(mean: m, "
       "sigma: s))"},
      {"lognormal(median: 2)",
       "3:10: rules.r.value = lognormal(median: 2) (write lognormal(median: m, sigma: s) or lognormal(mean: "
       "m, sigma: s))"},
      {"lognormal(median: 2, mean: 3, sigma: 1)",
       "3:10: rules.r.value = lognormal(median: 2, mean: 3, sigma: 1) (write lognormal(median: m, sigma: s) "
       "or lognormal(mean: m, sigma: s))"},
      {"lognormal(median: 0, sigma: 1)",
       "3:28: rules.r.value = 0 (the centre of a lognormal draw must be above 0)"},
      {"uniform(1)",
       "3:10: rules.r.value = uniform(1) (write uniform(low, high), or uniform() for a draw between 0 and "
       "1)"},
      {"uniform(2, 1)", "3:10: rules.r.value = uniform(2, 1) (low must not be above high)"},
      {"bernoulli(1.5)", "3:20: rules.r.value = 1.5 (a chance lies between 0 and 1)"},
      {"bernoulli(-1)", "3:20: rules.r.value = -1 (a chance must not be negative)"},
      {"poisson(-1)", "3:18: rules.r.value = -1 (the mean must not be negative)"},
      {"exponential(mean: -1)", "3:28: rules.r.value = -1 (the mean must not be negative)"},
      {"gamma(shape: 0, mean: 1)", "3:23: rules.r.value = 0 (the shape must be above 0)"},
      {"beta(a: 0, b: 1)", "3:18: rules.r.value = 0 (a must be above 0)"},
      {"choice(1, 2)", "3:10: rules.r.value = choice(1, 2) (write lists, as in choice([x, y], [0.3, 0.7]))"},
      {"choice([1, 2], [1])",
       "3:10: rules.r.value = choice([1, 2], [1]) (2 values need as many weights, not 1)"},
      {"choice([1, 2], [0, 0])",
       "3:10: rules.r.value = choice([1, 2], [0, 0]) (one of the weights must be above 0)"},
      {"choice([1, 2], [-1, 1])", "3:26: rules.r.value = -1 (a weight must not be negative)"},
      {"component(profile, 4)", "3:29: rules.r.value = 4 (a whole number from 1 to 3)"},
      {"component(profile, 1.5)", "3:29: rules.r.value = 1.5 (a whole number from 1 to 3)"},
      {"component(profile, x)",
       "3:29: rules.r.value = x (the position in a vector must be known before the run: use numbers and "
       "parameters)"},
      {"distance(profile, scores)",
       "3:10: rules.r.value = distance(profile, scores) (vectors of one length are needed: these have 3 and "
       "2 numbers)"},
      {"distance(profile, x)", "3:28: rules.r.value = x (a vector is needed, this is a plain number)"},
      {"norm(x)", "3:15: rules.r.value = x (a vector is needed, this is a plain number)"},
  });
}

TEST_F(ExpressionErrors, types_say_what_is_needed_and_what_is_there) {
  expect({
      {"x and innovative",
       "3:10: rules.r.value = x (a condition is needed, this is a plain number: compare it, for example x > "
       "0)"},
      {"not x",
       "3:14: rules.r.value = x (a condition is needed, this is a plain number: compare it, for example x > "
       "0)"},
      {"if(x, 1, 2)",
       "3:13: rules.r.value = x (a condition is needed, this is a plain number: compare it, for example x > "
       "0)"},
      {"if(innovative, 1, sector)",
       "3:10: rules.r.value = if(innovative, 1, sector) (if needs values of one type: this is a plain number "
       "and a label of sector)"},
      {"if(innovative, sector, region)",
       "3:10: rules.r.value = if(innovative, sector, region) (if needs values of one type: this is a label "
       "of sector and a label of region)"},
      {"sector + 1", "3:10: rules.r.value = sector (a number is needed, this is a label of sector)"},
      {"sector < photonics",
       "3:10: rules.r.value = sector < photonics (a label of sector has no order: compare with == or !=)"},
      {"sector == region",
       "3:10: rules.r.value = sector == region (a label of sector cannot be compared with a label of "
       "region)"},
      {"sector == 3",
       "3:10: rules.r.value = sector == 3 (a label of sector cannot be compared with a plain number)"},
      {"sector == fotonics",
       "3:20: rules.r.value = fotonics (a label of sector: photonics, quantum, bio tech). Did you mean "
       "'photonics'?"},
      {"sector == 'fotonics'",
       "3:20: rules.r.value = 'fotonics' (a label of sector: photonics, quantum, bio tech). Did you mean "
       "'photonics'?"},
      {"sector in [photonics, fotonics]",
       "3:32: rules.r.value = fotonics (a label of sector: photonics, quantum, bio tech). Did you mean "
       "'photonics'?"},
      {"region == Nord-Brabant",
       "3:20: rules.r.value = Nord-Brabant (a label of region: Noord-Brabant, Zuid-Holland, Fryslân). Did "
       "you mean 'Noord-Brabant'?"},
      {"lender == 3", "3:10: rules.r.value = lender == 3 (an id cannot be compared with a plain number)"},
      {"lender + 1", "3:10: rules.r.value = lender (a number is needed, this is an id)"},
      {"lender == partner.rector",
       "3:10: rules.r.value = lender == partner.rector (an id cannot be compared with an id: one means a "
       "university, the other a person)"},
      {"lender < partner.id",
       "3:10: rules.r.value = lender < partner.id (an id has no order: compare with == or !=)"},
      {"profile + 1", "3:10: rules.r.value = profile (a number is needed, this is a vector)"},
      {"profile == partner.field",
       "3:10: rules.r.value = profile == partner.field (a vector cannot be compared with a vector: compare "
       "their distance)"},
      {"'photonics'",
       "3:10: rules.r.value = 'photonics' (a quoted label stands only beside == or != or in a list of a "
       "category)"},
      {"x == 'photonics'",
       "3:15: rules.r.value = 'photonics' (a quoted label stands only beside == or != or in a list of a "
       "category)"},
      {"x in [1, 2, 3]",
       "3:15: rules.r.value = [1, 2, 3] (a number lies 'in' a range of two ends, for example [0, 1]; compare "
       "with == for single values)"},
      {"exp(sector)", "3:14: rules.r.value = sector (a number is needed, this is a label of sector)"},
  });
}

TEST_F(ExpressionErrors, units_must_fit) {
  expect({
      {"x + cash",
       "3:10: rules.r.value = x + cash (+ needs equal units: here a plain number meets a number in EUR)"},
      {"cash + age",
       "3:10: rules.r.value = cash + age (+ needs equal units: here a number in EUR meets a number in "
       "month)"},
      {"cash < age",
       "3:10: rules.r.value = cash < age (< needs equal units: here a number in EUR meets a number in "
       "month)"},
      {"max(cash, 1)",
       "3:10: rules.r.value = max(cash, 1) (max needs equal units: here a number in EUR meets a plain "
       "number)"},
      {"exp(cash)",
       "3:10: rules.r.value = exp(cash) (exp needs a plain number, this is a number in EUR: divide by a "
       "value of that unit)"},
      {"log(age)",
       "3:10: rules.r.value = log(age) (log needs a plain number, this is a number in month: divide by a "
       "value of that unit)"},
      {"2 ^ age",
       "3:14: rules.r.value = age (an exponent needs a plain number, this is a number in month: divide by a "
       "value of that unit)"},
      {"cash ^ 0.5",
       "3:10: rules.r.value = cash ^ 0.5 (a value with a unit needs a constant whole exponent from -8 to 8)"},
      {"cash ^ x",
       "3:10: rules.r.value = cash ^ x (a value with a unit needs a constant whole exponent from -8 to 8)"},
      {"cash ^ 9",
       "3:10: rules.r.value = cash ^ 9 (a value with a unit needs a constant whole exponent from -8 to 8)"},
      {"sqrt(cash)",
       "3:10: rules.r.value = sqrt(cash) (the root of a number in EUR has no unit: its powers must be even)"},
      {"if(innovative, cash, age)",
       "3:10: rules.r.value = if(innovative, cash, age) (if needs equal units: here a number in EUR meets a "
       "number in month)"},
      {"age in [1, 2]",
       "3:10: rules.r.value = age in [1, 2] (in needs equal units: here a number in month meets a plain "
       "number)"},
      {"clamp(age, 1, 2)",
       "3:10: rules.r.value = clamp(age, 1, 2) (clamp needs equal units: here a number in month meets a "
       "plain number)"},
      {"normal(mean: cash, sigma: 1)",
       "3:10: rules.r.value = normal(mean: cash, sigma: 1) (normal needs equal units: here a number in EUR "
       "meets a plain number)"},
      {"normal(mean: cash)",
       "3:10: rules.r.value = normal(mean: cash) (normal needs equal units: here a number in EUR meets a "
       "plain number)"},
      {"uniform(1, cash)",
       "3:10: rules.r.value = uniform(1, cash) (uniform needs equal units: here a plain number meets a "
       "number in EUR)"},
      {"lognormal(median: cash, sigma: age)",
       "3:41: rules.r.value = age (sigma, a spread of logarithms, needs a plain number, this is a number in "
       "month: divide by a value of that unit)"},
      {"2 % /month + 0.3 /year",
       "3:10: rules.r.value = 2 % /month + 0.3 /year (+ cannot mix a probability (% /month) and a rate "
       "(/month): write both one way)"},
      {"150 % /year",
       "3:10: rules.r.value = 150 % /year (a probability is at most 100 %; write a rate without %, for "
       "example 2 /year)"},
      {"1 / months",
       "3:14: rules.r.value = months (no value has this name; a unit stands right after a number, for "
       "example 1 /month)"},
  });
}

TEST_F(ExpressionErrors, values_known_before_the_run_are_checked_before_it) {
  expect({
      {"1 / 0", "3:10: rules.r.value = 1 / 0 (this divides by 0)"},
      {"x / 0", "3:10: rules.r.value = x / 0 (this divides by 0)"},
      {"1 / (growth - 0.25)", "3:10: rules.r.value = 1 / (growth - 0.25) (this divides by 0)"},
      {"log(0)",
       "3:10: rules.r.value = log(0) (no finite number comes out: a division by zero, an overflow, or a root "
       "or logarithm of a negative number)"},
      {"sqrt(-1)",
       "3:10: rules.r.value = sqrt(-1) (no finite number comes out: a division by zero, an overflow, or a "
       "root or logarithm of a negative number)"},
      {"(-1) ^ 0.5",
       "3:10: rules.r.value = (-1) ^ 0.5 (no finite number comes out: a division by zero, an overflow, or a "
       "root or logarithm of a negative number)"},
      {"exp(1000)",
       "3:10: rules.r.value = exp(1000) (no finite number comes out: a division by zero, an overflow, or a "
       "root or logarithm of a negative number)"},
      {"if(x > 0, 1 / 0, 2)", "3:20: rules.r.value = 1 / 0 (this divides by 0)"},
  });
}

TEST_F(ExpressionErrors, aggregates_say_what_they_can_reduce) {
  expect({
      {"sum(x)", "3:14: rules.r.value = x (no kind is named here; write sum(kind.x where condition))"},
      {"sum(firm)",
       "3:14: rules.r.value = firm (firm is a kind: write count(firm) for the number of its agents)"},
      {"sum(3)", "3:14: rules.r.value = 3 (no kind is named here; write sum(kind.x where condition))"},
      {"count(x)", "3:16: rules.r.value = x (no kind is named here; write count(kind where condition))"},
      {"count(firm.x)",
       "3:16: rules.r.value = firm.x (a kind is needed here; write count(kind where condition))"},
      {"count(firm.x > 3)",
       "3:16: rules.r.value = firm.x > 3 (a kind is needed here; write count(kind where condition))"},
      {"share(firm)",
       "3:10: rules.r.value = share(firm) (the condition is missing; write share(kind where condition, of: "
       "condition))"},
      {"share(firm where x)",
       "3:27: rules.r.value = x (a condition is needed, this is a plain number: compare it, for example x > "
       "0)"},
      {"sum(firm.sector)",
       "3:14: rules.r.value = firm.sector (a number is needed, this is a label of sector)"},
      {"sum(firm.x + university.sector)",
       "3:23: rules.r.value = university.sector (an aggregate is over one kind only)"},
      {"sum(sum(firm.x))",
       "3:14: rules.r.value = sum(firm.x) (an aggregate stands in no other aggregate; write an attribute or "
       "a second indicator)"},
      {"sum(firm.x * normal())",
       "3:23: rules.r.value = normal() (an aggregate holds no draws: draw into an attribute first)"},
      {"mean(university.field)",
       "3:15: rules.r.value = university.field (a number is needed, this is a vector)"},
      {"sum(university.sector == quantum and x > 1)",
       "3:47: rules.r.value = x (an aggregate is computed once a month, not for each agent: x of firm is "
       "unknown in it)"},
      {"sum(self.x * firm.x)",
       "3:14: rules.r.value = self.x (an aggregate is computed once a month, not for each agent: self is "
       "unknown in it)"},
      {"sum(firm.x * partner.id)",
       "3:23: rules.r.value = partner.id (an aggregate is computed once a month and knows no partner)"},
      {"quantile(firm.x)",
       "3:10: rules.r.value = quantile(firm.x) ('q' is missing; write quantile(kind.x where condition, q))"},
      {"quantile(firm.x, 2)", "3:27: rules.r.value = 2 (a quantile lies between 0 and 1, for example 0.9)"},
      {"quantile(firm.x, x)",
       "3:27: rules.r.value = x (the quantile must be known before the run: use numbers and parameters)"},
      {"quantile(firm.x, q: 0.5 where x > 1)",
       "3:27: rules.r.value = q ('where' and 'by' belong to the first argument; write quantile(kind.x where "
       "condition, q))"},
      {"sum(firm.x by region_)",
       "3:24: rules.r.value = region_ (firm has no category of this name). Did you mean 'region'?"},
      {"sum(university.sector == quantum by region)",
       "3:46: rules.r.value = region (university has no category of this name)"},
      {"sum(firm.x by x)", "3:24: rules.r.value = x (firm has no category of this name)"},
      {"events(open-sience)",
       "3:17: rules.r.value = open-sience (no rule and no mechanism has an event of this name). Did you mean "
       "'open-science'?"},
      {"events(venture.deal.x)",
       "3:17: rules.r.value = venture.deal.x (no rule and no mechanism has an event of this name). Did you "
       "mean 'venture.deal'?"},
      {"events()", "3:17: rules.r.value (no rule and no mechanism has an event of this name)"},
  });
}

TEST_F(ExpressionErrors, an_empty_formula_is_one) {
  EXPECT_EQ(mistakes_of(""), "f.yaml:3:10: rules.r.value (a formula is needed here)");
}

TEST_F(ExpressionErrors, a_condition_is_wanted) {
  expect({{"x",
           "3:10: rules.r.value = x (a condition is needed, this is a plain number: compare it, for example "
           "x > 0)"},
          {"sector", "3:10: rules.r.value = sector (a condition is needed, this is a label of sector)"}},
         {Type::flag});
}

TEST_F(ExpressionErrors, a_label_is_wanted) {
  const Labels* sectors = world.layout.labels[0].get();
  expect({{"3", "3:10: rules.r.value = 3 (a label of sector is needed, this is a plain number)"},
          {"region", "3:10: rules.r.value = region (a label of sector is needed, this is a label of region)"},
          {"quantom",
           "3:10: rules.r.value = quantom (a label of sector: photonics, quantum, bio tech). Did you mean "
           "'quantum'?"},
          {"if(x > 1, quantum, bio)",
           "3:29: rules.r.value = bio (a label of sector: photonics, quantum, bio tech)"}},
         {Type::category, std::nullopt, sectors});
  EXPECT_EQ(values("if(x > 1, quantum, 'bio tech')", {Type::category, std::nullopt, sectors}),
            (std::vector<double>{2, 2, 1, 1}));
  EXPECT_EQ(values("sector", {Type::category, std::nullopt, sectors})[2], 2);
}

TEST_F(ExpressionErrors, an_id_is_wanted) {
  Wanted wanted{Type::id};
  wanted.target = "university";
  expect(
      {{"3", "3:10: rules.r.value = 3 (an id is needed, this is a plain number)"},
       {"partner.rector",
        "3:10: rules.r.value = partner.rector (an id of a university is needed, this is one of a person)"}},
      wanted);
  EXPECT_EQ(mistakes_of("nobody", wanted), "");
  EXPECT_EQ(mistakes_of("partner.id", wanted), "");
}

TEST_F(ExpressionErrors, a_number_of_some_unit_is_wanted) {
  expect({{"5",
           "3:10: rules.r.value = 5 (a number in EUR is needed, this is a plain number; add a unit, for "
           "example 5 EUR)"},
          {"age", "3:10: rules.r.value = age (a number in EUR is needed, this is a number in month)"},
          {"sector", "3:10: rules.r.value = sector (a number is needed, this is a label of sector)"},
          {"profile", "3:10: rules.r.value = profile (a number is needed, this is a vector)"}},
         {Type::number, dimension::money});
}

TEST_F(ExpressionErrors, a_chance_is_wanted) {
  Wanted chance;
  chance.chance = true;
  expect({{"1.5", "3:10: rules.r.value = 1.5 (a chance lies between 0 and 1, this is 1.5)"},
          {"2 /month - 3 /month", "3:10: rules.r.value = 2 /month - 3 /month (a rate must not be negative)"},
          {"-2 % /month", "3:10: rules.r.value = -2 % /month (a chance lies between 0 and 1, this is -0.02)"},
          {"200 % /month", "3:10: rules.r.value = 200 % /month (a chance lies between 0 and 1, this is 2)"},
          {"cash",
           "3:10: rules.r.value = cash (a chance is a plain number, a probability such as 2 % /month or a "
           "rate such as 0.3 "
           "/year; this is a number in EUR)"},
          {"sector", "3:10: rules.r.value = sector (a chance is needed, this is a label of sector)"}},
         chance);
}

TEST_F(ExpressionErrors, what_a_scope_lacks_is_refused) {
  Scope alone = world.scope();
  alone.partner.reset();
  alone.draws = false;
  alone.aggregates = false;
  EXPECT_EQ(
      mistakes_of("partner.sector == quantum", {}, alone),
      "f.yaml:3:10: rules.r.value = partner.sector (there is no partner here: the rule needs a `match`)");
  EXPECT_EQ(mistakes_of("normal()", {}, alone),
            "f.yaml:3:10: rules.r.value = normal() (no draws are possible here: the value must follow from "
            "the state)");
  EXPECT_EQ(
      mistakes_of("sum(firm.x)", {}, alone),
      "f.yaml:3:10: rules.r.value = sum(firm.x) (sum is over all agents of a kind and not possible here)");
  Scope indicator = world.scope();
  indicator.self.reset();
  indicator.partner.reset();
  EXPECT_EQ(mistakes_of("x / 2", {}, indicator),
            "f.yaml:3:10: rules.r.value = x (no single agent is meant here: reduce the attribute "
            "over a kind, for example mean(firm.x))");
  EXPECT_EQ(mistakes_of("self.x", {}, indicator),
            "f.yaml:3:10: rules.r.value = self.x (there is no agent here whose attributes could be meant)");
  EXPECT_EQ(mistakes_of("sum(firm.x by sector)", {}, indicator),
            "f.yaml:3:24: rules.r.value = sector ('by' takes the agent's own label, and there is no agent "
            "here; an indicator has "
            "its own key `by`)");
}

TEST_F(ExpressionErrors, all_mistakes_of_a_formula_are_reported_once) {
  EXPECT_EQ(mistakes_of("exp(cash) + nosuch * (x + age)"),
            "f.yaml:3:10: rules.r.value = exp(cash) (exp needs a plain number, this is a number in EUR: "
            "divide by a value of that "
            "unit)\n"
            "f.yaml:3:22: rules.r.value = nosuch (no attribute, parameter or local value has this name)\n"
            "f.yaml:3:31: rules.r.value = (x + age) (+ needs equal units: here a plain number meets a number "
            "in month)");
}

TEST_F(ExpressionErrors, a_mistaken_formula_yields_0_and_spoils_no_other) {
  Mistakes mistakes;
  Compiler compiler(world.scope(), mistakes);
  const auto bad = compiler.add(formula("nosuch"), {});
  compiler.name("bad", bad);
  compiler.add(formula("bad + 1"), {});
  const auto good = compiler.add(formula("x + 1"), {});
  EXPECT_EQ(mistakes.list().size(), 1U);
  const Code code = compiler.finish();
  EXPECT_EQ(evaluate_all(code, world.lanes(), bad)[0], 0);
  EXPECT_EQ(evaluate_all(code, world.lanes(), good)[2], 3);
}

TEST_F(ExpressionErrors, one_formula_reports_at_most_twenty) {
  std::string text = "nosuch";
  for (int i = 0; i < 100; ++i) text += " + nosuch";
  const std::string all = mistakes_of(text);
  EXPECT_EQ(std::count(all.begin(), all.end(), '\n'), 19);
}

TEST_F(ExpressionErrors, long_snippets_are_cut) {
  const std::string message = mistakes_of("cash + " + std::string(200, '(') + "1");
  EXPECT_LT(message.size(), 200U);
}

}  // namespace
}  // namespace polder::expression::expression_errors_test
