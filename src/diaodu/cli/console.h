#pragma once

#include <atomic>
#include <filesystem>
#include <string>

#include "diaodu/cli/options.h"
#include "diaodu/core/finding.h"
#include "diaodu/core/language.h"
#include "diaodu/plan/plan.h"
#include "diaodu/solve/answer.h"
#include "diaodu/track/ledger_error.h"

namespace diaodu::cli {

/// How wide the terminal is (`$COLUMNS` first); 80 in a pipe.  What is asked may be a pipe where the other is none.
int width_of_output();
int width_of_errors();

/// Colours on a terminal, unless `$NO_COLOR` is set.
bool has_colour();

/// Prints findings to stderr, as many as people can read, then how many there are.
void print_findings(const Findings& findings, Language language);

/// A failure: the words on stderr and, with `--json`, a document `{ "error": ..., "exit": ... }` on
/// stdout, so that whoever reads documents gets one.  Returns the status.
int fail(const Options& options, Exit status, const std::string& message);

/// What the disk would not do, for people: `cannot write out/gantt.svg: there is no such folder`.
std::string complaint_of(const std::filesystem::filesystem_error& error, Language language);

/// What a record would not do, for people; whether it was asked wrongly or the world failed.
std::string complaint_of(const track::LedgerError& error, Language language);
Exit status_of(const track::LedgerError& error);

/// From now on a reader of stdout who leaves (`| head`) does not end the program, so that files are written all the same.
void outlive_reader();

/// Ends the program as such a reader does, if one has left and was outlived.
void follow_reader();

/// A file's name as a shell reads it: quoted where it must be.
std::string shell_word(const std::string& word);

/// While it lives, Ctrl-C and SIGTERM set a flag instead of ending the program; a second one ends it.
/// One inside another changes nothing: the outermost decides.
class Interruptible {
 public:
  Interruptible();
  ~Interruptible();
  Interruptible(const Interruptible&) = delete;
  Interruptible& operator=(const Interruptible&) = delete;

  const std::atomic<bool>* flag() const;
};

/// A line on stderr that shows how far a search has got, from its second second on; on a terminal only.
class ProgressLine {
 public:
  ProgressLine(const Plan& plan, Language language, double seconds);
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void show(const solve::Improvement& state);

 private:
  const Plan& plan_;
  Language language_;
  double seconds_;  // the limit, if there is one
  double next_ = 1;
  bool is_terminal_;
  bool is_shown_ = false;
};

}  // namespace diaodu::cli
