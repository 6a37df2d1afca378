// SPDX-License-Identifier: Apache-2.0
#include "engine/expression/token.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

namespace polder::expression {

namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_name_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}
bool is_continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

struct Advice {
  std::string_view found, advice;
};

/// What people type that the language writes otherwise.
constexpr Advice typographic[] = {
    {"\u2212", "write - for minus"},      {"\u2013", "write - for minus"},
    {"\u00d7", "write * for times"},      {"\u00b7", "write * for times"},
    {"\u00f7", "write / for divided by"}, {"\u2264", "write <= for at most"},
    {"\u2265", "write >= for at least"},  {"\u2260", "write != for unequal"},
    {"\u2018", "write ' for a quote"},    {"\u2019", "write ' for a quote"},
    {"\u201c", "write ' for a quote"},    {"\u201d", "write ' for a quote"},
    {"\u00a0", "write a plain space"},    {"\u20ac", "write EUR after the number"},
};
constexpr Advice foreign[] = {
    {"&&", "write 'and'"},
    {"||", "write 'or'"},
    {"**", "write ^ for a power"},
    {"<>", "write != for unequal"},
    {"=<", "write <= for at most"},
    {"=>", "write >= for at least"},
    {"!", "write 'not', or != for unequal"},
    {"=", "write == to compare"},
    {"&", "write 'and'"},
    {"|", "write 'or'"},
    {"?", "write if(condition, value, otherwise)"},
};
constexpr std::array<std::string_view, 17> symbols = {"<=", ">=", "==", "!=", "<", ">", "+", "-", "*",
                                                      "/",  "^",  "(",  ")",  "[", "]", ",", "."};

class Lexer {
 public:
  explicit Lexer(Reporter& report) : report_(report), text_(report.text()) {}

  std::optional<std::vector<Token>> run() {
    if (text_.size() > longest_formula) {
      report_.add({0, 0},
                  fmt::format("a formula has at most {} bytes, this one {}", longest_formula, text_.size()));
      return std::nullopt;
    }
    while (good_) {
      skip_space();
      if (at_ >= text_.size()) break;
      next();
    }
    if (!good_) return std::nullopt;
    tokens_.push_back({Token::Kind::end, {text_.size(), text_.size()}, {}, 0});
    return std::move(tokens_);
  }

 private:
  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  bool starts_with(std::string_view piece) const { return text_.substr(at_, piece.size()) == piece; }

