// SPDX-License-Identifier: Apache-2.0
// The kinds of the ecosystem and their attributes. One table a family; `type` tells its members apart and
// shares one label set, so that a formula such as `type in [startup, sme, university]` means the same over
// firms and institutes.
#pragma once
#include <cstdint>

#include "engine/mechanism.hpp"

namespace polder::agents {

/// All actor types, in the order of their codes (see `enum class ActorType`).
inline constexpr const char* actor_types =
    "startup|scale_up|sme|large_firm|university|medical_centre|hogeschool|mbo|institute|"
    "business_angel|venture_fund|corporate_fund|bank|regional_fund|national_fund|foreign_fund|"
    "national|province|municipality|eu|student|phd|researcher|engineer|entrepreneur|other_staff";
enum class ActorType : std::uint8_t {
  startup,
  scale_up,
  sme,
  large_firm,
  university,
  medical_centre,
  hogeschool,
  mbo,
  institute,
  business_angel,
  venture_fund,
  corporate_fund,
  bank,
  regional_fund,
  national_fund,
  foreign_fund,
  national,
  province,
  municipality,
  eu,
  student,
  phd,
  researcher,
  engineer,
  entrepreneur,
  other_staff
};
/// The number that stands for a type in the column `type`.
constexpr std::uint8_t code(ActorType type) {
  return static_cast<std::uint8_t>(type);
}
inline constexpr const char* size_classes =
    "micro|small|medium|large";  ///< 2-9, 10-49, 50-249, 250 and more persons
enum class SizeClass : std::uint8_t { micro, small, medium, large };
inline constexpr const char* venture_stages = "none|pre_seed|seed|series_a|series_b|series_c|exited|closed";
enum class VentureStage : std::uint8_t { none, pre_seed, seed, series_a, series_b, series_c, exited, closed };
inline constexpr const char* origins = "nl|eea|other";
inline constexpr const char* facility_types = "fieldlab|research_facility|pilot_line";
enum class FacilityType : std::uint8_t { fieldlab, research_facility, pilot_line };
inline constexpr const char* user_types = "public_buyer|business_customer|consumer_segment";
enum class UserType : std::uint8_t { public_buyer, business_customer, consumer_segment };
inline constexpr const char* clearance_states =
    "undecided|not_needed|ahead|dialogue|assessment|redesign|granted";
enum class ClearanceState : std::uint8_t {
  undecided,
  not_needed,
  ahead,
  dialogue,
  assessment,
  redesign,
  granted
};
inline constexpr const char* hub_types = "incubator|campus|cluster_organisation";
inline constexpr const char* life_stages = "emerging|growing|mature|renewing";
enum class LifeStage : std::uint8_t { emerging, growing, mature, renewing };
inline constexpr const char* institute_groups =
    "university|medical_centre|hogeschool|mbo|to2|national_knowledge|nwo_knaw";
inline constexpr int knowledge_size = 8;  ///< numbers in a knowledge profile

const KindInfo& firm_kind();
const KindInfo& institute_kind();
const KindInfo& financier_kind();
const KindInfo& government_kind();
const KindInfo& person_kind();
const KindInfo& venture_kind();
const KindInfo& project_kind();
const KindInfo& instrument_kind();
const KindInfo& industry_kind();
const KindInfo& facility_kind();
const KindInfo& user_kind();
const KindInfo& regulator_kind();
const KindInfo& hub_kind();
const KindInfo& ecosystem_kind();

}  // namespace polder::agents
