#include <algorithm>
#include <optional>
#include <vector>

#include "diaodu/plan/show.h"
#include "diaodu/report/lag.h"
#include "diaodu/report/reason.h"
#include "diaodu/report/terminal.h"
#include "diaodu/report/words.h"

namespace diaodu::report {
namespace {

using solve::Answer;
using solve::Reason;

constexpr std::size_t kMostSteps = 40;

/// What the story is told of.
struct Teller {
  const Plan& plan;
  const Answer& answer;
  Language language;

  std::string in_words(const Words& sentence,
                       std::initializer_list<std::string> arguments = {}) const {
    return say(sentence, language, arguments);
  }
  std::string name(TaskId task) const { return quoted(plan, task, language); }
  std::string date(Instant instant) const { return show_with_weekday(plan, instant, language); }
  std::string title(TaskId task) const {
    return in_words(words::story_title, {name(task), plan.tasks[task].id.str()});
  }
  const Placement& placed(TaskId task) const { return answer.schedule.placements[task]; }
};

std::string link_sentences(const Teller& tell, TaskId task, const Reason& reason) {
  const Link& link = tell.plan.links[reason.link];
  std::vector<std::string> sentences = {
      tell.in_words(words::story_link, {link_line(tell.plan, reason.link, task, tell.language)})};
  const TaskId by = reason.by;
  if (by && by == link.from && tell.placed(by).is_scheduled) {
    const bool is_start = leaves_from_start(link.type);
    sentences.push_back(tell.in_words(
        is_start ? words::story_begins : words::story_ends,
        {tell.name(by), tell.date(is_start ? tell.placed(by).start : tell.placed(by).finish)}));
  }
  return joined_sentences(sentences, tell.language);
}

std::string resource_sentence(const Teller& tell, const Reason& reason) {
  const std::string resource = quoted(tell.plan, reason.resource, tell.language);
  if (reason.tasks.empty()) {
    return tell.in_words(words::story_resource_away, {resource, tell.date(reason.date)});
  }
  return tell.in_words(
      words::story_resource,
      {resource, names_of(tell.plan, reason.tasks, tell.language, 4), tell.date(reason.date)});
}

std::string step_sentences(const Teller& tell, TaskId task) {
  const Reason& reason = tell.answer.reasons[task];
  const std::string start = tell.date(tell.placed(task).start);
  std::string sentence;
  switch (reason.kind) {
    case Reason::Kind::plan_start:
      sentence = tell.in_words(words::story_plan_start, {tell.date(tell.plan.start)});
      break;
    case Reason::Kind::data_date:
      sentence = tell.in_words(words::story_data_date,
                               {tell.date(tell.plan.data_date.value_or(tell.plan.start))});
      break;
    case Reason::Kind::link:
      sentence = link_sentences(tell, task, reason);
      break;
    case Reason::Kind::resource:
      sentence = resource_sentence(tell, reason);
      break;
    case Reason::Kind::calendar:
      return tell.in_words(words::story_calendar, {tell.date(reason.date), start});
    case Reason::Kind::start_date:
      sentence = tell.in_words(words::story_start_date, {tell.date(reason.date)});
      break;
    case Reason::Kind::finish_date:
      sentence = tell.in_words(words::story_finish_date, {tell.date(reason.date)});
      break;
    case Reason::Kind::mandatory:
      sentence = tell.in_words(words::story_mandatory, {tell.date(reason.date)});
      break;
    case Reason::Kind::as_late_as_possible:
      return tell.in_words(words::story_as_late);
    case Reason::Kind::record:
      return tell.in_words(words::story_record);
    case Reason::Kind::children:
      return reason.by ? tell.in_words(words::story_children, {tell.name(reason.by)})
                       : tell.in_words(words::why_children_none);
    case Reason::Kind::choice:
      return tell.in_words(words::story_choice);
    case Reason::Kind::baseline:
      return tell.in_words(words::story_baseline);
    case Reason::Kind::left_out:
      return tell.in_words(words::story_left_out);
  }
  if (!reason.waits_for_calendar) return sentence;
  const std::string wait = tell.in_words(words::story_wait, {start});
  return joined_sentences(std::vector<std::string>{sentence, wait}, tell.language);
}

std::string float_sentence(const Teller& tell, TaskId task) {
  const solve::TaskDates& dates = tell.answer.dates[task];
  if (!dates.has_float) return {};
  const NamedCalendar& terms = terms_of(tell.plan, task);
  const auto time = [&](WorkTime work) { return duration(tell.plan, work, terms, tell.language); };
  const WorkTime zero;
  if (dates.total_float < zero) {
    return tell.in_words(words::story_late_float, {time(-dates.total_float)});
  }
  if (dates.total_float == zero) return tell.in_words(words::story_no_float);
  if (dates.is_critical) {
    return tell.in_words(words::story_critical_float, {time(dates.total_float)});
  }
  if (dates.free_float == zero)
    return tell.in_words(words::story_float_none_free, {time(dates.total_float)});
  if (dates.free_float == dates.total_float)
    return tell.in_words(words::story_float_all_free, {time(dates.total_float)});
  return tell.in_words(words::story_float, {time(dates.total_float), time(dates.free_float)});
}

/// What would take away what holds the task; empty when it needs nothing more than what was said.
std::string remedy(const Teller& tell, TaskId task) {
  const Reason& reason = tell.answer.reasons[task];
  const auto resource = [&] { return quoted(tell.plan, reason.resource, tell.language); };
  switch (reason.kind) {
    case Reason::Kind::plan_start:
      return tell.in_words(words::earlier_start);
    case Reason::Kind::data_date:
      return tell.in_words(words::earlier_data_date);
    case Reason::Kind::link: {
      const Link& link = tell.plan.links[reason.link];
      if (task == link.from) {
        return tell.in_words(
            words::earlier_max_lag,
            {tell.name(link.to), lag_words(tell.plan, link.max_lag, link.from, tell.language)});
      }
      if (link.lag.amount > 0) {
        return tell.in_words(
            words::earlier_lag,
            {tell.name(link.from), lag_words(tell.plan, link.lag, link.from, tell.language)});
      }
      return tell.in_words(
          leaves_from_start(link.type) ? words::earlier_link_start : words::earlier_link,
          {tell.name(link.from)});
    }
    case Reason::Kind::resource:
      if (reason.tasks.empty()) return tell.in_words(words::earlier_more_only, {resource()});
      return tell.in_words(words::earlier_more,
                           {resource(), names_of(tell.plan, reason.tasks, tell.language, 3)});
    case Reason::Kind::calendar:
      return tell.in_words(words::earlier_calendar, {tell.date(reason.date)});
    case Reason::Kind::start_date:
    case Reason::Kind::finish_date:
    case Reason::Kind::mandatory:
      return tell.in_words(words::earlier_date, {tell.date(reason.date)});
    case Reason::Kind::record:
      return tell.in_words(words::earlier_record);
    case Reason::Kind::children:
      return reason.by ? tell.in_words(words::earlier_child, {tell.name(reason.by)})
                       : std::string();
    case Reason::Kind::choice:
      return tell.in_words(words::earlier_choice);
    case Reason::Kind::baseline:
      return tell.in_words(words::earlier_baseline);
    case Reason::Kind::as_late_as_possible:
    case Reason::Kind::left_out:
      return {};
  }
  return {};
}

/// Reasons that end a chain of links: something there can be given more of, or moved.
bool is_root(Reason::Kind kind) {
  return kind == Reason::Kind::resource || kind == Reason::Kind::start_date ||
         kind == Reason::Kind::finish_date || kind == Reason::Kind::mandatory;
}

std::vector<std::string> remedies(const Teller& tell, const std::vector<TaskId>& chain) {
  std::vector<std::string> found;
  const TaskId task = chain.front();
  const solve::TaskDates& dates = tell.answer.dates[task];
  const Reason::Kind kind = tell.answer.reasons[task].kind;
  if (dates.earliest_start < tell.placed(task).start && kind != Reason::Kind::record) {
    found.push_back(tell.in_words(words::earlier_by_links, {tell.date(dates.earliest_start)}));
  }
  found.push_back(remedy(tell, task));
  const auto root = std::find_if(chain.begin() + 1, chain.end(), [&](TaskId each) {
    return is_root(tell.answer.reasons[each].kind);
  });
  if (root != chain.end() && !is_root(kind)) {
    found.push_back(tell.in_words(words::earlier_further, {tell.name(*root), remedy(tell, *root)}));
  }
  std::erase_if(found, [](const std::string& text) { return text.empty(); });
  return found;
}

/// A line of its own with a mark in front; what does not fit follows below, indented.
std::string item(std::string_view mark, std::string_view text, int width) {
  const int indent = 2 + display_width(mark) + 1;
  std::string lines = paragraph(text, width, indent);
  const std::string begin = "  " + std::string(mark) + ' ';
  if (lines.empty()) return {};
  return lines.replace(0, static_cast<std::size_t>(indent), begin);
}

}  // namespace

std::string why_story(const Plan& plan, const Answer& answer, TaskId task, Language language,
                      int width) {
  const Teller tell{plan, answer, language};
  std::string story = paragraph(tell.title(task), width, 0);
  if (!answer.has_schedule) {
    return story + paragraph(tell.in_words(words::story_no_dates), width, 2);
  }
  if (!tell.placed(task).is_scheduled) {
    return story + paragraph(tell.in_words(words::story_left_out), width, 2);
  }
  story += paragraph(tell.in_words(words::story_dates, {tell.date(tell.placed(task).start),
                                                        tell.date(tell.placed(task).finish)}),
                     width, 2);
  story += paragraph(float_sentence(tell, task), width, 2);

  const std::vector<TaskId> chain = chain_back(answer, task);
  story += '\n' + paragraph(tell.in_words(words::story_steps), width, 0);
  const std::size_t shown = std::min(chain.size(), kMostSteps);
  for (std::size_t i = 0; i < shown; ++i) {
    const std::string date = tell.date(tell.placed(chain[i]).start);
    story += item(std::to_string(i + 1) + (i < 9 ? ". " : "."), date + " · " + tell.title(chain[i]),
                  width);
    story += paragraph(step_sentences(tell, chain[i]), width, 6);
  }
  if (shown < chain.size()) {
    story +=
        paragraph(tell.in_words(words::and_more, {std::to_string(chain.size() - shown)}), width, 6);
  }
  const std::vector<std::string> ways = remedies(tell, chain);
  if (ways.empty()) return story;
  story += '\n' + paragraph(tell.in_words(words::story_earlier), width, 0);
  for (const std::string& way : ways) story += item("•", way, width);
  return story;
}

}  // namespace diaodu::report
