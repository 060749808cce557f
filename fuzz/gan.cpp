#include "diaodu/formats/gan.h"

#include "fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  diaodu::fuzz::look_at(
      diaodu::formats::read_gan({reinterpret_cast<const char*>(data), size}, "fuzz.gan"));
  return 0;
}
