#include "diaodu/report/gantt_text.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "diaodu/plan/tree.h"
#include "diaodu/report/gantt_rows.h"
#include "diaodu/report/terminal.h"
#include "diaodu/report/time_axis.h"
#include "diaodu/report/words.h"

namespace diaodu::report {
namespace {

constexpr int kIndentColumns = 2;
constexpr int kDeepestIndent = 40;  // levels; where names leave every screen
constexpr int kLeastChart = 10;     // columns

/// The letters that bars are drawn with.
struct Letters {
  std::string_view critical, ordinary, milestone, left, middle, right, rest, data_date, tick;
};
constexpr Letters kBlocks = {"█", "▒", "◆", "┌", "─", "┐", "·", "┊", "│"};
constexpr Letters kAscii = {"#", "=", "*", "[", "-", "]", ".", ":", "|"};

class Chart {
 public:
  Chart(const Plan& plan, const solve::Answer& answer, const GanttTextOptions& options)
      : plan_(plan),
        answer_(answer),
        options_(options),
        ink_{options.has_colour},
        letters_(options.is_ascii ? kAscii : kBlocks),
        chosen_(gantt_rows(plan, answer, options.max_rows)),
        range_(gantt_range(plan, answer)) {
    int widest = 0;
    for (const GanttRows::Row& row : chosen_.rows)
      widest = std::max(widest, display_width(label(row)));
    names_ = std::clamp(widest, 8, std::max(8, options.width * 2 / 5));
    cells_ = std::max(kLeastChart, options.width - names_ - 1);
    range_ = {beginning(plan, range_.from, plan.is_abstract ? Scale::period : Scale::day),
              plan.is_abstract ? range_.to : next(plan, range_.to - Elapsed{1}, Scale::day)};
    is_rest_ = rest_cells();
  }

  std::string str() const {
    std::string lines = axis_lines();
    for (const GanttRows::Row& row : chosen_.rows) lines += bar_line(row);
    if (chosen_.num_left_out > 0) {
      const std::string more =
          say(words::and_more, options_.language, {std::to_string(chosen_.num_left_out)});
      lines += ink_.faint(fit(more, options_.width)) + '\n';
    }
    return lines + ink_.faint(fit(legend(), options_.width)) + '\n';
  }

 private:
  std::string label(const GanttRows::Row& row) const {
    const int depth = std::min(row.depth, kDeepestIndent);
    return std::string(static_cast<std::size_t>(depth * kIndentColumns), ' ') +
           in_line(display_name(plan_.tasks[row.task], options_.language));
  }

  /// The instant at which cell number `cell` begins.
  Instant at(int cell) const {
    return range_.from + Elapsed{range_.length().count() * cell / cells_};
  }
  /// The cell that the instant lies in.
  int cell_of(Instant instant) const {
    const std::int64_t minutes = (instant - range_.from).count();
    const std::int64_t cell = minutes * cells_ / range_.length().count();
    return static_cast<int>(std::clamp<std::int64_t>(cell, 0, cells_ - 1));
  }

  /// Cells in which the plan's calendar never works; none where a cell is longer than a day.
  std::vector<char> rest_cells() const {
    std::vector<char> rests(static_cast<std::size_t>(cells_), 0);
    if (plan_.is_abstract || !plan_.calendar) return rests;
    if (range_.length().count() / cells_ > kMinutesPerDay) return rests;
    const Calendar& calendar = plan_.calendars[plan_.calendar].calendar;
    for (int cell = 0; cell < cells_; ++cell) {
      const Instant day = beginning(plan_, at(cell), Scale::day);
      const Instant end = next(plan_, at(cell + 1) - Elapsed{1}, Scale::day);
      rests[static_cast<std::size_t>(cell)] = calendar.work_between(day, end) == WorkTime{};
    }
    return rests;
  }

