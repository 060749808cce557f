#include "diaodu/plan/holidays_cn.h"

#include <array>
#include <cassert>

namespace diaodu {
namespace {

struct Year {
  int year;
  std::string_view rows;
};

// A letter opens a holiday (see `holiday_name`); `mmdd` or `mmdd-mmdd` are its days off, `+mmdd` the
// weekend days worked in exchange, `<` marks a day of the year before.  The dates are those announced
// each year by the General Office of the State Council.
constexpr std::array kYears = std::to_array<Year>({
    // clang-format off
    {2007, "N 0101-0103 +<1230 +<1231 S 0218-0224 +0217 +0225 L 0501-0507 +0428 +0429 C 1001-1007 +0929 +0930"},
    {2008, "N <1230-0101 +<1229 S 0206-0212 +0202 +0203 Q 0404-0406 L 0501-0503 +0504 D 0607-0609 M 0913-0915 C 0929-1005 +0927 +0928"},
    {2009, "N 0101-0103 +0104 S 0125-0131 +0124 +0201 Q 0404-0406 L 0501-0503 D 0528-0530 +0531 C 1001-1008 +0927 +1010"},
    {2010, "N 0101-0103 S 0213-0219 +0220 +0221 Q 0403-0405 L 0501-0503 D 0614-0616 +0612 +0613 M 0922-0924 +0919 +0925 C 1001-1007 +0926 +1009"},
    {2011, "N 0101-0103 S 0202-0208 +0130 +0212 Q 0403-0405 +0402 L 0430-0502 D 0604-0606 M 0910-0912 C 1001-1007 +1008 +1009"},
    {2012, "N 0101-0103 +<1231 S 0122-0128 +0121 +0129 Q 0402-0404 +0331 +0401 L 0429-0501 +0428 D 0622-0624 C 0930-1007 +0929"},
    {2013, "N 0101-0103 +0105 +0106 S 0209-0215 +0216 +0217 Q 0404-0406 +0407 L 0429-0501 +0427 +0428 D 0610-0612 +0608 +0609 M 0919-0921 +0922 C 1001-1007 +0929 +1012"},
    {2014, "N 0101 S 0131-0206 +0126 +0208 Q 0405 0407 L 0501-0503 +0504 D 0602 M 0908 C 1001-1007 +0928 +1011"},
    {2015, "N 0101-0103 +0104 S 0218-0224 +0215 +0228 Q 0405-0406 L 0501 D 0620 0622 V 0903-0905 +0906 M 0927 C 1001-1007 +1010"},
    {2016, "N 0101 S 0207-0213 +0206 +0214 Q 0404 L 0501-0502 D 0609-0611 +0612 M 0915-0917 +0918 C 1001-1007 +1008 +1009"},
    {2017, "N 0101-0102 S 0127-0202 +0122 +0204 Q 0402-0404 +0401 L 0501 D 0528-0530 +0527 C 1001-1008 +0930"},
    {2018, "N 0101 S 0215-0221 +0211 +0224 Q 0405-0407 +0408 L 0429-0501 +0428 D 0618 M 0924 C 1001-1007 +0929 +0930"},
    {2019, "N <1230-0101 +<1229 S 0204-0210 +0202 +0203 Q 0405 L 0501-0504 +0428 +0505 D 0607 M 0913 C 1001-1007 +0929 +1012"},
    {2020, "N 0101 S 0124-0202 +0119 +0203 Q 0404-0406 L 0501-0505 +0426 +0509 D 0625-0627 +0628 C 1001-1008 +0927 +1010"},
    {2021, "N 0101-0103 S 0211-0217 +0207 +0220 Q 0403-0405 L 0501-0505 +0425 +0508 D 0612-0614 M 0919-0921 +0918 C 1001-1007 +0926 +1009"},
    {2022, "N 0101-0103 S 0131-0206 +0129 +0130 Q 0403-0405 +0402 L 0430-0504 +0424 +0507 D 0603-0605 M 0910-0912 C 1001-1007 +1008 +1009"},
    {2023, "N <1231-0102 S 0121-0127 +0128 +0129 Q 0405 L 0429-0503 +0423 +0506 D 0622-0624 +0625 C 0929-1006 +1007 +1008"},
    {2024, "N 0101 S 0210-0217 +0204 +0218 Q 0404-0406 +0407 L 0501-0505 +0428 +0511 D 0610 M 0915-0917 +0914 C 1001-1007 +0929 +1012"},
    {2025, "N 0101 S 0128-0204 +0126 +0208 Q 0404-0406 L 0501-0505 +0427 D 0531-0602 C 1001-1008 +0928 +1011"},
    {2026, "N 0101-0103 +0104 S 0215-0223 +0214 +0228 Q 0404-0406 L 0501-0505 +0509 D 0619-0621 C 1001-1007 +0920 +1010 M 0925-0927"},
    // clang-format on
});

Words holiday_name(char letter) {
  switch (letter) {
    case 'N':
      return {"New Year", "元旦"};
    case 'S':
      return {"Spring Festival", "春节"};
    case 'Q':
      return {"Qingming", "清明节"};
    case 'L':
      return {"Labour Day", "劳动节"};
    case 'D':
      return {"Dragon Boat Festival", "端午节"};
    case 'M':
      return {"Mid-Autumn Festival", "中秋节"};
    case 'C':
      return {"National Day", "国庆节"};
    case 'V':
      return {"Victory Day", "抗战胜利纪念日"};
    default:
      assert(false);
      return {};
  }
}

/// Takes `mmdd` or `<mmdd` off the front.
Date take_date(std::string_view& text, int year) {
  if (text.front() == '<') {
    --year;
    text.remove_prefix(1);
  }
  const auto digit = [&text](std::size_t i) { return text[i] - '0'; };
  const Date date = Date::from(year, digit(0) * 10 + digit(1), digit(2) * 10 + digit(3));
  text.remove_prefix(4);
  return date;
}

std::vector<StatutoryDays> read_table() {
  std::vector<StatutoryDays> days;
  for (const Year& year : kYears) {
    Words name;
    for (std::string_view text = year.rows; !text.empty();) {
      const char first = text.front();
      if (first == ' ') {
        text.remove_prefix(1);
      } else if (first >= 'A' && first <= 'Z') {
        name = holiday_name(first);
        text.remove_prefix(1);
      } else if (first == '+') {
        text.remove_prefix(1);
        const Date date = take_date(text, year.year);
        days.push_back({.first = date, .last = date, .is_worked = true, .name = name});
      } else {
        const Date from = take_date(text, year.year);
        Date to = from;
        if (!text.empty() && text.front() == '-') {
          text.remove_prefix(1);
          to = take_date(text, year.year);
        }
        days.push_back({.first = from, .last = to, .is_worked = false, .name = name});
      }
    }
  }
  return days;
}

}  // namespace

const std::vector<StatutoryDays>& statutory_days_cn() {
  static const std::vector<StatutoryDays> days = read_table();
  return days;
}

int last_statutory_year_cn() { return kYears.back().year; }

}  // namespace diaodu
