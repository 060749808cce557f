#include "diaodu/track/entry_json.h"

#include <array>
#include <charconv>
#include <cmath>
#include <stdexcept>
#include <system_error>
#include <type_traits>

namespace diaodu::track {
namespace {

constexpr std::int64_t kMostWhole = std::int64_t{1} << 53;
constexpr int kWholePercent = 100'00;
constexpr std::array<std::string_view, 6> kMeasures = {
    "level", "level_to_date", "growth", "growth_to_date", "base", "base_to_date"};

/// How many bytes the letter at the front has; 0 where it is not valid UTF-8.
std::size_t letter_length(std::string_view text) {
  const auto byte = [text](std::size_t at) {
    return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U;
  };
  const auto follows = [&](std::size_t at) { return (byte(at) & 0xC0U) == 0x80U; };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return follows(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    // No longer form of what is shorter, no half of a pair of UTF-16.
    const bool is_allowed =
        (first != 0xE0 || byte(1) >= 0xA0) && (first != 0xED || byte(1) <= 0x9F);
    return is_allowed && follows(1) && follows(2) ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    const bool is_allowed =
        (first != 0xF0 || byte(1) >= 0x90) && (first != 0xF4 || byte(1) <= 0x8F);
    return is_allowed && follows(1) && follows(2) && follows(3) ? 4 : 0;
  }
  return 0;
}

bool is_valid(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = letter_length(text.substr(at));
    if (length == 0) return false;
    at += length;
  }
  return true;
}

constexpr std::string_view kEscaped = "\b\t\n\f\r\"\\";
constexpr std::string_view kEscapes = "btnfr\"\\";

/// Writes members, whose names must come in ascending order.
class Writer {
 public:
  void open(char bracket) {
    separate();
    text_ += bracket;
    is_first_ = true;
  }
  void close(char bracket) {
    text_ += bracket;
    is_first_ = false;
  }
  void name(std::string_view name) {
    string(name);
    text_ += ':';
    is_first_ = true;
  }
  void string(std::string_view text) {
    separate();
    text_ += '"';
    for (const char letter : text) {
      const std::size_t escape = kEscaped.find(letter);
      if (escape != std::string_view::npos) {
        text_ += '\\';
        text_ += kEscapes[escape];
      } else if (static_cast<unsigned char>(letter) < 0x20) {
        text_ += "\\u00" + hexadecimal(std::string_view(&letter, 1));
      } else {
        text_ += letter;
      }
    }
    text_ += '"';
  }
  void whole(std::int64_t number) {
    if (number > kMostWhole || number < -kMostWhole)
      throw std::out_of_range("a number of the record is beyond 2^53");
    separate();
    std::array<char, 24> digits{};
    text_.append(digits.data(),
                 std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr);
  }
  void real(double number) {
    separate();
    text_ += canonical_number(number);
  }

  void member(std::string_view of, std::string_view text) {
    name(of);
    string(valid_text(text));
  }
  void member(std::string_view of, std::int64_t number) {
    name(of);
    whole(number);
  }
  void member_unless_empty(std::string_view of, std::string_view text) {
    if (!text.empty()) member(of, text);
  }

  std::string take() { return std::move(text_); }

 private:
  void separate() {
    if (!is_first_) text_ += ',';
    is_first_ = false;
  }

  std::string text_;
  bool is_first_ = true;
};

void write(Writer& json, const TaskFact& fact) {
  if (fact.actual_finish) json.member("actual_finish", fact.actual_finish->minutes());
  if (fact.actual_start) json.member("actual_start", fact.actual_start->minutes());
  if (fact.percent) json.member("percent", std::int64_t{*fact.percent});
  if (fact.physical_percent) json.member("physical", std::int64_t{*fact.physical_percent});
  if (fact.remaining) json.member("remaining", fact.remaining->count());
  if (!fact.steps_done.empty()) {
    json.name("steps");
    json.open('[');
    for (const std::string& step : fact.steps_done) json.string(valid_text(step));
    json.close(']');
  }
  json.member("task", fact.task);
}

void write(Writer& json, const CostFact& fact) {
  json.member("amount", fact.amount.count());
  json.member_unless_empty("resource", fact.resource);
  json.member("task", fact.task);
}

void write(Writer& json, const Observation& fact) {
  json.member("measure", name_of(fact.measure));
  json.member("period", show(fact.period));
  json.member_unless_empty("source", fact.source);
  json.member("target", fact.target);
  json.name("value");
  json.real(fact.value);
}

void write(Writer& json, const Baseline& fact) {
  json.member("name", fact.name);
  json.name("rows");
  json.open('[');
  for (const Baseline::Row& row : fact.rows) {
    json.open('{');
    json.member("cost", row.cost.count());
    json.member("finish", row.finish.minutes());
    json.member("start", row.start.minutes());
    json.member("task", row.task);
    json.close('}');
  }
  json.close(']');
}

void write(Writer& json, const PlanChange& fact) {
  json.member("hash", fact.hash);
  json.member("what", fact.what);
}

void write(Writer& json, const Remark& fact) {
  json.member_unless_empty("subject", fact.subject);
  json.member("text", fact.text);
}

void write(Writer& /*json*/, const Withdrawal& /*fact*/) {}

/// Reads what `Writer` writes.  After the first mistake everything fails; what is not canonical in small
/// (a number with a zero too many) is found by writing it anew.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  bool is_good() const { return is_good_; }
  bool is_at_end() const { return is_good_ && rest_.empty(); }
  void fail() { is_good_ = false; }

