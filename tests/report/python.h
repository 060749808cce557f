#pragma once

#include <string>

namespace diaodu::report {

/// What a Python program prints that is given `input` on its standard input: an independent reader
/// for what we write.
std::string python(const std::string& program, const std::string& input);

}  // namespace diaodu::report
