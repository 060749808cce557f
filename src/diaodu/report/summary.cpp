#include "diaodu/report/summary.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "diaodu/check/schedule_check.h"
#include "diaodu/core/decimal.h"
#include "diaodu/plan/show.h"
#include "diaodu/plan/tree.h"
#include "diaodu/report/load.h"
#include "diaodu/report/milestones.h"
#include "diaodu/report/objectives.h"
#include "diaodu/report/reason.h"
#include "diaodu/report/terminal.h"
#include "diaodu/report/time_axis.h"
#include "diaodu/report/verdict.h"
#include "diaodu/report/words.h"

namespace diaodu::report {
namespace {

using solve::Answer;
using solve::LowerBound;

// How much of each list the page shows.
constexpr std::size_t kMostMilestones = 5;
constexpr std::size_t kMostChain = 8;
constexpr std::size_t kMostResources = 5;
constexpr std::size_t kMostFindings = 3;

/// Everything the sections need to know.
struct Page {
  const Plan& plan;
  const Answer& answer;
  Language language;
  int width;
  Ink ink;

  std::string in_words(const Words& sentence,
                       std::initializer_list<std::string> arguments = {}) const {
    return say(sentence, language, arguments);
  }
  std::string heading(const std::string& text) const {
    return '\n' + ink.bold(fit(text, width)) + '\n';
  }
  std::string more(std::size_t count) const {
    if (count == 0) return {};
    return "  " + ink.faint(fit(in_words(words::and_more, {std::to_string(count)}), width - 2)) +
           '\n';
  }
  std::string name(TaskId task) const {
    return std::string(display_name(plan.tasks[task], language));
  }
};

std::string quality(const Answer& answer, Language language) {
  if (answer.status == solve::Status::infeasible) return say(words::breaks_limits, language);
  if (!answer.is_levelled) return say(words::by_links, language);
  return say(answer.status == solve::Status::optimal ? words::proven : words::not_proven, language);
}

std::string top(const Page& page) {
  const Answer& answer = page.answer;
  std::string lines;
  const std::string title{title_of(page.plan, page.language)};
  const auto count = [&page](std::size_t number, const Words& one, const Words& several) {
    return counted(number, one, several, page.language);
  };
  const std::string size =
      count(page.plan.tasks.size(), words::one_task, words::num_tasks) + " · " +
      count(page.plan.links.size(), words::one_link, words::num_links) + " · " +
      count(page.plan.resources.size(), words::one_resource, words::num_resources);
  const int room = page.width - display_width(size) - 2;
  if (title.empty() || room < 8) {
    if (!title.empty()) lines += page.ink.bold(fit(title, page.width)) + '\n';
    lines += page.ink.faint(fit(size, page.width)) + '\n';
  } else {
    lines += page.ink.bold(pad(title, room)) + "  " + page.ink.faint(size) + '\n';
  }
  const std::string head = fit(headline(page.plan, answer, page.language), page.width);
  switch (answer.status) {
    case solve::Status::optimal:
      return lines + page.ink.bold(page.ink.good(head)) + '\n';
    case solve::Status::feasible:
      return lines + page.ink.bold(head) + '\n';
    case solve::Status::infeasible:
    case solve::Status::unknown:
      return lines + page.ink.bold(page.ink.warm(head)) + '\n';
  }
  return lines;
}

/// What follows from the status: the length, the gap, the proof; or why there are no dates.
std::string verdict(const Page& page) {
  const Plan& plan = page.plan;
  const Answer& answer = page.answer;
  std::vector<std::string> sentences = {trouble_words(plan, answer, page.language),
                                        gap_words(plan, answer, page.language)};
  if (answer.was_cancelled) sentences.push_back(page.in_words(words::cancelled));
  std::string lines;
  if (answer.has_schedule) {
    std::string facts = length_words(plan, answer, page.language);
    const Money money = check::cost(plan, answer.schedule);
    if (money != Money{}) {
      facts += " · " + page.in_words(words::costs, {money_words(money), plan.currency});
    }
    lines += paragraph(facts, page.width, 2);
  }
  return lines + paragraph(joined_sentences(sentences, page.language), page.width, 2);
}

std::string objective_section(const Page& page) {
  if (!has_objectives_to_tell(page.answer) && page.answer.baseline.empty()) return {};
  TextTable table({{"", Align::left, false}, {"", Align::left, false}, {"", Align::left, true}});
  for (const ObjectiveRow& row : objective_rows(page.plan, page.answer, page.language)) {
    table.add({row.name, row.value, row.is_proven ? page.ink.good(row.proof) : row.proof});
  }
  std::vector<std::string> sentences;
  if (page.answer.objectives.size() > 1) sentences.push_back(page.in_words(words::objective_terms));
  if (!page.answer.baseline.empty())
    sentences.push_back(moves_in_words(page.plan, page.answer.moves, page.language));
  return page.heading(page.in_words(words::objectives)) + table.str(page.width, 2, page.ink) +
         paragraph(joined_sentences(sentences, page.language), page.width, 2);
}

std::string proof(const Page& page) {
  std::string why = proof_words(page.plan, page.answer, page.language);
  if (why.empty()) return {};
  if (const auto verdict = page.answer.bound_verdict) {
    const bool is_verified = *verdict == check::BoundVerdict::verified;
    const auto& phrase = is_verified ? words::bound_verified : words::bound_not_verified;
    const std::vector<std::string> sentences = {why, page.in_words(phrase)};
    why = joined_sentences(sentences, page.language);
  }
  return page.heading(page.in_words(words::why_no_earlier)) + paragraph(why, page.width, 2);
}

/// Milestones that miss their deadlines come first where not all can be shown.
std::vector<TaskId> most_telling(const Page& page, std::vector<TaskId> all) {
  const auto& placements = page.answer.schedule.placements;
  if (all.size() <= kMostMilestones) return all;
  const auto rank = [&](TaskId task) {
    const Task& row = page.plan.tasks[task];
    return is_missed(row, placements[task]) ? 0 : has_deadline(row) ? 1 : 2;
  };
  const TaskId last = all.back();
  std::stable_sort(all.begin(), all.end() - 1,
                   [&](TaskId a, TaskId b) { return rank(a) < rank(b); });
  all.resize(kMostMilestones - 1);
  all.push_back(last);
  std::stable_sort(all.begin(), all.end(),
                   [&](TaskId a, TaskId b) { return placements[a].finish < placements[b].finish; });
  return all;
}

std::string milestone_section(const Page& page) {
  const std::vector<TaskId> all = milestones(page.plan, page.answer.schedule);
  if (all.empty()) return {};
  const std::vector<TaskId> shown = most_telling(page, all);
  TextTable table({{"", Align::left, false},
                   {"", Align::left, true},
                   {"", Align::left, false},
                   {"", Align::left, true}});
  for (const TaskId task : shown) {
    const Placement& placed = page.answer.schedule.placements[task];
    const bool missed = is_missed(page.plan.tasks[task], placed);
    const std::string deadline = deadline_words(page.plan, task, placed, page.language);
    table.add({page.plan.tasks[task].is_milestone() ? "◆" : "▬", page.name(task),
               show(page.plan, placed.finish),
               missed ? page.ink.warm(deadline) : page.ink.good(deadline)});
  }
  return page.heading(page.in_words(words::deadlines)) + table.str(page.width, 2, page.ink) +
         page.more(all.size() - shown.size());
}

std::string chain_section(const Page& page) {
  const std::vector<TaskId>& chain = page.answer.critical_chain;
  if (chain.empty()) return {};
  TextTable table({{page.in_words(words::id), Align::left, true},
                   {page.in_words(words::task), Align::left, true},
                   {page.in_words(words::start), Align::left, false},
                   {page.in_words(words::finish_column), Align::left, false},
                   {page.in_words(words::why), Align::left, true}});
  // The beginning and the end tell most; what is left out lies between.
  const bool is_cut = chain.size() > kMostChain + 1;
  const std::size_t head = is_cut ? (kMostChain + 1) / 2 : chain.size();
  std::size_t tail = is_cut ? chain.size() - kMostChain / 2 : chain.size();
  const auto date = [&](Instant instant, bool is_end) {
    const std::string text = is_end ? show_end(page.plan, instant) : show(page.plan, instant);
    return page.width < 100 && text.size() == 16 ? text.substr(0, 10) : text;  // the day will do
  };
  for (std::size_t i = 0; i < chain.size(); ++i) {
    if (i >= head && i < tail) {
      table.add(
          {"", page.ink.faint(page.in_words(words::and_more, {std::to_string(tail - head)}))});
      i = tail - 1;
      continue;
    }
    const Placement& placed = page.answer.schedule.placements[chain[i]];
    table.add({page.plan.tasks[chain[i]].id.str(), page.name(chain[i]),
               date(placed.start, page.plan.tasks[chain[i]].kind == TaskKind::finish_milestone),
               date(placed.finish, page.plan.tasks[chain[i]].kind != TaskKind::start_milestone),
               why_brief(page.plan, page.answer, chain[i], page.language)});
  }
  return page.heading(counted(chain.size(), words::critical_chain_of_one, words::critical_chain_of,
                              page.language)) +
         table.str(page.width, 2, page.ink);
}

std::string overload_section(const Page& page) {
  const std::vector<Overload> all = overloads(page.plan, page.answer.schedule);
  if (all.empty()) return {};
  std::string lines = page.heading(page.in_words(words::overloads)) +
                      paragraph(page.in_words(words::overload_first), page.width, 2);
  TextTable table({{"", Align::left, true},
                   {"", Align::left, false},
                   {"", Align::left, false},
                   {"", Align::left, true}});
  const std::size_t shown = std::min(all.size(), kMostResources);
  for (std::size_t i = 0; i < shown; ++i) {
    const Overload& overload = all[i];
    const Words& sentence = page.plan.is_abstract ? words::over_periods : words::over_on;
    table.add({std::string(display_name(page.plan.resources[overload.resource], page.language)),
               page.ink.warm(page.in_words(
                   sentence, {std::to_string(overload.num_days), to_string(overload.used),
                              to_string(overload.capacity)})),
               show(page.plan, overload.when), names_of(page.plan, overload.tasks, page.language)});
  }
  return lines + table.str(page.width, 2, page.ink) + page.more(all.size() - shown);
}

std::string utilisation_bar(double share) {
  constexpr int kCells = 10;
  std::string bar;
  const int filled = std::clamp(static_cast<int>(std::lround(share * kCells)), 0, kCells);
  for (int i = 0; i < kCells; ++i) bar += i < filled ? "█" : "░";
  return bar;
}

std::string resource_section(const Page& page) {
  const Plan& plan = page.plan;
  const Table<ResourceId, ResourceLoad> loads = resource_loads(plan, page.answer.schedule);
  std::vector<ResourceId> used;
  for (ResourceId resource : plan.resources.ids()) {
    const bool is_limited = plan.resources[resource].capacity < kUnlimited;
    if (loads[resource].is_used() && is_limited) used.push_back(resource);
  }
  if (used.empty()) return {};
  std::stable_sort(used.begin(), used.end(), [&](ResourceId a, ResourceId b) {
    return loads[a].utilisation() > loads[b].utilisation();
  });
  TextTable table({{page.in_words(words::resource), Align::left, true},
                   {page.in_words(words::used), Align::right, false},
                   {"", Align::left, false},
                   {page.in_words(words::peak), Align::right, false},
                   {page.in_words(plan.is_abstract ? words::full_periods : words::full_days),
                    Align::right, false}});
  const std::size_t shown = std::min(used.size(), kMostResources);
  const Scale scale = plan.is_abstract ? Scale::period : Scale::day;
  for (std::size_t i = 0; i < shown; ++i) {
    const ResourceLoad& load = loads[used[i]];
    const auto days = in_buckets(load, divisions(plan, load.during, scale));
    const auto full =
        std::count_if(days.begin(), days.end(), [](const Bucket& day) { return day.is_full(); });
    const auto open = std::count_if(days.begin(), days.end(),
                                    [](const Bucket& day) { return day.offered > Effort{}; });
    const std::string share = whole_percentage(load.utilisation(), page.language);
    table.add({std::string(display_name(plan.resources[used[i]], page.language)),
               load.utilisation() >= 0.95 ? page.ink.amber(share) : share,
               page.ink.faint(utilisation_bar(load.utilisation())),
               to_string(load.peak) + '/' + to_string(plan.resources[used[i]].capacity),
               std::to_string(full) + '/' + std::to_string(open)});
  }
  return page.heading(page.in_words(words::tightest_resources)) +
         table.str(page.width, 2, page.ink) + page.more(used.size() - shown);
}

std::string finding_section(const Page& page) {
  const Findings& findings = page.answer.findings;
  if (findings.is_empty()) return {};
  const std::size_t all = findings.kept().size() + findings.num_dropped();
  const std::size_t notes = all - findings.num_errors() - findings.num_warnings();
  std::vector<std::string> counts;
  const auto count = [&](std::size_t number, const Words& one, const Words& several) {
    if (number > 0) counts.push_back(counted(number, one, several, page.language));
  };
  count(findings.num_errors(), words::one_error, words::num_errors);
  count(findings.num_warnings(), words::one_warning, words::num_warnings);
  count(notes, words::one_note, words::num_notes);
  std::string lines =
      page.heading(page.in_words(words::findings_counted, {joined(counts, page.language)}));
  std::vector<const Finding*> sorted;
  for (const Finding& finding : findings.kept()) sorted.push_back(&finding);
  std::stable_sort(sorted.begin(), sorted.end(), [](const Finding* a, const Finding* b) {
    return a->kind->severity > b->kind->severity;
  });
  const std::size_t shown = std::min(sorted.size(), kMostFindings);
  for (std::size_t i = 0; i < shown; ++i) {
    const std::string place = place_of(sorted[i]->where);
    lines += paragraph((place.empty() ? "" : place + ": ") + sorted[i]->message(page.language),
                       page.width, 2);
  }
  return lines + page.more(all - shown);
}

}  // namespace

std::string headline(const Plan& plan, const Answer& answer, Language language) {
  if (!answer.has_schedule) {
    return say(answer.status == solve::Status::infeasible ? words::no_schedule_exists
                                                          : words::no_schedule_found,
               language);
  }
  return say(words::finish, language, {show_with_weekday(plan, answer.finish, language)}) + " — " +
         quality(answer, language);
}

std::string why_no_earlier(const Plan& plan, const Answer& answer, Language language) {
  const LowerBound& bound = answer.bound;
  const std::string finish = show(plan, bound.finish);
  switch (bound.kind) {
    case LowerBound::Kind::critical_path:
      if (bound.tasks.size() < 2) return say(words::bound_critical_path, language, {finish});
      return say(
          words::bound_critical_path_of, language,
          {finish, std::to_string(bound.tasks.size()), quoted(plan, bound.tasks.front(), language),
           quoted(plan, bound.tasks.back(), language)});
    case LowerBound::Kind::resource_load: {
      const NamedCalendar& terms = terms_of(plan, bound.resource);
      const auto work = [&](Effort effort) {
        return duration(plan, WorkTime{effort.count() / kOne.count()}, terms, language);
      };
      const auto& phrase =
          bound.hours_of.empty() ? words::bound_resource_load : words::bound_resource_hours;
      std::vector<std::string> sentences = {
          say(phrase, language,
              {quoted(plan, bound.resource, language), work(bound.work),
               show(plan, bound.during.from), show(plan, bound.during.to), work(bound.room),
               names_of(plan, bound.hours_of, language)})};
      if (!bound.tasks.empty()) {
        sentences.push_back(
            say(words::bound_resource_tasks, language, {names_of(plan, bound.tasks, language)}));
      }
      return joined_sentences(sentences, language);
    }
    case LowerBound::Kind::packing: {
      const NamedCalendar& terms = plan.calendars[plan.calendar];
      const auto weighed = [&](Effort effort) {
        return duration(plan, WorkTime{effort.count() / bound.limit}, terms, language);
      };
      const std::vector<std::string> sentences = {
          say(words::bound_packing, language,
              {std::to_string(bound.tasks.size()), weighed(bound.work),
               show(plan, bound.during.from), show(plan, bound.during.to), weighed(bound.room)}),
          say(words::bound_resource_tasks, language, {names_of(plan, bound.tasks, language)})};
      return joined_sentences(sentences, language);
    }
    case LowerBound::Kind::search:
      return say(words::bound_search, language, {finish});
  }
  return {};
}

std::string about_proof_log(const Plan& plan, const Answer& answer, const std::string& file,
                            Language language) {
  using Kind = solve::ProofOutcome::Kind;
  const solve::ProofOutcome& log = answer.proof_log;
  const std::string size = std::to_string((log.bytes + 1023) / 1024) + " KiB";
  switch (log.kind) {
    case Kind::written:
      return say(log.is_infeasible ? words::proof_log_infeasible : words::proof_log_finish,
                 language, {file, size, show(plan, log.finish)});
    case Kind::cut:
      return say(words::proof_log_cut, language, {file, size, show(plan, log.finish)});
    case Kind::form:
      return say(words::proof_log_form, language);
    case Kind::size:
      return say(words::proof_log_size, language);
    case Kind::links_alone:
    case Kind::not_asked:
      break;
  }
  return say(words::proof_log_links_alone, language);
}

std::string summary(const Plan& plan, const Answer& answer, Language language, int width,
                    bool has_colour) {
  const Page page{plan, answer, language, width, Ink{has_colour}};
  std::string lines = top(page) + verdict(page);
  if (answer.status == solve::Status::infeasible) lines += finding_section(page);
  if (answer.has_schedule) {
    lines += objective_section(page);
    lines += proof(page);
    lines += milestone_section(page);
    lines += chain_section(page);
    lines += answer.is_levelled ? resource_section(page) : overload_section(page);
  }
  if (answer.status != solve::Status::infeasible) lines += finding_section(page);
  return lines;
}

}  // namespace diaodu::report