  bool take(char letter) {
    if (!is_good_ || rest_.empty() || rest_.front() != letter) return false;
    rest_.remove_prefix(1);
    return true;
  }
  void expect(char letter) {
    if (!take(letter)) fail();
  }

  std::string string() {
    std::string text;
    expect('"');
    while (is_good_) {
      const std::size_t plain = rest_.find_first_of("\"\\");
      if (plain == std::string_view::npos) {
        fail();
        break;
      }
      text += rest_.substr(0, plain);
      rest_.remove_prefix(plain);
      if (take('"')) break;
      rest_.remove_prefix(1);
      text += escaped();
    }
    if (!is_valid(text)) fail();
    return text;
  }

  std::int64_t whole(std::int64_t least, std::int64_t most) {
    std::int64_t number = 0;
    read(number);
    if (number < least || number > most) fail();
    return number;
  }
  std::int64_t whole() { return whole(-kMostWhole, kMostWhole); }
  double real() {
    double number = 0;
    read(number);
    if (!std::isfinite(number)) fail();
    return number;
  }

  /// Calls `member` with each name.
  template <class Member>
  void object(Member&& member) {
    expect('{');
    if (take('}')) return;
    do {
      const std::string name = string();
      expect(':');
      if (is_good_) member(name);
    } while (take(','));
    expect('}');
  }
  template <class Element>
  void array(Element&& element) {
    expect('[');
    if (take(']')) return;
    do {
      if (is_good_) element();
    } while (take(','));
    expect(']');
  }

 private:
  template <class Number>
  void read(Number& number) {
    if (!is_good_) return;
    const auto [stopped, error] =
        std::from_chars(rest_.data(), rest_.data() + rest_.size(), number);
    if (error != std::errc{}) return fail();
    rest_.remove_prefix(static_cast<std::size_t>(stopped - rest_.data()));
  }

  std::string escaped() {
    const char letter = rest_.empty() ? '\0' : rest_.front();
    const std::size_t escape = kEscapes.find(letter);
    if (escape != std::string_view::npos) {
      rest_.remove_prefix(1);
      return {kEscaped[escape]};
    }
    if (rest_.size() >= 5 && rest_.starts_with("u00")) {
      const auto byte = bytes_of_hexadecimal(rest_.substr(3, 2));
      rest_.remove_prefix(5);
      if (byte && static_cast<unsigned char>(byte->front()) < 0x20) return *byte;
    }
    fail();
    return {};
  }

  std::string_view rest_;
  bool is_good_ = true;
};

TaskFact read_progress(Reader& json) {
  TaskFact fact;
  json.object([&](std::string_view name) {
    if (name == "actual_finish") {
      fact.actual_finish = Instant{json.whole()};
    } else if (name == "actual_start") {
      fact.actual_start = Instant{json.whole()};
    } else if (name == "percent") {
      fact.percent = static_cast<int>(json.whole(0, kWholePercent));
    } else if (name == "physical") {
      fact.physical_percent = static_cast<int>(json.whole(0, kWholePercent));
    } else if (name == "remaining") {
      fact.remaining = WorkTime{json.whole(0, kMostWhole)};
    } else if (name == "steps") {
      json.array([&] { fact.steps_done.push_back(json.string()); });
    } else if (name == "task") {
      fact.task = json.string();
    } else {
      json.fail();
    }
  });
  return fact;
}

CostFact read_cost(Reader& json) {
  CostFact fact;
  json.object([&](std::string_view name) {
    if (name == "amount") {
      fact.amount = Money{json.whole()};
    } else if (name == "resource") {
      fact.resource = json.string();
    } else if (name == "task") {
      fact.task = json.string();
    } else {
      json.fail();
    }
  });
  return fact;
}

Observation read_observation(Reader& json) {
  Observation fact;
  json.object([&](std::string_view name) {
    if (name == "measure") {
      const auto measure = measure_of(json.string());
      measure ? void(fact.measure = *measure) : json.fail();
    } else if (name == "period") {
      const auto period = parse_period(json.string());
      period ? void(fact.period = *period) : json.fail();
    } else if (name == "source") {
      fact.source = json.string();
    } else if (name == "target") {
      fact.target = json.string();
    } else if (name == "value") {
      fact.value = json.real();
    } else {
      json.fail();
    }
  });
  return fact;
}

