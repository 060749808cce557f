#include "diaodu/formats/mspdi_document.h"

#include <algorithm>

#include "diaodu/formats/cells.h"
#include "diaodu/formats/encoding.h"
#include "diaodu/formats/mspdi_parts.h"
#include "diaodu/formats/mspdi_rows.h"
#include "diaodu/formats/mspdi_values.h"
#include "diaodu/formats/xml.h"
#include "diaodu/formats/xml_feed.h"
#include "diaodu/plan/finding_kinds.h"

namespace diaodu::formats {
namespace {

constexpr std::size_t kMostDatesRead = 2'000'000;  ///< of all calendars

using Part = MspdiPart;

class DocumentReader final : public XmlListener {
 public:
  DocumentReader(const std::string& file, Findings& findings)
      : file_(file), findings_(findings), xml_(*this, file, file, findings, kXmlIsUtf8) {}

  MspdiDocument run(const Pieces& next) {
    bool is_sound = true;
    for (std::string_view piece = next(); !piece.empty() && is_sound; piece = next()) {
      is_sound = xml_.feed(piece);
    }
    if (is_sound) xml_.finish();
    return std::move(document_);
  }

  void begin(std::string_view element, const XmlAttributes&) override {
    const Part part = mspdi_part(parts_.back(), element);
    parts_.push_back(part);
    text_.clear();
    if (part != Part::leaf && part != Part::ignored) open(part);
  }

  void end(std::string_view element) override {
    const Part part = parts_.back();
    parts_.pop_back();
    if (part == Part::leaf) {
      set(parts_.back(), element, trimmed(text_));
    } else if (part != Part::ignored) {
      close(part);
    }
    text_.clear();
    is_cut_ = false;
  }

  void text(std::string_view letters) override {
    if (parts_.back() != Part::leaf) return;
    if (is_cut_) return;
    const std::size_t room = kMostCellBytes - text_.size();
    text_ += cut(letters, room);
    if (letters.size() <= room) return;
    is_cut_ = true;
    findings_.add(found::not_kept, here(), {cut(text_, 40), kTooLong});
  }

 private:
  bool is_full(std::size_t size, std::size_t most, const Words& what) {
    if (size < most) return false;
    if (!is_full_) findings_.add(found::too_many, here(), {std::to_string(most), what});
    is_full_ = true;
    parts_.back() = Part::ignored;
    return true;
  }

