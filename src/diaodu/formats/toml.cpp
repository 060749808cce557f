#include <algorithm>
#include <optional>
#include <sstream>
#include <utility>

#include "diaodu/formats/encoding.h"
#include "diaodu/formats/settings.h"
#include "diaodu/plan/finding_kinds.h"

namespace {
/// toml++ 3.3 asserts (and, without asserts, assumes) that a name follows `[`, which users need not
/// know.  So its assertions throw here, in every build.
struct AssertionFailed {};
[[noreturn]] void fail_assertion() { throw AssertionFailed{}; }
}  // namespace
#undef NDEBUG
#define TOML_ASSERT(expression) (static_cast<bool>(expression) ? void() : fail_assertion())
#include <toml++/toml.h>

namespace diaodu::formats {
namespace {

constexpr std::string_view kSections = "plan, options, risk, dispatch, quality, calendars";

/// Each setting of a calendar repeats its id.  What Primavera lets people write takes 765 bytes.
constexpr std::size_t kMostIdBytes = 800;

class TomlReader {
 public:
  TomlReader(const std::string& file, Findings& findings) : file_(file), findings_(findings) {}

  std::vector<Setting> read(const toml::table& root) {
    for (const auto& [key, node] : in_order(root)) {
      const std::string section(key.str());
      const toml::table* table = node->as_table();
      if (table == nullptr) {
        findings_.add(found::unknown_key, where(key.source()), {section, std::string(kSections)});
      } else if (section == "calendars") {
        read_calendars(*table);
      } else if (section == "plan" || section == "options" || section == "risk" ||
                 section == "dispatch" || section == "quality") {
        read_section(section, *table);
      } else {
        findings_.add(found::unknown_key, where(key.source()), {section, std::string(kSections)});
      }
    }
    return std::move(settings_);
  }

 private:
  /// As the file has them; the library sorts them by name, but `friday` after `weekdays` overrides
  /// it.
  static std::vector<std::pair<toml::key, const toml::node*>> in_order(const toml::table& table) {
    std::vector<std::pair<toml::key, const toml::node*>> entries;
    for (const auto& [key, node] : table) entries.emplace_back(key, &node);
    std::stable_sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) {
      const toml::source_position& x = a.first.source().begin;
      const toml::source_position& y = b.first.source().begin;
      return std::pair(x.line, x.column) < std::pair(y.line, y.column);
    });
    return entries;
  }

  Where where(const toml::source_region& region) const {
    return {.file = file_,
            .line = static_cast<int>(region.begin.line),
            .column = static_cast<int>(region.begin.column)};
  }

  void read_calendars(const toml::table& calendars) {
    for (const auto& [key, node] : in_order(calendars)) {
      const std::string id(key.str());
      if (id.size() > kMostIdBytes) {
        const std::string most = std::to_string(kMostIdBytes);
        findings_.add(
            found::toml_error, where(key.source()),
            {Argument("a name of more than " + most + " bytes", "名称超过 " + most + " 字节")});
        continue;
      }
      const toml::table* table = node->as_table();
      if (table == nullptr) {
        wrong_kind(key, {"a table: [calendars." + id + "]", "表：[calendars." + id + "]"});
        continue;
      }
      // An empty calendar is still a calendar.
      settings_.push_back({"calendars." + id, "", "", "", where(key.source())});
      read_section("calendars." + id, *table);
    }
  }

  void read_section(const std::string& section, const toml::table& table) {
    for (const auto& [key, node] : in_order(table)) {
      if (key == "exceptions" && section.starts_with("calendars.")) {
        read_exceptions(section, key, *node);
        continue;
      }
      const bool may_be_list = section == "options" && key == "objective" && node->is_array();
      const auto value = may_be_list ? text_of_list(*node->as_array()) : text_of(*node);
      if (!value) {
        wrong_kind(key, {"a text, a number or a date", "文本、数字或日期"});
        continue;
      }
      settings_.push_back({section, std::string(key.str()), *value, "", where(key.source())});
    }
  }

