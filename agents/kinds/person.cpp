// SPDX-License-Identifier: Apache-2.0
#include "agents/kinds/kinds.hpp"

namespace polder::agents {

const KindInfo& person_kind() {
  using enum ColumnType;
  static const KindInfo kind{
      "person",
      true,
      "Students, PhD candidates, researchers, engineers, entrepreneurs and other technical staff",
      {{"type", category, "", "student, PhD, researcher, engineer, entrepreneur or other", "engineer",
        actor_types},
       {"field", category, "", "field of study", "", "fields"},
       {"region", category, "", "province of residence", "", "regions"},
       {"origin", category, "", "where the person grew up", "nl", origins},
       {"age", number, "month", "age", "420 months"},
       {"employer", id, "", "firm or institute", "", "", "firm"},
       {"second_employer", id, "", "of a dual appointment", "", "", "institute"},
       {"appointed_by", id, "", "instrument that pays it, none when its employers agreed on it themselves",
        "", "", "instrument"},
       {"at_institute", flag, "", "the employer is an institute"},
       {"permanent", flag, "", "has a permanent contract"},
       {"wage", number, "EUR/month", "pay, as labour cost; 0 without a job"},
       {"former_employer", id, "",
        "the last employer that was there when they left, where the former colleagues are: the contacts", "",
        "", "firm"},
       {"experience", number, "month", "in the present field"},
       {"tenure", number, "month", "in the present job or study"}}};
  return kind;
}

}  // namespace polder::agents
