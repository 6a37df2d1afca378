// SPDX-License-Identifier: Apache-2.0
#include "engine/expression/parse.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "engine/expression/literal.hpp"

namespace polder::expression {

namespace {

bool is_reserved(std::string_view word) {
  constexpr std::string_view words[] = {"and", "or", "not", "in", "true", "false", "if", "where", "by"};
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

/// Thrown after a mistake was added; never leaves this file.
struct Stop {};

class Parser {
 public:
  Parser(Reporter& report, const IsName& is_name, const std::vector<Token>& tokens)
      : report_(report), is_name_(is_name), tokens_(tokens) {}

  Tree run() {
    if (peek().kind == Token::Kind::end) fail(peek(), "a formula is needed here");
    tree_.root = disjunction();
    if (peek().kind != Token::Kind::end) fail_unexpected();
    return std::move(tree_);
  }

 private:
  /// One level of nesting, as long as it lives.
  class Level {
   public:
    explicit Level(Parser& parser) : parser_(parser) {
      if (++parser_.depth_ > deepest_nesting)
        parser_.fail(parser_.peek(), fmt::format("formulas nest at most {} levels deep", deepest_nesting));
    }
    ~Level() { --parser_.depth_; }
    Level(const Level&) = delete;
    Level& operator=(const Level&) = delete;

   private:
    Parser& parser_;
  };

  const Token& peek(std::size_t ahead = 0) const {
    return tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
  }
  const Token& take() { return tokens_[at_ < tokens_.size() - 1 ? at_++ : at_]; }
  bool accept(std::string_view what) {
    if (!peek().is(what)) return false;
    ++at_;
    return true;
  }

  [[noreturn]] void fail(const Token& token, std::string wanted) {
    report_.add(token.where, std::move(wanted));
    throw Stop{};
  }
  [[noreturn]] void fail_unexpected() {
    const Token& token = peek();
    if (token.kind == Token::Kind::end) fail(token, "the formula ends too early: a value is missing");
    if (token.is(")") || token.is("]")) fail(token, "this bracket was never opened");
    if (at_ > 0 && tokens_[at_ - 1].kind == Token::Kind::number && token.kind == Token::Kind::name &&
        !is_reserved(token.text)) {
      report_.add(token.where, "no unit has this name; write * between a number and a name",
                  nearest(token.text, known_units()));
      throw Stop{};
    }
    if (token.kind == Token::Kind::unit_sign)
      fail(token, "% stands only right after a number, for example 5 %");
    if (token.is(":"))
      fail(token, "a name and ':' stand only before an argument, for example normal(mean: 2)");
    if (token.is("per")) fail(token, "write / for 'per', for example 2 % /month");
    fail(token, "an operator such as + or * is missing before this");
  }

  ExprId push(Expr expr, int height) {
    if (height > highest_tree) {
      report_.add(expr.where,
                  fmt::format("at most {} operations in one chain; split the formula", highest_tree));
      throw Stop{};
    }
    tree_.nodes.push_back(std::move(expr));
    heights_.push_back(height);
    return tree_.nodes.size() - 1;
  }

  Argument operand(ExprId id) const {
    Argument argument;
    argument.value = id;
    argument.where = tree_.at(id).where;
    return argument;
  }

  ExprId binary(std::string_view op, ExprId left, ExprId right) {
    Expr expr;
    expr.form = Expr::Form::binary;
    expr.text = op;
    expr.where = {tree_.at(left).where.begin, tree_.at(right).where.end};
    expr.arguments = {operand(left), operand(right)};
    return push(std::move(expr), 1 + std::max(heights_[left], heights_[right]));
  }

  ExprId unary(Expr::Form form, const Token& op, ExprId inner) {
    Expr expr;
    expr.form = form;
    expr.text = op.text;
    expr.where = {op.where.begin, tree_.at(inner).where.end};
    expr.arguments = {operand(inner)};
    return push(std::move(expr), 1 + heights_[inner]);
  }

  ExprId disjunction() {
    const Level level(*this);
    ExprId left = conjunction();
    while (accept("or")) left = binary("or", left, conjunction());
    return left;
  }

  ExprId conjunction() {
    ExprId left = negation();
    while (accept("and")) left = binary("and", left, negation());
    return left;
  }

  ExprId negation() {
    if (!peek().is("not")) return comparison();
    const Level level(*this);
    const Token& op = take();
    return unary(Expr::Form::logical_not, op, negation());
  }

  static bool is_comparison(const Token& token) {
    constexpr std::string_view ops[] = {"<", "<=", ">", ">=", "==", "!=", "in"};
    return std::any_of(std::begin(ops), std::end(ops), [&](auto op) { return token.is(op); });
  }

  ExprId comparison() {
    const ExprId left = sum();
    if (!is_comparison(peek())) return left;
    const Token& op = take();
    const ExprId right = sum();
    if (is_comparison(peek())) fail(peek(), "comparisons do not chain: write 'a < b and b < c'");
    if (op.is("in") && tree_.at(right).form != Expr::Form::list) {
      report_.add(tree_.at(right).where, "a list must follow 'in', for example [a, b]");
      throw Stop{};
    }
    return binary(op.text, left, right);
  }

  ExprId sum() {
    ExprId left = product();
    while (peek().is("+") || peek().is("-")) {
      const Token& op = take();
      left = binary(op.text, left, product());
    }
    return left;
  }

  ExprId product() {
    ExprId left = signed_value();
    while (peek().is("*") || peek().is("/") || is_part_of()) {
      const std::string_view op = take().text;
      left = binary(op == "of" ? "*" : op, left, signed_value());
    }
    return left;
  }

  /// `50 % of x` is `50 % * x`.
  bool is_part_of() const {
    return at_ > 0 && tokens_[at_ - 1].kind == Token::Kind::unit_sign && peek().is("of");
  }

  ExprId signed_value() {
    if (!peek().is("-") && !peek().is("+")) return power();
    const Level level(*this);
    const Token& op = take();
    const ExprId inner = signed_value();
    return op.text == "+" ? inner : unary(Expr::Form::negate, op, inner);
  }

  ExprId power() {
    const ExprId base = member();
    if (!accept("^")) return base;
    return binary("^", base, signed_value());
  }

  ExprId member() {
    ExprId left = primary();
    while (accept(".")) {
      const Token& name = take();
      if (name.kind != Token::Kind::name) fail(name, "a name must follow the dot");
      Expr expr;
      expr.form = Expr::Form::member;
      expr.text = name.text;
      expr.where = {tree_.at(left).where.begin, name.where.end};
      expr.arguments = {operand(left)};
      left = push(std::move(expr), 1 + heights_[left]);
    }
    return left;
  }

  ExprId leaf(Expr::Form form, const Token& token) {
    Expr expr;
    expr.form = form;
    expr.text = token.text;
    expr.where = token.where;
    return push(std::move(expr), 1);
  }

  ExprId primary() {
    const Token& token = peek();
    switch (token.kind) {
      case Token::Kind::number:
        return literal();
      case Token::Kind::parameter:
        return leaf(Expr::Form::parameter, take());
      case Token::Kind::quoted:
        return leaf(Expr::Form::quoted, take());
      case Token::Kind::name:
        return name();
      default:
        break;
    }
    if (token.is("(")) return parentheses();
    if (token.is("[")) return list();
    if (token.kind == Token::Kind::end) fail_unexpected();
    if (token.kind == Token::Kind::unit_sign) fail_unexpected();
    fail(token, "a value is needed here");
  }

  ExprId literal() {
    Literal literal(report_, is_name_, tokens_, at_);
    if (!literal.good()) throw Stop{};
    at_ = literal.next();
    return push(literal.expr(), 1);
  }

  ExprId name() {
    const Token& token = take();
    if (token.is("true") || token.is("false")) {
      const ExprId id = leaf(Expr::Form::truth, token);
      tree_.nodes[id].number = token.text == "true" ? 1 : 0;
      return id;
    }
    if (peek().is("(")) return call(token);
    if (is_reserved(token.text))
      fail(token, fmt::format("a value is needed here; '{}' is a word of the language", token.text));
    return leaf(Expr::Form::name, token);
  }

  ExprId parentheses() {
    const Token& open = take();
    const ExprId inner = disjunction();
    close(open, ")");
    tree_.nodes[inner].where = {open.where.begin, tokens_[at_ - 1].where.end};
    return inner;
  }

  void close(const Token& open, std::string_view bracket) {
    if (accept(bracket)) return;
    if (peek().kind == Token::Kind::end)
      fail(open, fmt::format("the closing '{}' of this bracket is missing", bracket));
    if (peek().is(")") || peek().is("]")) fail(peek(), fmt::format("'{}' is needed here", bracket));
    fail_unexpected();
  }

  ExprId list() {
    const Token& open = take();
    Expr expr;
    expr.form = Expr::Form::list;
    int height = 0;
    while (!peek().is("]")) {
      expr.arguments.push_back(operand(disjunction()));
      height = std::max(height, heights_[expr.arguments.back().value]);
      if (!accept(",")) break;
    }
    close(open, "]");
    expr.where = {open.where.begin, tokens_[at_ - 1].where.end};
    if (expr.arguments.empty()) {
      report_.add(expr.where, "the list is empty; name at least one value");
      throw Stop{};
    }
    return push(std::move(expr), height + 1);
  }

  ExprId call(const Token& function) {
    const Token& open = take();
    Expr expr;
    expr.form = Expr::Form::call;
    expr.text = function.text;
    int height = 0;
    if (function.is("events")) {
      expr.arguments.push_back(operand(event_name()));
    } else {
      while (!peek().is(")")) {
        expr.arguments.push_back(argument(height));
        if (!accept(",")) break;
      }
    }
    close(open, ")");
    expr.where = {function.where.begin, tokens_[at_ - 1].where.end};
    return push(std::move(expr), height + 1);
  }

  /// Names of events have dots and dashes: everything up to the bracket is the name.
  ExprId event_name() {
    if (peek().kind == Token::Kind::quoted) return leaf(Expr::Form::quoted, take());
    const std::size_t begin = peek().where.begin;
    std::size_t end = begin;
    while (peek().kind != Token::Kind::end && !peek().is(")") && !peek().is("(") && !peek().is(","))
      end = take().where.end;
    Expr expr;
    expr.form = Expr::Form::quoted;
    expr.where = {begin, end};
    expr.text = report_.text(expr.where);
    return push(std::move(expr), 1);
  }

  Argument argument(int& height) {
    std::string_view name;
    Extent where = peek().where;
    if (peek().kind == Token::Kind::name && peek(1).is(":")) {
      name = take().text;
      take();
    }
    Argument argument = operand(disjunction());
    argument.name = name;
    if (name.empty()) where = argument.where;
    argument.where = where;
    height = std::max(height, heights_[argument.value]);
    while (peek().is("where") || peek().is("by")) {
      if (take().text == "where") {
        if (argument.filter != no_expr)
          fail(tokens_[at_ - 1], "one 'where' is enough: join conditions with 'and'");
        argument.filter = disjunction();
        height = std::max(height, heights_[argument.filter]);
      } else {
        if (peek().kind != Token::Kind::name) fail(peek(), "the name of a category must follow 'by'");
        argument.by_where = peek().where;
        argument.by = take().text;
      }
    }
    return argument;
  }

  Reporter& report_;
  const IsName& is_name_;
  const std::vector<Token>& tokens_;
  std::size_t at_ = 0;
  int depth_ = 0;
  Tree tree_;
  std::vector<int> heights_;
};

}  // namespace

std::optional<Tree> parse(Reporter& report, const IsName& is_name) {
  const auto tokens = tokenize(report);
  if (!tokens) return std::nullopt;
  try {
    return Parser(report, is_name, *tokens).run();
  } catch (const Stop&) {
    return std::nullopt;
  }
}

}  // namespace polder::expression
