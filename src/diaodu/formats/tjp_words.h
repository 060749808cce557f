#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "diaodu/formats/tjp_document.h"
#include "diaodu/formats/tjp_scanner.h"

namespace diaodu::formats {

/// Takes a TaskJuggler file's words one after the other, as names, dates, durations and blocks; what is expected and
/// not there is a finding, and what has no place in a plan is told once.
class TjpWords {
 public:
  TjpWords(const TjpText& text, Findings& findings) : scanner_(text), findings_(findings) {}

 protected:
  const TjpToken& next() const { return scanner_.next(); }
  TjpToken take() { return scanner_.take(); }
  bool take(char mark);
  bool take(std::string_view name);
  Where where(const TjpToken& token) const { return scanner_.where(token); }
  Where here() const { return scanner_.where(next()); }
  void tell(const FindingKind& kind, const TjpToken& token, std::vector<Argument> arguments) {
    findings_.add(kind, where(token), std::move(arguments));
  }
  void expect(const Words& what);

  /// A statement of no use here: the rest of its line, and its block.
  void skip(const TjpToken& word);
  void skip_block();
  /// Tells once that this word is not read.
  void tell_not_read(const TjpToken& word);

  /// Each word in the block that follows, if one does.
  template <class Read>
  void block(const Read& read) {
    if (!take('{')) return;
    while (next().kind != TjpToken::Kind::end && !next().is('}')) read(take());
    if (!take('}')) expect({"}", "}"});
  }

  std::string take_text();
  std::string take_name();
  std::string take_path();  ///< `a.b.c`
  std::optional<LocalTime> take_date();
  std::optional<std::int64_t> take_number(int places);
  std::optional<std::int64_t> take_duration(bool is_work);  ///< in minutes, of work or on the clock
  /// `2007-04-24`, that whole day; `2007-04-24 - 2007-04-26`, `2007-04-24 +2d`.
  std::optional<TjpInterval> take_interval();

  Findings& findings() { return findings_; }
  void set_minutes_per_day(std::int64_t minutes) { minutes_per_day_ = minutes; }

 private:
  TjpScanner scanner_;
  Findings& findings_;
  std::int64_t minutes_per_day_ = 480;
  std::set<std::string, std::less<>> skipped_;
};

}  // namespace diaodu::formats