  /// Names written over the cells where their divisions begin, as far as there is room for them.
  std::string mark_line(const std::vector<Interval>& marks, Scale scale, bool is_full) const {
    std::string line;
    int used = 0;
    for (const Interval& mark : marks) {
      const Instant from = std::max(mark.from, range_.from);
      const int cell = cell_of(from);
      const int end = mark.to >= range_.to ? cells_ : cell_of(mark.to);
      std::string name = is_full ? full_name(plan_, mark.from, scale, options_.language)
                                 : short_name(plan_, mark.from, scale, options_.language);
      if (is_full) name.insert(0, letters_.tick);
      if (display_width(name) > end - cell && is_full) {
        name = std::string(letters_.tick) + short_name(plan_, mark.from, scale, options_.language);
      }
      if (cell < used || display_width(name) > end - cell) continue;
      // The name of a day or a week stands where it begins, or nowhere.
      if (scale <= Scale::week && !is_full && mark.from < range_.from) continue;
      line.append(static_cast<std::size_t>(cell - used), ' ').append(name);
      used = cell + display_width(name);
    }
    return line;
  }

  std::string axis_lines() const {
    const Axis axis = make_axis(plan_, range_, cells_, 3);
    const std::string margin(static_cast<std::size_t>(names_ + 1), ' ');
    std::string lines;
    if (!axis.majors.empty()) lines += margin + mark_line(axis.majors, axis.major, true) + '\n';
    if (axis.minor != axis.major) {
      lines += margin + ink_.faint(mark_line(axis.minors, axis.minor, false)) + '\n';
    }
    return lines;
  }

  std::string bar_line(const GanttRows::Row& row) const {
    const Task& task = plan_.tasks[row.task];
    const Placement& placed = answer_.schedule.placements[row.task];
    const bool is_critical = answer_.dates[row.task].is_critical;
    const bool is_summary = task.kind == TaskKind::summary;
    const bool is_point = task.is_milestone() || placed.finish <= placed.start;
    const int first = cell_of(placed.start);
    const int last = is_point ? first : std::max(first, cell_of(placed.finish - Elapsed{1}));
    const int today = plan_.data_date ? cell_of(*plan_.data_date) : -1;
    const std::string name = pad(label(row), names_);
    std::string line = (is_summary ? ink_.bold(name) : name) + ' ';
    for (int cell = 0; cell < cells_; ++cell) {
      if (is_point && cell == first) {
        line += is_critical ? ink_.warm(letters_.milestone) : std::string(letters_.milestone);
      } else if (cell < first || cell > last || is_point) {
        const bool rests = is_rest_[static_cast<std::size_t>(cell)] != 0;
        line += ink_.faint(cell == today ? letters_.data_date : rests ? letters_.rest : " ");
      } else if (is_summary) {
        line += cell == first ? letters_.left : cell == last ? letters_.right : letters_.middle;
      } else {
        line += is_critical ? ink_.warm(letters_.critical) : std::string(letters_.ordinary);
      }
    }
    while (!options_.has_colour && line.back() == ' ') line.pop_back();
    return line + '\n';
  }

  std::string legend() const {
    const auto entry = [&](std::string_view mark, const Words& words) {
      return std::string(mark) + ' ' + say(words, options_.language) + "   ";
    };
    std::string text = entry(letters_.critical, words::legend_critical) +
                       entry(letters_.ordinary, words::legend_task) +
                       entry(letters_.milestone, words::legend_milestone);
    const bool has_rest = std::find(is_rest_.begin(), is_rest_.end(), 1) != is_rest_.end();
    if (has_rest) text += entry(letters_.rest, words::rest);
    if (plan_.data_date) text += entry(letters_.data_date, words::data_date);
    while (text.ends_with(' ')) text.pop_back();
    return text;
  }

  const Plan& plan_;
  const solve::Answer& answer_;
  const GanttTextOptions& options_;
  Ink ink_;
  const Letters& letters_;
  GanttRows chosen_;
  Interval range_;
  int names_ = 0;
  int cells_ = 0;
  std::vector<char> is_rest_;
};

}  // namespace

std::string gantt_text(const Plan& plan, const solve::Answer& answer,
                       const GanttTextOptions& options) {
  if (!answer.has_schedule || plan.tasks.empty()) return {};
  return Chart(plan, answer, options).str();
}

}  // namespace diaodu::report
