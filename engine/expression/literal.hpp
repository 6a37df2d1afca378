// SPDX-License-Identifier: Apache-2.0
// A number with the unit that follows it: `266.6 MEUR`, `50 %`, `0.3 /year`, `2 % /month`, `20 kEUR/month`,
// `5 km^2`.
#pragma once
#include <vector>

#include "engine/expression/parse.hpp"

namespace polder::expression {

/// Reads the number at `tokens[at]` and a unit. A slash belongs to the unit when a unit follows it without a
/// space and no value has that name. The number is turned into base units; `x % /period` becomes a
/// probability a month.
class Literal {
 public:
  Literal(Reporter& report, const IsName& is_name, const std::vector<Token>& tokens, std::size_t at);
  /// False after a mistake.
  bool good() const { return good_; }
  /// Position of the first token behind it.
  std::size_t next() const { return at_; }
  const Expr& expr() const { return expr_; }

 private:
  const Token& peek(std::size_t ahead = 0) const;
  bool take_word();
  bool take_denominator();
  void take_power();
  void convert(std::size_t begin, std::size_t end, std::size_t slash);
  void convert_percent_rate(double percent, std::string_view period);

  Reporter& report_;
  const IsName& is_name_;
  const std::vector<Token>& tokens_;
  std::size_t at_;
  bool good_ = true;
  Expr expr_;
};

}  // namespace polder::expression