  void skip_space() {
    while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos)
      ++at_;
  }

  void fail(std::size_t begin, std::size_t end, std::string wanted) {
    while (end < text_.size() && is_continuation(text_[end])) ++end;
    report_.add({begin, end}, std::move(wanted));
    good_ = false;
  }

  void push(Token::Kind kind, std::size_t begin, std::string_view text) {
    tokens_.push_back({kind, {begin, at_}, text, 0});
  }

  void next() {
    const char c = peek();
    if (is_digit(c)) return number();
    if (c == '%' || starts_with("\u2030")) return unit_sign();
    if (c == '\'' || c == '"') return quoted(c);
    if (c == '$') return parameter();
    for (const Advice& a : typographic) {
      if (starts_with(a.found)) return fail(at_, at_ + a.found.size(), std::string(a.advice));
    }
    if (is_name_start(c)) return name(Token::Kind::name, at_);
    symbol();
  }

  void number() {
    const std::size_t begin = at_;
    double value = 0;
    const auto [end, error] = std::from_chars(text_.data() + at_, text_.data() + text_.size(), value);
    at_ = static_cast<std::size_t>(end - text_.data());
    if (error == std::errc::result_out_of_range || !std::isfinite(value)) {
      return fail(begin, at_, "a number between 1e-307 and 1e307");
    }
    if (peek() == '_')
      return fail(begin, end_of_word(), "write the number without _, for example 1000 or 1e3");
    if (peek() == '.')
      return fail(begin, at_ + 1, "a number with at most one decimal point and a digit after it");
    tokens_.push_back({Token::Kind::number, {begin, at_}, text_.substr(begin, at_ - begin), value});
  }

  std::size_t end_of_word() const {
    std::size_t end = at_;
    while (end < text_.size() && (is_digit(text_[end]) || is_name_start(text_[end]))) ++end;
    return end;
  }

  void unit_sign() {
    const std::size_t begin = at_;
    at_ += peek() == '%' ? 1 : 3;
    push(Token::Kind::unit_sign, begin, text_.substr(begin, at_ - begin));
  }

  void quoted(char quote) {
    const std::size_t begin = at_;
    const std::size_t end = text_.find(quote, begin + 1);
    if (end == std::string_view::npos) return fail(begin, text_.size(), "the closing quote is missing");
    at_ = end + 1;
    push(Token::Kind::quoted, begin, text_.substr(begin + 1, end - begin - 1));
  }

  void parameter() {
    const std::size_t begin = at_++;
    if (!is_name_start(peek())) return fail(begin, at_, "the name of a parameter must follow $");
    name(Token::Kind::parameter, begin);
  }

  void name(Token::Kind kind, std::size_t begin) {
    const std::size_t first = at_;
    at_ = end_of_word();
    for (const Advice& a : typographic) {  // a name ends where such a sign begins
      const std::size_t sign = text_.substr(first, at_ - first).find(a.found);
      if (sign != std::string_view::npos && sign > 0) at_ = first + sign;
    }
    const std::size_t per_mille = text_.substr(first, at_ - first).find("\u2030");
    if (per_mille != std::string_view::npos && per_mille > 0) at_ = first + per_mille;
    push(kind, begin, text_.substr(first, at_ - first));
  }

  void symbol() {
    if (peek() == '.' && is_digit(peek(1))) return fail(at_, at_ + 2, "write 0 before the decimal point");
    for (const Advice& a : foreign) {
      const bool is_comparison = a.found == "!" || a.found == "=";
      if (starts_with(a.found) && !(is_comparison && peek(1) == '='))
        return fail(at_, at_ + a.found.size(), std::string(a.advice));
    }
    const auto found = std::find_if(symbols.begin(), symbols.end(), [&](auto s) { return starts_with(s); });
    const std::size_t begin = at_;
    if (found != symbols.end()) {
      at_ += found->size();
      return push(Token::Kind::symbol, begin, *found);
    }
    if (peek() == ':') {  // separates a named argument from its value
      ++at_;
      return push(Token::Kind::symbol, begin, ":");
    }
    const auto byte = static_cast<unsigned char>(peek());
    if (byte < 0x20 || byte == 0x7f) {
      report_.add({begin, begin},
                  fmt::format("a formula has no control characters, this one has byte {}", byte));
      good_ = false;
      return;
    }
    fail(begin, begin + 1, "this sign has no meaning in a formula");
  }

  Reporter& report_;
  std::string_view text_;
  std::size_t at_ = 0;
  bool good_ = true;
  std::vector<Token> tokens_;
};

constexpr std::size_t longest_snippet = 80;
constexpr std::size_t most_reported = 20;  ///< mistakes of one formula; enough to see what is wrong

std::string snippet(std::string_view text) {
  if (text.size() <= longest_snippet) return std::string(text);
  std::size_t end = longest_snippet - 3;
  while (end > 0 && is_continuation(text[end])) --end;
  return std::string(text.substr(0, end)) + "...";
}

}  // namespace

void Reporter::add(Extent where, std::string wanted, std::string suggestion) {
  if (count_++ >= most_reported) return;
  mistakes_->add(mark(where.begin), formula_->path, snippet(text(where)), std::move(wanted),
                 std::move(suggestion));
}

Mark Reporter::mark(std::size_t position) const {
  Mark mark = formula_->mark;
  const std::string_view before = text().substr(0, position);
  const std::size_t line_break = before.rfind('\n');
  const auto is_character = [](char c) { return !is_continuation(c); };
  if (line_break == std::string_view::npos) {
    if (mark.column > 0)
      mark.column += static_cast<int>(std::count_if(before.begin(), before.end(), is_character));
  } else if (mark.line > 0) {
    const std::string_view line = before.substr(line_break + 1);
    mark.line += static_cast<int>(std::count(before.begin(), before.end(), '\n'));
    mark.column = 1 + static_cast<int>(std::count_if(line.begin(), line.end(), is_character));
  }
  return mark;
}

std::optional<std::vector<Token>> tokenize(Reporter& report) {
  return Lexer(report).run();
}

}  // namespace polder::expression
