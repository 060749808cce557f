#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "diaodu/core/language.h"

namespace diaodu {

enum class Severity { note, warning, error };

/// One kind of thing that can be wrong with what a user gave us.  `{0}`, `{1}` ... in the sentences
/// stand for a finding's arguments.  All kinds live in one table, `plan/finding_kinds.h`.
struct FindingKind {
  std::string_view code;  ///< stable, for programs: `unknown_task`
  Severity severity = Severity::error;
  Words message;
  Words hint;  ///< empty where the message says it all
};

/// Where in the user's input; lines and columns count from 1, and 0 says "the whole of it".
struct Where {
  std::string file;
  int line = 0;
  int column = 0;

  bool operator==(const Where&) const = default;
};

/// A word that goes into a finding's sentence: the user's own (the same in both languages), or ours.  A wrong
/// cell need not be told to its last letter: words longer than `kMostBytes` end in `…`.
struct Argument {
  static constexpr std::size_t kMostBytes = 300;

  std::string en;
  std::string zh;

  Argument(std::string_view theirs);
  Argument(const std::string& theirs) : Argument(std::string_view(theirs)) {}
  Argument(const char* theirs) : Argument(std::string_view(theirs)) {}
  Argument(const Words& ours) : en(ours.en), zh(ours.zh) {}
  Argument(std::string_view english, std::string_view chinese);
};

struct Finding {
  const FindingKind* kind = nullptr;
  Where where;
  std::vector<Argument> arguments;

  std::string message(Language language) const;
  std::string hint(Language language) const;
};

/// `tasks.csv:14:5: error: ...` and, on a line of its own, the hint.
std::string to_string(const Finding& finding, Language language);

/// Replaces `{0}`, `{1}` ... by the arguments; a number without an argument stays as it is.
std::string fill(std::string_view sentence, std::span<const std::string> arguments);

/// Collects findings.  A hopeless file may hold millions of mistakes: the first `kMaxKept` are kept
/// with their words, the others are counted.
class Findings {
 public:
  static constexpr std::size_t kMaxKept = 100'000;

  void add(const FindingKind& kind, Where where, std::vector<Argument> arguments = {});
  void add(Finding finding);
  void append(const Findings& others);

  const std::vector<Finding>& kept() const { return kept_; }
  std::size_t num_errors() const { return num_errors_; }
  std::size_t num_warnings() const { return num_warnings_; }
  std::size_t num_dropped() const { return num_dropped_; }
  bool has_errors() const { return num_errors_ > 0; }
  bool is_empty() const { return kept_.empty(); }

  /// In the order of file, line and column, as a reader works through the input.
  void sort();

 private:
  std::vector<Finding> kept_;
  std::size_t num_errors_ = 0;
  std::size_t num_warnings_ = 0;
  std::size_t num_dropped_ = 0;
};

}  // namespace diaodu
