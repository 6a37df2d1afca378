// SPDX-License-Identifier: Apache-2.0
// The user's mistakes (InputError, collected) and our own (EXPECTS, ASSERT, ENSURES).
#pragma once
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace polder {

/// A place in an input file; lines and columns count from 1, 0 means unknown.
struct Mark {
  std::string file;
  int line = 0;
  int column = 0;
  bool operator==(const Mark&) const = default;
};

/// One mistake of the user: `file:line:column: path = found (wanted). Did you mean 'x'?`
struct Mistake {
  Mark where;
  std::string path;        ///< dotted path in the scenario, for example `rules.open-science.chance`
  std::string found;       ///< what was there (may be empty)
  std::string wanted;      ///< what is required, with the remedy
  std::string suggestion;  ///< nearest known name (may be empty)
  bool operator==(const Mistake&) const = default;
};
std::string to_string(const Mistake& mistake);

/// All mistakes found in the input, thrown before the first step.
class InputError : public std::runtime_error {
 public:
  explicit InputError(std::vector<Mistake> mistakes);
  explicit InputError(Mistake mistake) : InputError(std::vector<Mistake>{std::move(mistake)}) {}
  const std::vector<Mistake>& mistakes() const { return mistakes_; }

 private:
  std::vector<Mistake> mistakes_;
};

/// Collects mistakes so that all are reported at once.
class Mistakes {
 public:
  void add(Mistake mistake) { list_.push_back(std::move(mistake)); }
  void add(const Mark& where, std::string path, std::string found, std::string wanted,
           std::string suggestion = {}) {
    list_.push_back({where, std::move(path), std::move(found), std::move(wanted), std::move(suggestion)});
  }
  void add(const InputError& error) {
    list_.insert(list_.end(), error.mistakes().begin(), error.mistakes().end());
  }
  bool empty() const { return list_.empty(); }
  const std::vector<Mistake>& list() const { return list_; }
  /// errors: InputError with everything collected, sorted by place, when there is anything.
  void throw_if_any() const;

 private:
  std::vector<Mistake> list_;
};

/// A run stopped by a state-dependent fault of a formula (division by zero, chance outside [0, 1], ...).
class RunError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The nearest of `known` to `name` by edit distance (at most a third of its length), or empty.
std::string nearest(std::string_view name, const std::vector<std::string>& known);

[[noreturn]] void fail_assertion(const char* kind, const char* condition, const char* file, int line);

}  // namespace polder

// Our own faults: checked in debug, sanitizer and tiny-block builds (POLDER_CHECKS).
#if defined(POLDER_CHECKS) && POLDER_CHECKS
#define POLDER_CHECK_(kind, condition) \
  ((condition) ? static_cast<void>(0) : ::polder::fail_assertion(kind, #condition, __FILE__, __LINE__))
#else
#define POLDER_CHECK_(kind, condition) static_cast<void>(sizeof(!(condition)))
#endif
#define EXPECTS(condition) POLDER_CHECK_("precondition", condition)
#define ASSERT(condition) POLDER_CHECK_("assertion", condition)
#define ENSURES(condition) POLDER_CHECK_("postcondition", condition)
