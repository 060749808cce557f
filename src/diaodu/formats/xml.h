#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "diaodu/core/finding.h"

namespace diaodu::formats {

/// The attributes of one element; valid while its `begin` runs.
class XmlAttributes {
 public:
  explicit XmlAttributes(const char** pairs) : pairs_(pairs) {}

  /// The value of the attribute of that name, whatever its namespace; empty if there is none.
  std::string_view operator[](std::string_view name) const;

 private:
  const char** pairs_;  // name, value, name, value, ..., null
};

/// Is told what an XML file holds, in its order.  Names come without their namespace's prefix.
class XmlListener {
 public:
  virtual void begin(std::string_view element, const XmlAttributes& attributes) = 0;
  virtual void end(std::string_view element) = 0;
  virtual void text(std::string_view letters) = 0;  ///< maybe in several pieces

 protected:
  ~XmlListener() = default;
};

/// Reads XML piece by piece, without trust: entities and attribute lists of its own, more than a
/// hundred elements within each other, and single tags above a mebibyte stop it with a finding.
/// Time is proportional to the bytes fed, memory to the longest tag.
class XmlReader {
 public:
  /// Findings name `file`, and within it `part`.  `encoding` is what the text is in, whatever it declares;
  /// empty: what it declares.
  XmlReader(XmlListener& listener, std::string file, std::string part, Findings& findings,
            const std::string& encoding = {});
  ~XmlReader();
  XmlReader(const XmlReader&) = delete;
  XmlReader& operator=(const XmlReader&) = delete;

  bool feed(std::string_view piece);  ///< false once something is wrong
  bool finish();                      ///< true if the XML was whole and sound
  int line() const;                   ///< where the element that is told of begins; counts from 1

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace diaodu::formats
