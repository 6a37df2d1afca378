// SPDX-License-Identifier: Apache-2.0
// The words of a formula.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/error.hpp"
#include "engine/scenario.hpp"

namespace polder::expression {

/// Bytes of a formula; longer ones are refused.
inline constexpr std::size_t longest_formula = std::size_t{64} * 1024;

/// A piece of the text: bytes [begin, end).
struct Extent {
  std::size_t begin = 0, end = 0;
};

/// Adds mistakes of one formula with their place in it.
class Reporter {
 public:
  Reporter(const FormulaText& formula, Mistakes& mistakes) : formula_(&formula), mistakes_(&mistakes) {}
  void add(Extent where, std::string wanted, std::string suggestion = {});
  std::string_view text() const { return formula_->text; }
  std::string_view text(Extent where) const { return text().substr(where.begin, where.end - where.begin); }
  std::size_t count() const { return count_; }

 private:
  Mark mark(std::size_t position) const;
  const FormulaText* formula_;
  Mistakes* mistakes_;
  std::size_t count_ = 0;
};

struct Token {
  enum class Kind { end, number, name, parameter, quoted, unit_sign, symbol };
  Kind kind = Kind::end;
  Extent where;
  std::string_view text;  ///< of names without `$`, of quoted labels without their quotes
  double number = 0;

  bool is(std::string_view symbol_or_word) const {
    return (kind == Kind::symbol || kind == Kind::name) && text == symbol_or_word;
  }
};

/// Splits a formula; the last token is `end`. errors: nothing, after one mistake.
std::optional<std::vector<Token>> tokenize(Reporter& report);

}  // namespace polder::expression
