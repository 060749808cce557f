#include "diaodu/forecast/rotations.h"

#include <cmath>

namespace diaodu::forecast {

Parts parts_of(std::vector<double> matrix, std::size_t size) {
  Parts parts{.values = std::vector<double>(size), .vectors = std::vector<double>(size * size)};
  for (std::size_t i = 0; i < size; ++i) parts.vectors[i * size + i] = 1;
  constexpr int kMostSweeps = 50;
  for (int sweep = 0; sweep < kMostSweeps; ++sweep) {
    double outside = 0;
    double inside = 0;
    for (std::size_t i = 0; i < size; ++i) {
      inside += matrix[i * size + i] * matrix[i * size + i];
      for (std::size_t j = 0; j < i; ++j) outside += matrix[i * size + j] * matrix[i * size + j];
    }
    if (!(outside > 1e-24 * inside)) break;
    for (std::size_t i = 0; i < size; ++i) {
      for (std::size_t j = i + 1; j < size; ++j) {
        const double off = matrix[i * size + j];
        if (off == 0) continue;
        const double ratio = (matrix[j * size + j] - matrix[i * size + i]) / (2 * off);
        const double tangent =
            (ratio < 0 ? -1 : 1) / (std::abs(ratio) + std::sqrt(ratio * ratio + 1));
        const double cosine = 1 / std::sqrt(tangent * tangent + 1);
        const double sine = tangent * cosine;
        const auto turn = [&](double& one, double& other) {
          const double before = one;
          one = cosine * before - sine * other;
          other = sine * before + cosine * other;
        };
        for (std::size_t k = 0; k < size; ++k) turn(matrix[k * size + i], matrix[k * size + j]);
        for (std::size_t k = 0; k < size; ++k) turn(matrix[i * size + k], matrix[j * size + k]);
        for (std::size_t k = 0; k < size; ++k)
          turn(parts.vectors[k * size + i], parts.vectors[k * size + j]);
      }
    }
  }
  for (std::size_t i = 0; i < size; ++i) parts.values[i] = matrix[i * size + i];
  return parts;
}

}  // namespace diaodu::forecast
