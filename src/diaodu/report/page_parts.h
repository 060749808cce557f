#pragma once

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "diaodu/core/language.h"
#include "diaodu/core/quantity.h"
#include "diaodu/core/time.h"
#include "diaodu/plan/plan.h"
#include "diaodu/report/json.h"

namespace diaodu::report {

/// How the page's document writes what all its parts have: times as the plan's clocks show them, texts
/// in both languages, numbers without needless digits.
class PageWriter {
 public:
  explicit PageWriter(const Plan& plan) : plan_(plan) {}

  JsonWriter& json() { return json_; }
  std::string take() { return json_.take(); }

  /// Minutes since 1970 on the plan's clocks; periods since the start in a benchmark instance.
  std::int64_t minutes_of(Instant instant) const {
    if (plan_.is_abstract) return (instant - plan_.start).count();
    return plan_.zone.to_local(instant).minutes;
  }
  void time(Instant instant) { json_.number(minutes_of(instant)); }
  /// Null where there is none, for whatever reason.
  void time_or_null(Instant instant, bool is_there = true) {
    const bool is_date = is_there && instant > kEver && instant < kNever;
    is_date ? time(instant) : static_cast<void>(json_.null());
  }
  void work_or_null(WorkTime work, bool is_there) {
    is_there ? json_.number(work.count()) : json_.null();
  }

  template <class InLanguage>
  void pair(InLanguage&& text) {
    json_.begin_array();
    json_.text(text(Language::english)).text(text(Language::chinese));
    json_.end_array();
  }
  template <class InLanguage>
  void pair(std::string_view key, InLanguage&& text) {
    json_.key(key);
    pair(std::forward<InLanguage>(text));
  }

  /// Thousandths as the number they are: 3, 0.5.
  void amount(Amount amount) {
    if (amount.count() % kOne.count() == 0) {
      json_.number(amount.count() / kOne.count());
    } else {
      json_.number(static_cast<double>(amount.count()) / static_cast<double>(kOne.count()));
    }
  }
  /// With three or four digits after the point: nobody reads more, and a page holds many.
  void seconds(double seconds) { json_.number(std::round(seconds * 1e3) / 1e3); }
  void percent(double percent) { json_.number(std::round(percent * 10) / 10); }
  /// An indicator's number, with six digits that matter; null where it is none.
  void figure(double value) {
    std::array<char, 32> text{};
    const auto end =
        std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::general, 6);
    double rounded = value;
    std::from_chars(text.data(), end.ptr, rounded);
    json_.number(rounded);
  }
  void share(double share) { json_.number(std::round(share * 1e4) / 1e4); }

  /// The number of a row; -1 for none.
  template <class IdType>
  void reference(IdType id) {
    id ? json_.number(id.index()) : json_.number(-1);
  }
  template <class Rows, class Write>
  void list(std::string_view key, const Rows& rows, Write&& write) {
    json_.key(key).begin_array();
    for (const auto& row : rows) write(row);
    json_.end_array();
  }

 private:
  const Plan& plan_;
  JsonWriter json_{JsonWriter::Form::compact};
};

}  // namespace diaodu::report
