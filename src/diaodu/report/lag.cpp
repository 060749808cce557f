#include "diaodu/report/lag.h"

#include <array>
#include <cstdlib>

#include "diaodu/plan/show.h"
#include "diaodu/report/words.h"

namespace diaodu::report {
namespace {

struct LinkWords {
  const Words& plain;
  const Words& lag;
  const Words& lead;
};

LinkWords words_of(LinkType type) {
  switch (type) {
    case LinkType::finish_to_start:
      return {words::why_fs, words::why_fs_lag, words::why_fs_lead};
    case LinkType::start_to_start:
      return {words::why_ss, words::why_ss_lag, words::why_ss_lead};
    case LinkType::finish_to_finish:
      return {words::why_ff, words::why_ff_lag, words::why_ff_lead};
    case LinkType::start_to_finish:
      return {words::why_sf, words::why_sf_lag, words::why_sf_lead};
  }
  return {words::why_fs, words::why_fs_lag, words::why_fs_lead};
}

}  // namespace

std::string lag_words(const Plan& plan, const Lag& lag, TaskId predecessor, Language language) {
  const std::int64_t amount = std::abs(std::int64_t{lag.amount});
  switch (lag.unit) {
    case Lag::Unit::work:
      return duration(plan, WorkTime{amount}, terms_of(plan, predecessor), language);
    case Lag::Unit::elapsed:
      return show(plan, Elapsed{amount}, language);
    case Lag::Unit::percent:
    case Lag::Unit::elapsed_percent:
      return percentage(static_cast<double>(amount) / 10000, language);
  }
  return {};
}

std::string call(const Plan& plan, TaskId task, Language language, Naming naming) {
  if (naming == Naming::by_name) return quoted(plan, task, language);
  const std::string id = plan.tasks[task].id.str();
  return language == Language::chinese ? ' ' + id + ' ' : id;  // set off from Chinese letters
}

std::string link_line(const Plan& plan, LinkId link, TaskId held, Language language,
                      Naming naming) {
  const Link& row = plan.links[link];
  if (held == row.from && held != row.to) {
    return say(
        words::why_max_lag, language,
        {call(plan, row.to, language, naming), lag_words(plan, row.max_lag, row.from, language)});
  }
  const LinkWords choice = words_of(row.type);
  const Words& sentence = row.lag.amount == 0  ? choice.plain
                          : row.lag.amount > 0 ? choice.lag
                                               : choice.lead;
  std::string line =
      say(sentence, language,
          {call(plan, row.from, language, naming), lag_words(plan, row.lag, row.from, language)});
  if (line.starts_with(' ')) line.erase(0, 1);
  return line;
}

}  // namespace diaodu::report
