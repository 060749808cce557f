#include "diaodu/formats/xer_rows.h"

#include <algorithm>
#include <cassert>

#include "diaodu/core/civil.h"
#include "diaodu/core/decimal.h"

namespace diaodu::formats {
namespace {

constexpr std::string_view kLineEnd = "\r\n";

std::string clock_of(int minute) { return clock_string(minute == kMinutesPerDay ? 0 : minute); }

std::string shifts_of(const DayShifts& shifts) {
  std::string text;
  for (std::size_t i = 0; i < shifts.size(); ++i) {
    text += "(0||" + std::to_string(i) + "(s|" + clock_of(shifts[i].begin) + "|f|" +
            clock_of(shifts[i].end) + ")())";
  }
  return text;
}

}  // namespace

XerRows::XerRows(std::initializer_list<std::string_view> header) : text_("ERMHDR") {
  for (const std::string_view word : header) text_ += '\t' + clean_cell(word);
}

void XerRows::begin_table(std::string_view name, std::string_view fields) {
  end_row();
  text_.append(kLineEnd).append("%T\t").append(name).append(kLineEnd).append("%F");
  column_of_.clear();
  usual_.clear();
  while (!fields.empty()) {
    const std::string_view word = fields.substr(0, fields.find(' '));
    fields.remove_prefix(std::min(word.size() + 1, fields.size()));
    const std::string_view field = word.substr(0, word.find('='));
    column_of_[field] = usual_.size();
    usual_.emplace_back(word.substr(std::min(field.size() + 1, word.size())));
    text_.append("\t").append(field);
  }
}

XerRows& XerRows::row() {
  end_row();
  cells_ = usual_;
  has_row_ = true;
  return *this;
}

void XerRows::end_row() {
  if (!has_row_) return;
  text_.append(kLineEnd).append("%R");
  for (const std::string& cell : cells_) text_.append("\t").append(cell);
  has_row_ = false;
}

XerRows& XerRows::set(std::string_view field, std::string_view text) {
  const auto column = column_of_.find(field);
  assert(has_row_ && column != column_of_.end());
  cells_[column->second] = clean_cell(text);
  return *this;
}

XerRows& XerRows::set(std::string_view field, std::int64_t number) {
  return set(field, std::string_view(std::to_string(number)));
}

XerRows& XerRows::set(std::string_view field, LocalTime time) {
  return set(field, std::string_view(to_string(time)));
}

XerRows& XerRows::hours(std::string_view field, std::int64_t minutes) {
  constexpr int kPlaces = 4;  // a minute is 0.0167
  constexpr std::int64_t kScale = 10'000;
  const std::int64_t half = minutes < 0 ? -30 : 30;
  return set(field, std::string_view(decimal_string((minutes * kScale + half) / 60, kPlaces)));
}

std::string XerRows::take() {
  end_row();
  text_.append(kLineEnd).append("%E").append(kLineEnd);
  const bool is_plain = std::all_of(text_.begin(), text_.end(),
                                    [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  return is_plain ? std::move(text_) : "\xEF\xBB\xBF" + text_;
}

std::string clean_cell(std::string_view text) {
  std::string clean(text);
  for (char& c : clean) {
    const auto code = static_cast<unsigned char>(c);
    if (code < ' ' || code == 0x7F) c = ' ';
  }
  const std::size_t first = std::min(clean.find_first_not_of(' '), clean.size());
  const std::size_t last = clean.find_last_not_of(' ');
  return first == clean.size() ? std::string() : clean.substr(first, last + 1 - first);
}

std::string xer_hours_of(const WorkPattern& pattern) {
  constexpr Date kDayZero = Date::from(1899, 12, 30);
  std::string days;
  for (int day = 1; day <= 7; ++day) {  // 1 is Sunday
    days += "(0||" + std::to_string(day) + "()(" +
            shifts_of(pattern.week[static_cast<std::size_t>((day + 5) % 7)]) + "))";
  }
  std::string exceptions;
  std::size_t number = 0;
  for (const auto& [date, shifts] : pattern.dated) {
    exceptions += "(0||" + std::to_string(number++) + "(d|" +
                  std::to_string(date.days - kDayZero.days) + ")(" + shifts_of(shifts) + "))";
  }
  return "(0||CalendarData()((0||DaysOfWeek()(" + days +
         "))(0||VIEW(ShowTotal|N)())(0||Exceptions()(" + exceptions + "))))";
}

}  // namespace diaodu::formats
