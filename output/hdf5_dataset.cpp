// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cstddef>

#include "engine/error.hpp"
#include "output/hdf5_calls.hpp"
#include "output/refuse.hpp"

namespace polder::output::hdf5 {
namespace {

/// Memory and file selections of a box; without a box everything.
struct Selection {
  Handle memory, file;
  std::uint64_t elements = 0;
};
Selection select(hid_t dataset, const Box* box, const std::string& path) {
  Selection s;
  s.file = Handle(H5Dget_space(dataset), close_space, path);
  if (box != nullptr) {
    const std::vector<hsize_t> start(box->start.begin(), box->start.end());
    const std::vector<hsize_t> count(box->count.begin(), box->count.end());
    EXPECTS(static_cast<int>(start.size()) == H5Sget_simple_extent_ndims(s.file.id()) &&
            start.size() == count.size());
    if (H5Sselect_hyperslab(s.file.id(), H5S_SELECT_SET, start.data(), nullptr, count.data(), nullptr) < 0 ||
        H5Sselect_valid(s.file.id()) <= 0) {
      cannot_read(path, "part of an array outside its bounds");
    }
  }
  s.elements = static_cast<std::uint64_t>(H5Sget_select_npoints(s.file.id()));
  const std::array<std::uint64_t, 1> flat{s.elements};
  s.memory = space_of(flat, false, path);
  return s;
}

/// For texts: HDF5 clears a buffer of 1 MiB for every call unless a smaller one is asked for.
Handle text_transfer(const std::string& path) {
  constexpr std::size_t bytes = 16384;
  Handle list(H5Pcreate(H5P_DATASET_XFER), close_list, path);
  H5Pset_buffer(list.id(), bytes, nullptr, nullptr);
  return list;
}

}  // namespace

Shape Dataset::shape() const {
  const Quiet quiet;
  const Handle space(H5Dget_space(handle_.id()), close_space, path());
  const int rank = H5Sget_simple_extent_ndims(space.id());
  if (rank < 0) cannot_read(path(), "shape");
  std::vector<hsize_t> size(static_cast<std::size_t>(rank));
  if (rank > 0) H5Sget_simple_extent_dims(space.id(), size.data(), nullptr);
  return {size.begin(), size.end()};
}

Element Dataset::element() const {
  const Quiet quiet;
  const Handle type(H5Dget_type(handle_.id()), close_type, path());
  for (const auto candidate :
       {Element::f64, Element::i64, Element::u64, Element::i32, Element::u8, Element::i8, Element::text}) {
    if (H5Tequal(type.id(), file_type(candidate, path()).id()) > 0) return candidate;
  }
  cannot_read(path(), "element type");
}

template <Number T>
void Dataset::write(std::span<const T> values) {
  const Quiet quiet;
  const Selection s = select(handle_.id(), nullptr, path());
  EXPECTS(values.size() == s.elements);
  if (s.elements == 0) return;
  if (H5Dwrite(handle_.id(), memory_type<T>(), H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()) < 0) {
    cannot_write(path(), "values");
  }
}

template <Number T>
void Dataset::write(std::span<const T> values, const Box& box) {
  const Quiet quiet;
  const Selection s = select(handle_.id(), &box, path());
  EXPECTS(values.size() == s.elements);
  if (s.elements == 0) return;
  if (H5Dwrite(handle_.id(), memory_type<T>(), s.memory.id(), s.file.id(), H5P_DEFAULT, values.data()) < 0) {
    cannot_write(path(), "values");
  }
}

void Dataset::write_text(const std::vector<std::string>& values) {
  const Quiet quiet;
  if (values.empty()) return;
  std::vector<const char*> pointers;
  pointers.reserve(values.size());
  for (const auto& value : values) pointers.push_back(value.c_str());
  EXPECTS(values.size() == num_elements(shape()));
  const Handle type = text_type(path());
  const Handle list = text_transfer(path());
  if (H5Dwrite(handle_.id(), type.id(), H5S_ALL, H5S_ALL, list.id(), pointers.data()) < 0) {
    cannot_write(path(), "texts");
  }
}

template <Number T>
std::vector<T> Dataset::read() const {
  const Shape all = shape();
  return read<T>(Box{Shape(all.size(), 0), all});
}

template <Number T>
std::vector<T> Dataset::read(const Box& box) const {
  if (element() != element_of<T>()) {
    refuse(path(), "", "an array of another type", "the type that Polder writes");
  }
  const Quiet quiet;
  const Selection s = select(handle_.id(), box.count.empty() ? nullptr : &box, path());
  std::vector<T> values;
  try {
    values.resize(s.elements);
  } catch (const std::exception&) {  // a damaged file may claim any length
    cannot_read(path(), "length of an array");
  }
  if (s.elements == 0) return values;
  if (H5Dread(handle_.id(), memory_type<T>(), s.memory.id(), s.file.id(), H5P_DEFAULT, values.data()) < 0) {
    cannot_read(path(), "values");
  }
  return values;
}

std::vector<std::string> Dataset::read_text() const {
  if (element() != Element::text) {
    refuse(path(), "", "an array of another type", "texts");
  }
  const Quiet quiet;
  const Selection s = select(handle_.id(), nullptr, path());
  const Handle type = text_type(path());
  const Handle list = text_transfer(path());
  std::vector<char*> pointers(s.elements, nullptr);
  if (s.elements != 0 && H5Dread(handle_.id(), type.id(), H5S_ALL, H5S_ALL, list.id(), pointers.data()) < 0) {
    cannot_read(path(), "texts");
  }
  std::vector<std::string> values;
  values.reserve(pointers.size());
  for (const char* text : pointers) values.emplace_back(text == nullptr ? "" : text);
  if (s.elements != 0) H5Dvlen_reclaim(type.id(), s.memory.id(), H5P_DEFAULT, pointers.data());
  return values;
}

void Dataset::make_scale(const std::string& name) {
  const Quiet quiet;
  if (H5DSset_scale(handle_.id(), name.empty() ? nullptr : name.c_str()) < 0) cannot_write(path(), "axis");
}

bool Dataset::is_scale() const {
  const Quiet quiet;
  return H5DSis_scale(handle_.id()) > 0;
}

void Dataset::attach_scale(std::size_t position, const Dataset& scale) {
  const Quiet quiet;
  if (H5DSattach_scale(handle_.id(), scale.handle_.id(), static_cast<unsigned>(position)) < 0) {
    cannot_write(path(), "name of an axis");
  }
}

std::uint64_t Dataset::reference() const {
  static_assert(sizeof(hobj_ref_t) == sizeof(std::uint64_t));
  const Quiet quiet;
  hobj_ref_t reference = 0;
  if (H5Rcreate(&reference, handle_.id(), ".", H5R_OBJECT, -1) < 0) cannot_write(path(), "a reference");
  return reference;
}

// The attributes by which H5DSattach_scale joins arrays and scales; it writes both anew for every axis of
// every array.

void Dataset::attach_scales(std::span<const Dataset* const> scales) {
  if (scales.empty()) return;
  std::vector<hobj_ref_t> references;
  for (const Dataset* scale : scales) references.push_back(scale->reference());
  std::vector<hvl_t> lists;
  for (hobj_ref_t& reference : references) lists.push_back({1, &reference});
  const Quiet quiet;
  const Handle type(H5Tvlen_create(H5T_STD_REF_OBJ), close_type, path());
  const std::array<std::uint64_t, 1> length{scales.size()};
  const Handle space = space_of(length, false, path());
  const Handle attribute(
      H5Acreate2(handle_.id(), "DIMENSION_LIST", type.id(), space.id(), H5P_DEFAULT, H5P_DEFAULT),
      close_attribute, path());
  if (attribute.id() < 0 || H5Awrite(attribute.id(), type.id(), lists.data()) < 0)
    cannot_write(path(), "names of its axes");
}

void Dataset::set_users(std::span<const ScaleUser> users) {
  constexpr const char* name = "REFERENCE_LIST";
  const Quiet quiet;
  if (H5Aexists(handle_.id(), name) > 0) H5Adelete(handle_.id(), name);
  if (users.empty()) return;
  const Handle type(H5Tcreate(H5T_COMPOUND, sizeof(ScaleUser)), close_type, path());
  H5Tinsert(type.id(), "dataset", offsetof(ScaleUser, array), H5T_STD_REF_OBJ);
  H5Tinsert(type.id(), "dimension", offsetof(ScaleUser, position), H5T_NATIVE_INT);
  const std::array<std::uint64_t, 1> length{users.size()};
  const Handle space = space_of(length, false, path());
  const Handle attribute(H5Acreate2(handle_.id(), name, type.id(), space.id(), H5P_DEFAULT, H5P_DEFAULT),
                         close_attribute, path());
  if (attribute.id() < 0 || H5Awrite(attribute.id(), type.id(), users.data()) < 0)
    cannot_write(path(), "whose axis it is");
}

#define POLDER_INSTANTIATE(T)                                   \
  template void Dataset::write(std::span<const T>);             \
  template void Dataset::write(std::span<const T>, const Box&); \
  template std::vector<T> Dataset::read() const;                \
  template std::vector<T> Dataset::read(const Box&) const;
POLDER_INSTANTIATE(double)
POLDER_INSTANTIATE(std::int64_t)
POLDER_INSTANTIATE(std::uint64_t)
POLDER_INSTANTIATE(std::int32_t)
POLDER_INSTANTIATE(std::uint8_t)
POLDER_INSTANTIATE(std::int8_t)
#undef POLDER_INSTANTIATE

}  // namespace polder::output::hdf5
