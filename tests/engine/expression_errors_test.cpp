// SPDX-License-Identifier: Apache-2.0
#include "tests/engine/expression_support.hpp"

namespace polder::expression {
namespace {

struct Case {
  std::string text, message;  ///< the message after `f.yaml:`
};

class ExpressionErrors : public ExpressionTest {
 protected:
  void expect(const std::vector<Case>& cases, const Wanted& wanted = {}) {
    for (const Case& c : cases) EXPECT_EQ(mistakes_of(c.text, wanted), "f.yaml:" + c.message) << "in " << c.text;
  }
};