  void read_exceptions(const std::string& section, const toml::key& key, const toml::node& node) {
    const Argument wanted{"a list of { dates = \"…\", hours = \"…\" }",
                          "列表，每项为 { dates = \"…\", hours = \"…\" }"};
    const toml::array* exceptions = node.as_array();
    if (exceptions == nullptr) {
      wrong_kind(key, wanted);
      return;
    }
    for (const toml::node& each : *exceptions) {
      const toml::table* table = each.as_table();
      if (table == nullptr) {
        wrong_kind(key, wanted);
        continue;
      }
      Setting setting{section, "", "", "", where(each.source())};
      const std::size_t num_errors = findings_.num_errors();
      for (const auto& [name, part] : *table) {
        const auto text = text_of(part);
        if (!text) {
          wrong_kind(name, wanted);
          continue;
        }
        const std::string& value = *text;
        if (name == "dates") {
          setting.key = value;
        } else if (name == "hours") {
          setting.value = value;
        } else if (name == "name") {
          setting.note = value;
        } else {
          findings_.add(found::unknown_key, where(name.source()),
                        {std::string(name.str()), "dates, hours, name"});
        }
      }
      if (findings_.num_errors() > num_errors) continue;
      if (setting.key.empty()) {
        findings_.add(found::missing_cell, setting.where, {"dates"});
        continue;
      }
      settings_.push_back(std::move(setting));
    }
  }

  void wrong_kind(const toml::key& key, Argument wanted) {
    findings_.add(found::wrong_kind_of_value, where(key.source()),
                  {std::string(key.str()), std::move(wanted)});
  }

  static std::optional<std::string> text_of(const toml::node& node) {
    if (const auto* text = node.as_string()) return text->get();
    if (const auto* yes = node.as_boolean()) return yes->get() ? "yes" : "no";
    if (node.is_table() || node.is_array()) return {};
    std::ostringstream out;
    if (const auto* date = node.as_date()) out << date->get();
    if (const auto* time = node.as_time()) out << time->get();
    if (const auto* instant = node.as_date_time()) {
      toml::date_time local = instant->get();
      local.offset.reset();  // the plan has its own zone
      out << local;
    }
    if (const auto* whole = node.as_integer()) out << whole->get();
    if (const auto* fraction = node.as_floating_point()) out << fraction->get();
    return out.str();
  }

  /// A list of texts reads like one text that separates them by commas.
  static std::optional<std::string> text_of_list(const toml::array& list) {
    std::string text;
    for (const toml::node& each : list) {
      const auto* word = each.as_string();
      if (word == nullptr) return {};
      if (!text.empty()) text += ", ";
      text += word->get();
    }
    return text;
  }

  const std::string& file_;
  Findings& findings_;
  std::vector<Setting> settings_;
};

/// As a basic TOML string.
std::string toml_string(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    if (c == '\n') {
      quoted += "\\n";
    } else if (c == '\r') {
      quoted += "\\r";
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      constexpr std::string_view kHex = "0123456789ABCDEF";
      const auto byte = static_cast<unsigned char>(c);
      quoted += "\\u00";
      quoted += kHex[byte / 16];
      quoted += kHex[byte % 16];
    } else {
      quoted += c;
    }
  }
  return quoted + '"';
}

bool is_bare_key(std::string_view key) {
  constexpr std::string_view kBare =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
  return !key.empty() && key.find_first_not_of(kBare) == std::string_view::npos;
}

/// The line of the first `[` that no name follows; 0 if there is none.
int line_of_nameless_table(std::string_view text) {
  constexpr std::string_view kBlanks = " \t";
  for (int line = 1; !text.empty(); ++line) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view rest = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const auto skip = [&](std::string_view letters) {
      rest.remove_prefix(std::min(rest.find_first_not_of(letters), rest.size()));
    };
    skip(kBlanks);
    if (!rest.starts_with('[')) continue;
    skip(" \t[");
    if (rest.empty() || (!is_bare_key(rest.substr(0, 1)) && rest[0] != '"' && rest[0] != '\''))
      return line;
  }
  return 0;
}

/// `calendars.site` are two.  toml++ takes down what `a.a.a.a` builds by recursion, so that a name of a
/// million parts would overflow the stack; values in values it counts itself.
constexpr std::size_t kMostParts = 16;

/// Where a text stops being one that toml++ 3.3 can be trusted with.
struct Trap {
  std::size_t at;
  bool is_deep = false;
};

