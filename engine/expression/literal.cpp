// SPDX-License-Identifier: Apache-2.0
#include "engine/expression/literal.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "engine/kernels/kernels.hpp"

namespace polder::expression {

namespace {

std::string without_spaces(std::string_view text) {
  std::string result(text);
  result.erase(std::remove_if(result.begin(), result.end(), [](char c) { return c == ' ' || c == '\t'; }),
               result.end());
  return result;
}

}  // namespace

Literal::Literal(Reporter& report, const IsName& is_name, const std::vector<Token>& tokens, std::size_t at)
    : report_(report), is_name_(is_name), tokens_(tokens), at_(at) {
  const Token& number = tokens_[at_++];
  expr_.form = Expr::Form::number;
  expr_.text = number.text;
  expr_.number = number.number;
  expr_.where = number.where;
  const std::size_t first = at_;
  take_word();
  std::size_t slash = 0;  // token of the first one
  while (good_ && peek().is("/")) {
    const std::size_t here = at_;
    if (!take_denominator()) break;
    if (slash == 0) slash = here;
  }
  if (good_ && at_ > first) convert(first, at_, slash);
}

const Token& Literal::peek(std::size_t ahead) const {
  return tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
}

/// `%`, `EUR`, `spin-offs`: directly after the number no other reading is possible.
bool Literal::take_word() {
  if (peek().kind == Token::Kind::unit_sign) {
    ++at_;
    return true;
  }
  if (peek().kind != Token::Kind::name || peek(1).is("(")) return false;
  const bool dashed = peek(1).is("-") && peek(2).kind == Token::Kind::name &&
                      peek(1).where.begin == peek().where.end && peek(2).where.begin == peek(1).where.end;
  if (dashed && parse_unit(report_.text({peek().where.begin, peek(2).where.end}))) {
    at_ += 3;
    return true;
  }
  if (!parse_unit(peek().text)) return false;
  ++at_;
  take_power();
  return true;
}

void Literal::take_power() {
  const auto close = [](const Token& a, const Token& b) { return a.where.end == b.where.begin; };
  if (!peek().is("^") || !close(tokens_[at_ - 1], peek())) return;
  const std::size_t sign = peek(1).is("-") && close(peek(), peek(1)) ? 1 : 0;
  const Token& digit = peek(1 + sign);
  if (digit.kind != Token::Kind::number || digit.text.size() != 1 || !close(peek(sign), digit)) return;
  at_ += 2 + sign;
}

bool Literal::take_denominator() {
  const Token& word = peek(1);
  if (word.kind != Token::Kind::name || peek(2).is("(") || word.where.begin != peek().where.end) return false;
  const auto unit = parse_unit(word.text);
  if (!unit) return false;
  if (is_name_(word.text)) {
    if (unit->dimension.is_none()) return false;
    report_.add(word.where,
                fmt::format("'{0}' is both a unit and a name here: write '1 / ({0})' to divide by the name",
                            word.text));
    good_ = false;
    return false;
  }
  at_ += 2;
  take_power();
  return true;
}

void Literal::convert(std::size_t begin, std::size_t end, std::size_t slash) {
  const Extent where{tokens_[begin].where.begin, tokens_[end - 1].where.end};
  const auto unit = parse_unit(without_spaces(report_.text(where)));
  if (!unit) {
    report_.add(where, "this is no unit");
    good_ = false;
    return;
  }
  expr_.where.end = where.end;
  expr_.has_unit = true;
  expr_.dimension = unit->dimension;
  const bool is_percent =
      slash == begin + 1 && (tokens_[begin].kind == Token::Kind::unit_sign || tokens_[begin].text == "pp");
  if (is_percent && unit->dimension == dimension::rate) {
    const double percent = expr_.number * parse_unit(tokens_[begin].text)->factor;
    return convert_percent_rate(percent, report_.text({tokens_[slash].where.end, where.end}));
  }
  expr_.number *= unit->factor;
}

/// A probability p a period of m months is 1 - (1 - p)^(1/m) a month.
void Literal::convert_percent_rate(double percent, std::string_view period) {
  expr_.percent_rate = true;
  const double months = parse_unit(without_spaces(period)).value_or(Unit{}).factor;
  if (months == 1) {
    expr_.number = percent;
    return;
  }
  if (percent > 1) {
    report_.add(expr_.where, "a probability is at most 100 %; write a rate without %, for example 2 /year");
    good_ = false;
    return;
  }
  const double stay = 1 - percent;
  const double exponent = 1 / months;
  double stay_month = 0;
  kernels::active().power(&stay_month, &stay, &exponent, 1);
  expr_.number = 1 - stay_month;
}

}  // namespace polder::expression
