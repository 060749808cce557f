#include "diaodu/check/proof.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>
#include <vector>

#include "diaodu/check/replay.h"
#include "diaodu/plan/finding_kinds.h"
#include "diaodu/plan/working_times.h"

namespace diaodu::check {
namespace {

/// The words and numbers of one line.
class Line {
 public:
  explicit Line(std::string_view text) : rest_(text) {}

  bool is_over() {
    skip();
    return rest_.empty();
  }
  std::string_view word() {
    skip();
    const std::string_view found = rest_.substr(0, std::min(rest_.find(' '), rest_.size()));
    rest_.remove_prefix(found.size());
    return found;
  }
  /// A whole number in `[least, most]`.
  std::optional<std::int64_t> number(std::int64_t least, std::int64_t most) {
    std::string_view text = word();
    const auto value = take_number(text);
    if (!value || !text.empty() || *value < least || *value > most) return {};
    return value;
  }
  static std::optional<std::int64_t> take_number(std::string_view& text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{}) return {};
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return value;
  }

 private:
  void skip() {
    while (!rest_.empty() && rest_.front() == ' ') rest_.remove_prefix(1);
  }
  std::string_view rest_;
};

class Checker {
 public:
  Checker(std::istream& log, const std::string& file, const Plan* plan, Findings& findings)
      : log_(log), file_(file), plan_(plan), findings_(findings) {}

  ProofVerdict run() {
    if (!next_line() || text_ != "diaodu-proof 1") {
      complain(found::proof_not_a_log);
      return verdict_;
    }
    bool is_fine = next_line();
    while (is_fine && !is_ended_) {
      is_fine = read(Line(text_));
      if (is_fine && !is_ended_) is_fine = next_line();
    }
    if (is_ended_ && next_line()) {
      complain(found::proof_bad_line, {shown(text_)});
      verdict_.holds = false;
    } else if (!is_ended_ && !has_complained_) {
      complain(found::proof_unfinished);
    }
    if (verdict_.holds && plan_ != nullptr) compare_with_plan();
    return verdict_;
  }

 private:
  static constexpr std::int64_t kMost = ProofProblem::kMost;
  static constexpr std::size_t kMostVariables = 1'000'000;
  static constexpr std::size_t kMostLine = std::size_t{1} << 20;

  /// False at the end, and at a line that no prover would write.
  bool next_line() {
    text_.clear();
    for (int letter = log_.get(); letter != std::istream::traits_type::eof(); letter = log_.get()) {
      if (letter == '\n') {
        ++line_;
        return true;
      }
      if (text_.size() == kMostLine) break;
      text_ += static_cast<char>(letter);
    }
    if (text_.empty()) return false;  // a last line without its end has been cut off
    ++line_;
    return false;
  }

  static std::string shown(std::string_view text) {
    std::string letters(text.substr(0, 40));
    for (char& letter : letters) {
      if (letter < ' ' || letter > '~') letter = '?';
    }
    return letters;
  }

  bool complain(const FindingKind& kind, std::vector<Argument> arguments = {}) {
    findings_.add(kind, {file_, line_, 0}, std::move(arguments));
    has_complained_ = true;
    return false;
  }
  bool bad_line() { return complain(found::proof_bad_line, {shown(text_)}); }

  bool read(Line line) {
    const std::string_view word = line.word();
    if (word == "r") return deduce(line);
    if (word == "l") return learn(line);
    if (word == "d") return forget(line);
    if (word == "u") return assume(line);
    if (word == "q") return conclude(line);
    if (word == "pair") return add_pair(line);
    if (replay_) return bad_line();  // the problem comes first
    if (word == "minutes") return read_minutes(line);
    if (word == "task") return add_variable(line, ProofProblem::Role::task);
    if (word == "gate") return add_variable(line, ProofProblem::Role::gate);
    if (word == "end") return add_variable(line, ProofProblem::Role::end);
    if (word == "link") return add_link(line);
    if (word == "resource") return add_resource(line);
    if (word == "demand") return add_demand(line);
    if (word == "block") return add_block(line);
    return bad_line();
  }

  // --- the problem

