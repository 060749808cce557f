#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <string>

namespace diaodu::report {

/// A file of the project.
inline std::string file_text(const std::string& path) {
  std::ifstream file(std::string(DIAODU_SOURCE_DIR) + "/" + path);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// The fields of an interface in `web/src/document.ts` or another file, those of objects within it aside.
inline std::set<std::string> declared(const std::string& name,
                                      const std::string& file = "web/src/document.ts") {
  const std::string text = file_text(file);
  const std::size_t from = text.find("export interface " + name + " {");
  EXPECT_NE(from, std::string::npos) << name;
  const std::string body = text.substr(from, text.find("\n}\n", from) - from);
  std::set<std::string> fields;
  const std::regex field("\n  ([a-z_0-9]+):");
  for (std::sregex_iterator at(body.begin(), body.end(), field), end; at != end; ++at) {
    fields.insert((*at)[1]);
  }
  return fields;
}

inline std::set<std::string> fields_of(const nlohmann::json& object) {
  std::set<std::string> fields;
  for (const auto& [name, value] : object.items()) fields.insert(name);
  return fields;
}

}  // namespace diaodu::report
