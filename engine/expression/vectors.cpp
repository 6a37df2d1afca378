// SPDX-License-Identifier: Apache-2.0
#include "engine/expression/vectors.hpp"

#include <algorithm>
#include <cstring>

namespace polder::expression {

namespace {

/// Contiguous vectors of the strip: in the column itself when possible.
const double* contiguous(const Vectors& v, std::size_t size, std::size_t n, double* wide) {
  if (v.rows == nullptr) return v.at(0, size);
  for (std::size_t i = 0; i < n; ++i) std::memcpy(wide + i * size, v.at(i, size), size * sizeof(double));
  return wide;
}

}  // namespace

void norm(const kernels::Table& k, double* out, const Vectors& v, std::size_t size, std::size_t n,
          double* wide) {
  k.vector_norm(out, contiguous(v, size, n, wide), size, n);
}

void distance(const kernels::Table& k, double* out, const Vectors& v, const Vectors& w, std::size_t size,
              std::size_t n, double* wide) {
  for (std::size_t i = 0; i < n; ++i) {
    const double *a = v.at(i, size), *b = w.at(i, size);
    double* difference = wide + i * size;
    for (std::size_t e = 0; e < size; ++e) difference[e] = a[e] - b[e];
  }
  k.vector_norm(out, wide, size, n);
}

/// The dot product is added in the order of the elements.
void similarity(const kernels::Table& k, double* out, const Vectors& v, const Vectors& w, std::size_t size,
                std::size_t n, double* wide) {
  double* lengths = wide + n * size;
  norm(k, lengths, w, size, n, wide);
  norm(k, out, v, size, n, wide);
  for (std::size_t i = 0; i < n; ++i) {
    const double *a = v.at(i, size), *b = w.at(i, size);
    double dot = 0;
    for (std::size_t e = 0; e < size; ++e) dot += a[e] * b[e];
    const double length = out[i] * lengths[i];
    out[i] = length > 0 ? std::clamp(dot / length, -1.0, 1.0) : 0.0;
  }
}

void component(double* out, const Vectors& v, std::size_t size, std::size_t position, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) out[i] = v.at(i, size)[position];
}

}  // namespace polder::expression