  bool read_minutes(Line line) {
    const auto minutes = line.number(1, kMost);
    if (!minutes || !line.is_over()) return bad_line();
    problem_.minutes = *minutes;
    return true;
  }
  bool add_variable(Line line, ProofProblem::Role role) {
    const auto row = line.number(0, kMost);
    const auto duration = line.number(0, kMost);
    const auto earliest = line.number(0, kMost);
    const auto latest = number_or_open(line, -kMost);
    if (!row || !duration || !earliest || !latest || !line.is_over()) return bad_line();
    if (problem_.variables.size() == kMostVariables) return bad_line();
    problem_.variables.push_back(
        {role, static_cast<std::uint32_t>(*row), *duration, *earliest, *latest});
    lines_.variables.push_back(line_);
    return true;
  }
  /// `-` stands for: no end.
  static std::optional<std::int64_t> number_or_open(Line& line, std::int64_t least) {
    Line ahead = line;
    if (ahead.word() != "-") return line.number(least, kMost - 1);
    line = ahead;
    return kMost;
  }
  std::optional<std::uint32_t> variable(Line& line) {
    const auto number = line.number(0, static_cast<std::int64_t>(problem_.variables.size()) - 1);
    if (!number) return {};
    return static_cast<std::uint32_t>(*number);
  }
  std::optional<std::uint32_t> resource(Line& line) {
    const auto number = line.number(0, static_cast<std::int64_t>(problem_.resources.size()) - 1);
    if (!number) return {};
    return static_cast<std::uint32_t>(*number);
  }
  bool add_link(Line line) {
    const auto from = variable(line);
    const auto to = variable(line);
    const auto gap = line.number(-kMost, kMost);
    if (!from || !to || !gap || !line.is_over()) return bad_line();
    problem_.links.push_back({*from, *to, *gap});
    lines_.links.push_back(line_);
    return true;
  }
  bool add_resource(Line line) {
    const auto row = line.number(0, kMost);
    const auto capacity = line.number(0, kMost);
    const auto measure = line.number(1, std::int64_t{1} << 52);
    if (!row || !capacity || !measure || !line.is_over()) return bad_line();
    problem_.resources.push_back({static_cast<std::uint32_t>(*row), *capacity, *measure});
    lines_.resources.push_back(line_);
    return true;
  }
  bool add_demand(Line line) {
    const auto of = variable(line);
    const auto from = resource(line);
    const auto amount = line.number(1, kMost);
    if (!of || !from || !amount || !line.is_over()) return bad_line();
    problem_.demands.push_back({*of, *from, *amount});
    lines_.demands.push_back(line_);
    return true;
  }
  bool add_block(Line line) {
    const auto of = resource(line);
    const auto from = line.number(0, kMost);
    const auto to = number_or_open(line, 0);
    const auto amount = line.number(0, kMost);
    if (!of || !from || !to || !amount || !line.is_over()) return bad_line();
    problem_.blocks.push_back({*of, *from, *to, *amount});
    return true;
  }

  // --- the steps

  Replay& replay() {
    if (!replay_) replay_.emplace(problem_);
    return *replay_;
  }

  bool add_pair(Line line) {
    const auto first = variable(line);
    const auto second = variable(line);
    if (!first || !second || !line.is_over() || is_begun_) return bad_line();
    if (!replay().add_pair(*first, *second)) return complain(found::proof_pair_fits);
    return true;
  }

  bool assume(Line line) {
    const auto end = line.number(-1, kMost);
    if (!end || !line.is_over()) return bad_line();
    least_assumed_ = std::min(least_assumed_, *end);
    replay().require({replay().end(), false, *end});
    if (!is_begun_) replay().follow_links();
    is_begun_ = true;
    is_refuted_ = replay().has_failed();
    return true;
  }

  bool deduce(Line line) {
    if (!is_begun_) return bad_line();
    if (!use_rules(line)) return false;
    is_refuted_ = replay().has_failed();
    return true;
  }

  bool learn(Line line) {
    if (!is_begun_) return bad_line();
    std::vector<ProofAtom> clause;
    for (std::string_view word = line.word(); word != ":"; word = line.word()) {
      const auto atom = read_atom(word);
      if (!atom) return bad_line();
      clause.push_back(*atom);
    }
    Replay& replay = this->replay();
    if (!is_refuted_) {
      replay.mark();
      for (const ProofAtom& atom : clause) replay.require(Replay::opposite(atom));
      const bool is_readable = use_rules(line);
      const bool follows = replay.has_failed();
      replay.back();
      if (!is_readable) return false;
      if (!follows) return complain(found::proof_step_fails);
      if (clause.size() <= 1) {  // it holds for ever
        replay.use_clause(clause);
        is_refuted_ = replay.has_failed();
      }
    }
    ++verdict_.num_clauses;
    clauses_.push_back(std::move(clause));
    return true;
  }

  std::optional<ProofAtom> read_atom(std::string_view word) {
    const auto variable = Line::take_number(word);
    const bool is_least = word.starts_with(">=");
    if (!variable || (!is_least && !word.starts_with("<="))) return {};
    word.remove_prefix(2);
    const auto value = Line::take_number(word);
    if (!value || !word.empty() || *variable < 0 ||
        *variable >= static_cast<std::int64_t>(replay().num_variables()) || *value > 2 * kMost ||
        *value < -2 * kMost)
      return {};
    return ProofAtom{static_cast<std::uint32_t>(*variable), is_least, *value};
  }

