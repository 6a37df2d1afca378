// SPDX-License-Identifier: Apache-2.0
// What the HDF5 wrapper's own sources share, and the only file that includes hdf5.h. Nobody else includes
// this one.
#pragma once
#define H5_USE_110_API
#include <hdf5.h>
#include <hdf5_hl.h>

#include <string>
#include <type_traits>

#include "output/hdf5_file.hpp"

namespace polder::output::hdf5 {

static_assert(std::is_same_v<hid_t, std::int64_t>, "hdf5_file.hpp passes identifiers as 64-bit integers");

/// Keeps HDF5 from printing while a call of ours runs, and gives a host program its own handler back.
class Quiet {
 public:
  Quiet() {
    // After a write that failed (full disk) HDF5's tidying at exit crashes; all files are closed without it.
    [[maybe_unused]] static const herr_t no_tidying_at_exit = H5dont_atexit();
    H5Eget_auto2(H5E_DEFAULT, &handler_, &data_);
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
  }
  Quiet(const Quiet&) = delete;
  Quiet& operator=(const Quiet&) = delete;
  ~Quiet() { H5Eset_auto2(H5E_DEFAULT, handler_, data_); }

 private:
  H5E_auto2_t handler_ = nullptr;
  void* data_ = nullptr;
};

/// errors: InputError, with HDF5's innermost reason.
[[noreturn]] void cannot_read(const std::string& path, const std::string& what);
/// errors: std::runtime_error, with the system's reason (disk full, no permission).
[[noreturn]] void cannot_write(const std::string& path, const std::string& what);

inline int close_file(std::int64_t id) {
  return H5Fclose(id);
}
inline int close_group(std::int64_t id) {
  return H5Gclose(id);
}
inline int close_dataset(std::int64_t id) {
  return H5Dclose(id);
}
inline int close_attribute(std::int64_t id) {
  return H5Aclose(id);
}
inline int close_space(std::int64_t id) {
  return H5Sclose(id);
}
inline int close_type(std::int64_t id) {
  return H5Tclose(id);
}
inline int close_list(std::int64_t id) {
  return H5Pclose(id);
}

template <class T>
hid_t memory_type() {
  if constexpr (std::is_same_v<T, double>) return H5T_NATIVE_DOUBLE;
  if constexpr (std::is_same_v<T, std::int64_t>) return H5T_NATIVE_INT64;
  if constexpr (std::is_same_v<T, std::uint64_t>) return H5T_NATIVE_UINT64;
  if constexpr (std::is_same_v<T, std::int32_t>) return H5T_NATIVE_INT32;
  if constexpr (std::is_same_v<T, std::uint8_t>) return H5T_NATIVE_UINT8;
  if constexpr (std::is_same_v<T, std::int8_t>) return H5T_NATIVE_INT8;
}

template <class T>
Element element_of() {
  if constexpr (std::is_same_v<T, double>) return Element::f64;
  if constexpr (std::is_same_v<T, std::int64_t>) return Element::i64;
  if constexpr (std::is_same_v<T, std::uint64_t>) return Element::u64;
  if constexpr (std::is_same_v<T, std::int32_t>) return Element::i32;
  if constexpr (std::is_same_v<T, std::uint8_t>) return Element::u8;
  if constexpr (std::is_same_v<T, std::int8_t>) return Element::i8;
}

Handle text_type(const std::string& path);
Handle file_type(Element element, const std::string& path);
Handle space_of(std::span<const std::uint64_t> shape, bool extendible, const std::string& path);

}  // namespace polder::output::hdf5
