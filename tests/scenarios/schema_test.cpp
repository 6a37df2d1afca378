// SPDX-License-Identifier: Apache-2.0
#include "scenarios/schema.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include <nlohmann/json.hpp>

#include "scenarios/keys.hpp"
#include "tests/support/small_catalogue.hpp"

namespace polder::scenarios::schema_test {
namespace {

using Json = nlohmann::json;

Json schema() {
  return Json::parse(json_schema(testing::small_catalogue()));
}

TEST(Schema, names_every_key_of_the_file_with_its_meaning) {
  const Json properties = schema().at("properties");
  for (const Key& key : scenario_keys().keys)
    EXPECT_EQ(properties.at(key.name).at("description"), key.meaning);
  EXPECT_EQ(schema().at("additionalProperties"), false);
  const Json rule = properties.at("rules").at("items").at("properties");
  for (const Key& key : rule_keys().keys) EXPECT_TRUE(rule.contains(key.name)) << key.name;
}

TEST(Schema, nests_the_dotted_fields_of_mechanisms) {
  const Json items = schema().at("properties").at("mechanisms").at("anyOf").at(0).at("items").at("anyOf");
  EXPECT_EQ(items.at(0).at("enum"), Json({"rd_investment", "knowledge_spillover"}));
  const Json fields = items.at(1).at("properties").at("rd_investment").at("anyOf").at(1).at("properties");
  EXPECT_TRUE(fields.contains("elasticity"));
  EXPECT_TRUE(fields.at("adjustment").at("properties").contains("time"));
}

TEST(Schema, allows_in_an_instrument_the_keys_of_its_form_alone) {
  const Json rules = schema().at("properties").at("instruments").at("items").at("allOf");
  ASSERT_EQ(rules.size(), 4U);
  EXPECT_EQ(rules.at(3).at("if").at("properties").at("form").at("const"), "regulation");
  const Json keys = rules.at(3).at("then").at("properties");
  EXPECT_TRUE(keys.contains("threshold"));
  EXPECT_TRUE(keys.contains("window"));
  EXPECT_FALSE(keys.contains("budget"));
}

TEST(Schema, refers_to_definitions_that_exist) {
  const Json whole = schema();
  std::set<std::string> references;
  const auto collect = [&](const auto& self, const Json& json) -> void {
    if (json.is_object() && json.contains("$ref")) references.insert(json.at("$ref"));
    for (const auto& part : json)
      if (part.is_structured()) self(self, part);
  };
  collect(collect, whole);
  EXPECT_GE(references.size(), 4U);
  for (const std::string& reference : references)
    EXPECT_TRUE(whole.contains(Json::json_pointer(reference.substr(1)))) << reference;
}

}  // namespace
}  // namespace polder::scenarios::schema_test