  /// The rules named in the rest of the line, until one fails.  False at something else.
  bool use_rules(Line& line) {
    while (!line.is_over()) {
      std::string_view word = line.word();
      const char rule = word.front();
      word.remove_prefix(1);
      std::int64_t numbers[3] = {};
      const std::size_t wanted = rule == 'e' ? 3 : rule == 't' ? 2 : 1;
      for (std::size_t i = 0; i < wanted; ++i) {
        if (i > 0 && !word.starts_with(':')) return bad_line();
        if (i > 0) word.remove_prefix(1);
        const auto number = Line::take_number(word);
        if (!number || *number < (i == 0 ? 0 : -kMost) || *number > 2 * kMost) return bad_line();
        numbers[i] = *number;
      }
      if (!word.empty() || !use_rule(rule, numbers)) return bad_line();
      ++verdict_.num_rules;
    }
    return true;
  }

  bool use_rule(char rule, const std::int64_t (&numbers)[3]) {
    Replay& replay = this->replay();
    const auto number = static_cast<std::size_t>(numbers[0]);
    const bool is_needed = !replay.has_failed();
    switch (rule) {
      case 'a':
        if (number >= replay.num_arcs()) return false;
        if (is_needed) replay.use_arc(number);
        return true;
      case 'c':
        // A clause that was dropped is not there any more.
        if (number == 0 || number > clauses_.size() || clauses_[number - 1].empty()) return false;
        if (is_needed) replay.use_clause(clauses_[number - 1]);
        return true;
      case 't':
        if (number >= replay.num_resources()) return false;
        if (is_needed) replay.use_timetable(number, numbers[1]);
        return true;
      case 'e':
        if (number >= replay.num_resources()) return false;
        if (is_needed) replay.use_energy(number, numbers[1], numbers[2]);
        return true;
      default:
        return false;
    }
  }

  bool forget(Line line) {
    const auto number = line.number(1, static_cast<std::int64_t>(clauses_.size()));
    if (!number || !line.is_over()) return bad_line();
    std::vector<ProofAtom>().swap(clauses_[static_cast<std::size_t>(*number) - 1]);
    return true;
  }

  bool conclude(Line line) {
    if (!is_begun_) return bad_line();
    is_ended_ = true;
    const std::string_view word = line.word();
    const bool claims_none = word == "infeasible";
    std::string_view text = word;
    const auto claimed = claims_none ? std::optional<std::int64_t>{0} : Line::take_number(text);
    if (!claimed || !line.is_over() || (!claims_none && !text.empty())) return bad_line();
    // What follows from `end <= least_assumed_` alone says that schedules end later than that.
    const std::int64_t proven = is_refuted_
                                    ? least_assumed_ + 1
                                    : std::min(replay().least(replay().end()), least_assumed_ + 1);
    const bool is_none = is_refuted_ && least_assumed_ >= problem_.horizon();
    if (claims_none ? !is_none : *claimed > proven) {
      return complain(found::proof_claims_too_much, {std::to_string(proven)});
    }
    verdict_.holds = true;
    verdict_.is_infeasible = claims_none;
    verdict_.bound = claims_none ? proven : *claimed;
    verdict_.minutes = problem_.minutes;
    return true;
  }

  void compare_with_plan() {
    const Tie found = tie(problem_, lines_, *plan_);
    switch (found.kind) {
      case Tie::Kind::holds:
        verdict_.is_of_plan = true;
        verdict_.finish = found.calendar.advance(
            found.origin, WorkTime{std::max<std::int64_t>(0, verdict_.bound) * problem_.minutes});
        break;
      case Tie::Kind::too_strict:
        verdict_.holds = false;
        line_ = found.line;
        complain(found::proof_of_other_plan);
        break;
      case Tie::Kind::unknown:
        findings_.add(found::proof_not_compared, {file_, 0, 0}, {name_of(found.obstacle)});
        break;
    }
  }

  static Words name_of(Tie::Obstacle obstacle) {
    switch (obstacle) {
      case Tie::Obstacle::calendars:
        return {"tasks on several calendars", "使用多种日历的任务"};
      case Tie::Obstacle::modes:
        return {"tasks with a choice of modes", "可选多种模式的任务"};
      case Tie::Obstacle::progress:
        return {"tasks that have begun", "已开始的任务"};
      case Tie::Obstacle::mandatory_dates:
        return {"mandatory dates", "强制日期"};
      case Tie::Obstacle::optional_tasks:
        return {"optional tasks", "可选任务"};
    }
    return {};
  }

  std::istream& log_;
  const std::string& file_;
  const Plan* plan_;
  Findings& findings_;
  std::string text_;
  int line_ = 0;
  ProofProblem problem_;
  ProofLines lines_;
  std::optional<Replay> replay_;
  std::vector<std::vector<ProofAtom>> clauses_;  // empty: dropped
  std::int64_t least_assumed_ = kMost;
  bool is_begun_ = false;
  bool is_refuted_ = false;
  bool is_ended_ = false;
  bool has_complained_ = false;
  ProofVerdict verdict_;
};

}  // namespace

ProofVerdict check_proof(std::istream& log, const std::string& file, Findings& findings) {
  return Checker(log, file, nullptr, findings).run();
}

ProofVerdict check_proof(std::istream& log, const std::string& file, const Plan& plan,
                         Findings& findings) {
  return Checker(log, file, &plan, findings).run();
}

}  // namespace diaodu::check