Baseline read_baseline(Reader& json) {
  Baseline fact;
  json.object([&](std::string_view name) {
    if (name == "name") {
      fact.name = json.string();
    } else if (name == "rows") {
      json.array([&] {
        Baseline::Row& row = fact.rows.emplace_back();
        json.object([&](std::string_view of) {
          if (of == "cost") {
            row.cost = Money{json.whole()};
          } else if (of == "finish") {
            row.finish = Instant{json.whole()};
          } else if (of == "start") {
            row.start = Instant{json.whole()};
          } else if (of == "task") {
            row.task = json.string();
          } else {
            json.fail();
          }
        });
      });
    } else {
      json.fail();
    }
  });
  return fact;
}

PlanChange read_plan_change(Reader& json) {
  PlanChange fact;
  json.object([&](std::string_view name) {
    if (name == "hash") {
      fact.hash = json.string();
      const auto bytes = bytes_of_hexadecimal(fact.hash);
      if (!bytes || bytes->size() != Hash{}.size()) json.fail();
    } else if (name == "what") {
      fact.what = json.string();
    } else {
      json.fail();
    }
  });
  return fact;
}

Remark read_remark(Reader& json, bool is_decision) {
  Remark fact;
  fact.is_decision = is_decision;
  json.object([&](std::string_view name) {
    if (name == "subject") {
      fact.subject = json.string();
    } else if (name == "text") {
      fact.text = json.string();
    } else {
      json.fail();
    }
  });
  return fact;
}

void set_effective(Fact& fact, Instant effective) {
  std::visit(
      [effective](auto& of) {
        using Of = std::decay_t<decltype(of)>;
        if constexpr (std::is_same_v<Of, Observation>) {
          of.published = effective;
        } else if constexpr (std::is_same_v<Of, Baseline>) {
          of.taken = effective;
        } else {
          of.when = effective;
        }
      },
      fact);
}

std::optional<Fact> read_fact(std::string_view kind, Reader& json) {
  if (kind == "progress") return read_progress(json);
  if (kind == "cost") return read_cost(json);
  if (kind == "observation") return read_observation(json);
  if (kind == "baseline") return read_baseline(json);
  if (kind == "plan") return read_plan_change(json);
  if (kind == "decision") return read_remark(json, true);
  if (kind == "note") return read_remark(json, false);
  if (kind != "withdrawal") return {};
  json.object([&json](std::string_view) { json.fail(); });
  return Withdrawal{};
}

}  // namespace

std::string content_of(const Fact& fact) {
  Writer json;
  json.open('{');
  std::visit([&json](const auto& of) { write(json, of); }, fact);
  json.close('}');
  return json.take();
}

std::optional<Fact> fact_of(std::string_view kind, std::string_view content, Instant effective) {
  Reader json(content);
  auto fact = read_fact(kind, json);
  if (!fact || !json.is_at_end()) return {};
  if (content_of(*fact) != content) return {};
  set_effective(*fact, effective);
  return fact;
}

std::string valid_text(std::string_view text) {
  if (is_valid(text)) return std::string(text);
  std::string valid;
  while (!text.empty()) {
    const std::size_t length = letter_length(text);
    valid += length == 0 ? std::string_view("\uFFFD") : text.substr(0, length);
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return valid;
}

std::string_view name_of(Measure measure) { return kMeasures[static_cast<std::size_t>(measure)]; }

std::optional<Measure> measure_of(std::string_view name) {
  for (std::size_t i = 0; i < kMeasures.size(); ++i) {
    if (kMeasures[i] == name) return static_cast<Measure>(i);
  }
  return {};
}

std::string canonical_number(double value) {
  if (!std::isfinite(value)) throw std::out_of_range("a number of the record is not finite");
  if (value == 0) return "0";  // the negative one too
  std::array<char, 32> written{};
  const auto end = std::to_chars(written.data(), written.data() + written.size(), std::abs(value),
                                 std::chars_format::scientific);
  // d.ddde+XX: the shortest digits, and where the point belongs
  const std::string_view text(written.data(), static_cast<std::size_t>(end.ptr - written.data()));
  const std::size_t e = text.find('e');
  std::string digits(1, text[0]);
  if (e > 1) digits += text.substr(2, e - 2);
  int exponent = 0;
  const char* const sign = text.data() + e + 1;
  std::from_chars(sign + (*sign == '+' ? 1 : 0), text.data() + text.size(), exponent);
  const int num_digits = static_cast<int>(digits.size());
  const int point = exponent + 1;  // the digits before it
  std::string number = value < 0 ? "-" : "";
  if (num_digits <= point && point <= 21) {
    return number + digits + std::string(static_cast<std::size_t>(point - num_digits), '0');
  }
  if (0 < point && point <= 21) {
    const auto before = static_cast<std::size_t>(point);
    return number + digits.substr(0, before) + "." + digits.substr(before);
  }
  if (-6 < point && point <= 0) {
    return number + "0." + std::string(static_cast<std::size_t>(-point), '0') + digits;
  }
  number += digits[0];
  if (num_digits > 1) number += "." + digits.substr(1);
  return number + (exponent < 0 ? "e-" : "e+") + std::to_string(std::abs(exponent));
}

}  // namespace diaodu::track
