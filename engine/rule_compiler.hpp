// SPDX-License-Identifier: Apache-2.0
// Turns one rule of the scenario into a RuleProgram. Private to engine/.
#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/building.hpp"

namespace polder {

/// What a formula must yield: its type, and where they matter its dimension and labels.
inline expression::Wanted wanted(expression::Type type, std::optional<Dimension> dimension = std::nullopt,
                                 const Labels* labels = nullptr, bool chance = false) {
  return {type, dimension, labels, chance};
}

/// Compiles a rule. errors: all mistakes of the rule are reported to the building
class RuleCompiler {
 public:
  RuleCompiler(Building& building, const RuleSpec& spec)
      : building_(building), spec_(spec), path_("rules." + spec.id) {}
  /// Adds the rule to the program, unless it has mistakes that leave nothing to add.
  void run();

 private:
  std::optional<KindChoice> choose(const std::string& name, const std::string& path, const Mark& mark);
  expression::Scope scope(std::optional<KindId> self, std::optional<KindId> partner) const;
  static FormulaSite site(const FormulaText& text);
  /// Adds a formula to the code of the chosen agents.
  std::size_t value(expression::Compiler& compiler, const FormulaText& text, const expression::Wanted& w);
  void touch(KindId kind, ColumnId column, Touch t) { touches_.push_back({kind, column, t}); }
  void compile_select();
  void compile_match();
  unsigned whole(const FormulaText& text, unsigned missing, unsigned most);
  std::size_t network(const std::string& name, const std::string& path, const Mark& mark);
  std::optional<KindId> partner() const;
  void compile_values();
  void compile_fund(expression::Compiler& compiler);
  void compile_action(expression::Compiler& compiler, const Action& action);
  /// The side and column that `name` or `partner.name` means.
  std::optional<std::pair<expression::Side, ColumnId>> target(const std::string& name, const Mark& mark,
                                                              const std::string& path);
  void compile_assignments(expression::Compiler& compiler, const Action& action);
  /// The only vector of a kind, for `learn` without `attribute`; empty when there is none or more than one.
  std::string only_vector(KindId kind) const;
  void compile_learn(expression::Compiler& compiler, const Action& action);
  void compile_tie(expression::Compiler& compiler, const Action& action);
  /// An account named in `transfer`: self, partner or a named account.
  std::optional<std::pair<std::optional<expression::Side>, AccountRef>> side_account(const std::string& name,
                                                                                     const std::string& path,
                                                                                     const Mark& mark);
  void compile_transfer(expression::Compiler& compiler, const Action& action);
  void compile_enter(expression::Compiler& compiler, const Action& action);
  void compile_exit(const Action& action);
  void finish();

  Building& building_;
  const RuleSpec& spec_;
  std::string path_;
  RuleProgram rule_;
  std::vector<ColumnTouch> touches_;
};

}  // namespace polder
