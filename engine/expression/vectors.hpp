// SPDX-License-Identifier: Apache-2.0
// Functions of short vectors: columns of `size` numbers a row, row-major.
#pragma once
#include <cstddef>

#include "engine/ids.hpp"
#include "engine/kernels/kernels.hpp"

namespace polder::expression {

/// The vectors of a strip: rows[i], or first + i without rows.
struct Vectors {
  const double* column = nullptr;
  const Row* rows = nullptr;
  Row first = 0;
  const double* at(std::size_t i, std::size_t size) const {
    return column + (rows == nullptr ? std::size_t{first} + i : std::size_t{rows[i]}) * size;
  }
};

// shape: out n numbers; wide: room for 2 n vectors.

/// Euclidean length.
void norm(const kernels::Table& k, double* out, const Vectors& v, std::size_t size, std::size_t n,
          double* wide);
/// Euclidean distance.
void distance(const kernels::Table& k, double* out, const Vectors& v, const Vectors& w, std::size_t size,
              std::size_t n, double* wide);
/// Cosine of the angle; 0 when one of them is the null vector. range: [-1, 1].
void similarity(const kernels::Table& k, double* out, const Vectors& v, const Vectors& w, std::size_t size,
                std::size_t n, double* wide);
/// One number of each vector; position counts from 0.
void component(double* out, const Vectors& v, std::size_t size, std::size_t position, std::size_t n);

}  // namespace polder::expression