  void open(Part part) {
    constexpr Words kTasks{"tasks", "任务"};
    constexpr Words kRows{"rows", "行"};
    constexpr Words kDates{"dates of calendars", "日历日期"};
    const std::int32_t line = xml_.line();
    const auto task = static_cast<std::int32_t>(document_.tasks.size()) - 1;
    const auto resource = static_cast<std::int32_t>(document_.resources.size()) - 1;
    switch (part) {
      case Part::project:
        document_.is_project = true;
        break;
      case Part::field:
        if (!is_full(document_.fields.size(), kMostColumns, kRows)) document_.fields.emplace_back();
        break;
      case Part::calendar:
        if (!is_full(document_.calendars.size(), 20'000, kRows))
          document_.calendars.emplace_back().line = line;
        break;
      case Part::day:
        if (!is_full(++num_dates_, kMostDatesRead, kDates)) days().emplace_back();
        break;
      case Part::exception:
        if (!is_full(++num_dates_, kMostDatesRead, kDates))
          document_.calendars.back().exceptions.emplace_back().line = line;
        break;
      case Part::week:
        if (!is_full(++num_dates_, kMostDatesRead, kDates))
          document_.calendars.back().weeks.emplace_back();
        break;
      case Part::shift:
        shift_ = {-1, -1};
        break;
      case Part::task:
        if (!is_full(document_.tasks.size(), kMostNamedRows, kTasks))
          document_.tasks.emplace_back().line = line;
        break;
      case Part::link:
        if (!is_full(document_.links.size(), kMostRows, kRows))
          document_.links.push_back({.line = line, .to = task});
        break;
      case Part::baseline:
        if (!is_full(document_.baselines.size(), kMostRows, kRows))
          document_.baselines.push_back({.task = task});
        break;
      case Part::task_attribute:
        if (!is_full(document_.task_attributes.size(), kMostCells, kRows))
          document_.task_attributes.push_back({.of = task});
        break;
      case Part::resource:
        if (!is_full(document_.resources.size(), kMostNamedRows, kRows))
          document_.resources.emplace_back().line = line;
        break;
      case Part::resource_attribute:
        if (!is_full(document_.resource_attributes.size(), kMostCells, kRows))
          document_.resource_attributes.push_back({.of = resource});
        break;
      case Part::availability:
        if (!is_full(document_.availability.size(), kMostNamedRows, kRows))
          document_.availability.push_back({.line = line, .resource = resource});
        break;
      case Part::assignment:
        if (!is_full(document_.assignments.size(), kMostRows, kRows))
          document_.assignments.emplace_back().line = line;
        break;
      default:
        break;
    }
  }

  void close(Part part) {
    if (part != Part::shift) return;
    auto [begin, end] = shift_;
    if (begin < 0 || end < 0) return;
    if (end <= begin) end += static_cast<int>(kMinutesPerDay);  // 00:00 to 00:00 is the whole day
    DayShifts& shifts = current_shifts();
    constexpr std::size_t kMostShifts = 100;
    if (shifts.size() < kMostShifts) shifts.push_back({begin, end});
  }

  bool is_in_week() const {
    return std::find(parts_.begin(), parts_.end(), Part::week) != parts_.end();
  }
  bool is_in_exception() const {
    return std::find(parts_.begin(), parts_.end(), Part::exception) != parts_.end();
  }
  std::vector<MspdiDay>& days() {
    MspdiCalendar& calendar = document_.calendars.back();
    return is_in_week() ? calendar.weeks.back().days : calendar.days;
  }
  DayShifts& current_shifts() {
    if (is_in_exception()) return document_.calendars.back().exceptions.back().shifts;
    return days().back().shifts;
  }

  Where here() const { return {.file = file_, .line = xml_.line()}; }

  void set(Part in, std::string_view element, std::string_view text) {
    const MspdiCell cell(text, file_, xml_.line(), document_, findings_);
    switch (in) {
      case Part::project:
        return set_mspdi(element, cell, document_);
      case Part::field:
        return set_mspdi(element, cell, document_.fields.back());
      case Part::calendar:
        return set_calendar(element, cell);
      case Part::day:
        return set_day(element, cell);
      case Part::shift:
        return set_shift(element, cell);
      case Part::period:
        return set_period(element, cell);
      case Part::exception:
        return set_exception(element, cell);
      case Part::week:
        if (element == "Name") document_.calendars.back().weeks.back().name = text;
        return;
      case Part::task:
        return set_mspdi(element, cell, document_.tasks.back());
      case Part::link:
        return set_mspdi(element, cell, document_.links.back());
      case Part::baseline:
        return set_mspdi(element, cell, document_.baselines.back());
      case Part::task_attribute:
        return set_mspdi(element, cell, document_.task_attributes.back());
      case Part::resource_attribute:
        return set_mspdi(element, cell, document_.resource_attributes.back());
      case Part::resource:
        return set_mspdi(element, cell, document_.resources.back());
      case Part::availability:
        return set_mspdi(element, cell, document_.availability.back());
      case Part::assignment:
        return set_mspdi(element, cell, document_.assignments.back());
      default:
        return;
    }
  }

  void set_calendar(std::string_view element, const MspdiCell& cell) {
    MspdiCalendar& calendar = document_.calendars.back();
    if (element == "UID") cell.uid(calendar.uid);
    if (element == "Name") calendar.name = cell.text();
    if (element == "IsBaseCalendar") cell.flag(calendar.is_base);
    if (element == "BaseCalendarUID") cell.uid(calendar.base);
  }

  void set_day(std::string_view element, const MspdiCell& cell) {
    MspdiDay& day = days().back();
    if (element == "DayType") cell.whole(day.type, 0, 7);
    if (element == "DayWorking") cell.flag(day.is_working);
  }

  void set_shift(std::string_view element, const MspdiCell& cell) {
    if (element != "FromTime" && element != "ToTime") return;
    const auto clock = parse_mspdi_clock(cell.text());
    if (!clock) findings_.add(found::bad_date, cell.where(), {cell.text()});
    const int minutes = clock.value_or(-1);
    if (element == "FromTime") {
      shift_.first = minutes == kMinutesPerDay ? 0 : minutes;
    } else {
      shift_.second = minutes;
    }
  }

  void set_period(std::string_view element, const MspdiCell& cell) {
    if (element != "FromDate" && element != "ToDate") return;
    Instant value = kNever;
    cell.date(value);
    const bool is_from = element == "FromDate";
    if (is_in_exception()) {
      MspdiException& exception = document_.calendars.back().exceptions.back();
      (is_from ? exception.from : exception.to) = value;
    } else if (parts_[parts_.size() - 2] == Part::day) {
      (is_from ? days().back().from : days().back().to) = value;
    } else {
      MspdiWeek& week = document_.calendars.back().weeks.back();
      (is_from ? week.from : week.to) = value;
    }
  }

  void set_exception(std::string_view element, const MspdiCell& cell) {
    MspdiException& exception = document_.calendars.back().exceptions.back();
    if (element == "Name") exception.name = cell.text();
    if (element == "DayWorking") cell.flag(exception.is_working);
    if (element == "EnteredByOccurrences") cell.flag(exception.is_by_occurrences);
    if (element == "Occurrences") cell.whole(exception.occurrences, 0, 1'000'000);
    if (element == "Type") cell.whole(exception.type, 0, 9);
    if (element == "Period") cell.whole(exception.period, 0, 1'000'000);
    if (element == "DaysOfWeek") cell.whole(exception.days_of_week, 0, 127);
    if (element == "Month") cell.whole(exception.month, 0, 11);
    if (element == "MonthDay") cell.whole(exception.month_day, 0, 31);
    if (element == "MonthItem") cell.whole(exception.month_item, 0, 9);
    if (element == "MonthPosition") cell.whole(exception.month_position, 0, 4);
  }

  const std::string& file_;
  Findings& findings_;
  MspdiDocument document_;
  std::vector<Part> parts_ = {Part::document};
  std::string text_;
  std::pair<int, int> shift_ = {-1, -1};
  std::size_t num_dates_ = 0;
  bool is_full_ = false;
  bool is_cut_ = false;  // the text under way
  XmlReader xml_;
};

}  // namespace

MspdiDocument read_mspdi_document(const Pieces& next, const std::string& file, Findings& findings) {
  return DocumentReader(file, findings).run(next);
}

}  // namespace diaodu::formats