/// The first letter beyond ASCII outside quotes and comments, where TOML knows none, or the first name
/// of more than `kMostParts` parts; the end of the text if there is neither.
Trap first_trap(std::string_view text) {
  std::size_t at = 0;
  std::size_t num_dots = 0;  // of the present name
  const auto skip_string = [&](char quote) {
    const std::string three(3, quote);
    const bool is_long = text.substr(at, 3) == three;
    at += is_long ? 3 : 1;
    for (; at < text.size(); ++at) {
      if (text[at] == '\n' && !is_long) return;  // never closed
      if (text[at] == '\\' && quote == '"') {
        ++at;
      } else if (is_long ? text.substr(at, 3) == three : text[at] == quote) {
        at += is_long ? 3 : 1;
        return;
      }
    }
  };
  char before = '\n';  // the last letter that is no blank: strings begin after some only
  while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80) {
    const char letter = text[at];
    const bool is_quote = letter == '"' || letter == '\'';
    if (letter == '.' && ++num_dots == kMostParts) return {at, true};
    if (std::string_view("\n=,[]{}").find(letter) != std::string_view::npos) num_dots = 0;
    if (letter == '#') {
      at = std::min(text.find('\n', at), text.size());
    } else if (is_quote && std::string_view("\n=,[{.").find(before) != std::string_view::npos) {
      skip_string(letter);
    } else {
      ++at;
    }
    if (letter != ' ' && letter != '\t') before = letter;
  }
  return {std::min(at, text.size())};
}

Where where_of(std::string_view text, std::size_t at, const std::string& file) {
  const std::string_view before = text.substr(0, at);
  const std::size_t line_begin = before.rfind('\n') + 1;  // npos + 1 is 0
  return {.file = file,
          .line = static_cast<int>(std::count(before.begin(), before.end(), '\n')) + 1,
          .column = num_letters(before.substr(line_begin)) + 1};
}

}  // namespace

std::vector<Setting> read_toml(std::string_view text, const std::string& file, Findings& findings) {
  const auto [at, is_deep] = first_trap(text);
  if (is_deep) {
    const std::string most = std::to_string(kMostParts);
    findings.add(found::toml_error, where_of(text, at, file),
                 {Argument("a name of more than " + most + " parts", "名称超过 " + most + " 段")});
    return {};
  }
  if (at < text.size()) {
    std::size_t length = 1;
    while (at + length < text.size() && num_letters(text.substr(at + length, 1)) == 0) ++length;
    const std::string letter(text.substr(at, length));
    findings.add(
        found::toml_error, where_of(text, at, file),
        {Argument("'" + letter + "' has to stand in quotes", "“" + letter + "”须写在引号内")});
    return {};
  }
  try {
    const toml::table root = toml::parse(text);
    return TomlReader(file, findings).read(root);
  } catch (const AssertionFailed&) {
    findings.add(found::toml_error, {.file = file, .line = line_of_nameless_table(text)},
                 {Argument("a name is expected after [", "[ 之后应为名称")});
    return {};
  } catch (const toml::parse_error& error) {
    findings.add(found::toml_error,
                 {.file = file,
                  .line = static_cast<int>(error.source().begin.line),
                  .column = static_cast<int>(error.source().begin.column)},
                 {std::string(error.description())});
    return {};
  }
}

std::string toml_of(std::span<const Setting> settings) {
  std::string text;
  std::string section;
  std::string exceptions;  // of the present calendar; TOML wants them as one list
  const auto close_exceptions = [&] {
    if (!exceptions.empty()) text += "exceptions = [\n" + exceptions + "]\n";
    exceptions.clear();
  };
  for (const Setting& setting : settings) {
    if (setting.section != section) {
      close_exceptions();
      section = setting.section;
      if (!text.empty()) text += '\n';
      constexpr std::string_view kCalendars = "calendars.";
      const bool is_calendar = section.starts_with(kCalendars);
      const std::string_view id =
          std::string_view(section).substr(is_calendar ? kCalendars.size() : section.size());
      if (is_calendar && !is_bare_key(id)) {
        text += "[calendars." + toml_string(id) + "]\n";
      } else {
        text += '[' + section + "]\n";
      }
    }
    if (setting.key.empty()) continue;
    const bool is_dated = setting.key.front() >= '0' && setting.key.front() <= '9';
    if (is_dated) {
      exceptions +=
          "  { dates = " + toml_string(setting.key) + ", hours = " + toml_string(setting.value);
      if (!setting.note.empty()) exceptions += ", name = " + toml_string(setting.note);
      exceptions += " },\n";
    } else {
      text += setting.key + " = " + toml_string(setting.value) + '\n';
    }
  }
  close_exceptions();
  return text;
}

}  // namespace diaodu::formats
