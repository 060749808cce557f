#pragma once

namespace diaodu::cli {

// Each verb has a bit, by which options say who takes them.
inline constexpr unsigned kInit = 1;
inline constexpr unsigned kCheck = 2;
inline constexpr unsigned kSchedule = 4;
inline constexpr unsigned kReport = 8;
inline constexpr unsigned kWhy = 16;
inline constexpr unsigned kConvert = 32;
inline constexpr unsigned kBench = 64;
inline constexpr unsigned kCompletion = 128;
inline constexpr unsigned kRisk = 256;
inline constexpr unsigned kLog = 512;
inline constexpr unsigned kForecast = 1024;
inline constexpr unsigned kStatus = 2048;
inline constexpr unsigned kDispatch = 4096;
inline constexpr unsigned kDiff = 8192;

inline constexpr unsigned kSolving =
    kSchedule | kReport | kWhy | kRisk | kLog | kStatus | kForecast | kDiff;
// Take what has happened into account.
inline constexpr unsigned kRecord =
    kSchedule | kReport | kWhy | kRisk | kCheck | kStatus | kForecast | kDiff;
inline constexpr unsigned kAll = 16383;

}  // namespace diaodu::cli
