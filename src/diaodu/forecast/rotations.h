#pragma once

#include <cstddef>
#include <vector>

namespace diaodu::forecast {

/// The parts of a symmetric matrix: A = sum of value[k] * vector k * its transpose.  Vectors are columns, row by row.
struct Parts {
  std::vector<double> values;
  std::vector<double> vectors;
};

/// By rotations that clear one entry after the other (Jacobi 1846), for matrices of some tens of rows.  Unlike
/// blocked methods the same to the last bit wherever in memory the matrix lies.
Parts parts_of(std::vector<double> matrix, std::size_t size);

}  // namespace diaodu::forecast
