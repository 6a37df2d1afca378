// SPDX-License-Identifier: Apache-2.0
#include "output/hdf5_file.hpp"

#include <limits>

#include "engine/error.hpp"
#include "output/hdf5_calls.hpp"

namespace polder::output::hdf5 {
namespace {

/// An array's attributes stand in its header: a heap and two indices of their own would cost more time than
/// the attributes of a usual array.
constexpr unsigned most_attributes_in_header = 32;

Handle creation_list(Element element, const Storage& storage, const std::string& path) {
  Handle list(H5Pcreate(H5P_DATASET_CREATE), close_list, path);
  H5Pset_obj_track_times(list.id(), false);
  H5Pset_attr_creation_order(list.id(), H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED);
  H5Pset_attr_phase_change(list.id(), most_attributes_in_header, 0);
  if (element == Element::f64) {
    const double fill = std::numeric_limits<double>::quiet_NaN();
    H5Pset_fill_value(list.id(), H5T_NATIVE_DOUBLE, &fill);
  }
  if (storage.chunk.empty()) {
    H5Pset_alloc_time(list.id(), H5D_ALLOC_TIME_EARLY);
    H5Pset_fill_time(list.id(), H5D_FILL_TIME_ALLOC);
    return list;
  }
  const std::vector<hsize_t> chunk(storage.chunk.begin(), storage.chunk.end());
  H5Pset_chunk(list.id(), static_cast<int>(chunk.size()), chunk.data());
  if (storage.deflate) {
    H5Pset_shuffle(list.id());
    H5Pset_deflate(list.id(), 4);
  }
  if (storage.checksum) H5Pset_fletcher32(list.id());
  return list;
}

/// Attributes live in the object's header, which ends at 64 KiB.
std::string_view cut(std::string_view text) {
  constexpr std::size_t most = 60000;
  if (text.size() <= most) return text;
  std::size_t end = most;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end);
}

void write_attribute(hid_t object, const std::string& name, hid_t type, hid_t memory, const void* value,
                     const std::string& path) {
  const Handle space(H5Screate(H5S_SCALAR), close_space, path);
  const auto create = [&] {
    return H5Acreate2(object, name.c_str(), type, space.id(), H5P_DEFAULT, H5P_DEFAULT);
  };
  hid_t made = create();  // hardly any is there already
  if (made < 0 && H5Aexists(object, name.c_str()) > 0 && H5Adelete(object, name.c_str()) >= 0)
    made = create();
  const Handle attribute(made, close_attribute, path);
  if (attribute.id() < 0 || H5Awrite(attribute.id(), memory, value) < 0)
    cannot_write(path, "attribute " + name);
}

Handle access_list(File::Kind kind, const std::string& path) {
  Handle list(H5Pcreate(H5P_FILE_ACCESS), close_list, path);
  H5Pset_fclose_degree(list.id(), H5F_CLOSE_STRONG);
  H5Pset_file_locking(list.id(), false, true);  // readers may look at a file that is being written
  const auto version = kind == File::Kind::guarded ? H5F_LIBVER_V110 : H5F_LIBVER_V18;
  H5Pset_libver_bounds(list.id(), version, version);
  return list;
}

}  // namespace

std::uint64_t num_elements(std::span<const std::uint64_t> shape) {
  std::uint64_t n = 1;
  for (const auto length : shape) n *= length;
  return n;
}

Handle::~Handle() {
  if (id_ < 0 || close_ == nullptr) return;
  const Quiet quiet;
  close_(id_);
}

void Handle::close() {
  if (id_ < 0 || close_ == nullptr) return;
  const Quiet quiet;
  if (close_(std::exchange(id_, -1)) < 0) cannot_write(path_, "the last part");
}

void Object::set_attribute(const std::string& name, std::string_view text) {
  if (text.empty()) return;
  const Quiet quiet;
  const std::string_view part = cut(text);
  const Handle type(H5Tcopy(H5T_C_S1), close_type, path());
  H5Tset_size(type.id(), part.size());
  H5Tset_cset(type.id(), H5T_CSET_UTF8);
  H5Tset_strpad(type.id(), H5T_STR_NULLPAD);
  write_attribute(handle_.id(), name, type.id(), type.id(), part.data(), path());
}

template <Number T>
void Object::set_attribute(const std::string& name, T value) {
  const Quiet quiet;
  const Handle type = file_type(element_of<T>(), path());
  write_attribute(handle_.id(), name, type.id(), memory_type<T>(), &value, path());
}

bool Object::has_attribute(const std::string& name) const {
  const Quiet quiet;
  return H5Aexists(handle_.id(), name.c_str()) > 0;
}

std::vector<std::string> Object::attribute_names() const {
  const Quiet quiet;
  std::vector<std::string> names;
  const auto collect = [](hid_t, const char* name, const H5A_info_t*, void* out) -> herr_t {
    static_cast<std::vector<std::string>*>(out)->emplace_back(name);
    return 0;
  };
  hsize_t position = 0;
  if (H5Aiterate2(handle_.id(), H5_INDEX_NAME, H5_ITER_INC, &position, collect, &names) < 0) {
    cannot_read(path(), "attributes");
  }
  return names;
}

std::string Object::text_attribute(const std::string& name) const {
  const Quiet quiet;
  if (H5Aexists(handle_.id(), name.c_str()) <= 0) return {};
  const Handle attribute(H5Aopen(handle_.id(), name.c_str(), H5P_DEFAULT), close_attribute, path());
  const Handle type(H5Aget_type(attribute.id()), close_type, path());
  if (H5Tget_class(type.id()) != H5T_STRING || H5Tis_variable_str(type.id()) > 0) {
    cannot_read(path(), "attribute " + name + " is no text");
  }
  std::string text(H5Tget_size(type.id()), '\0');
  if (H5Aread(attribute.id(), type.id(), text.data()) < 0) cannot_read(path(), "attribute " + name);
  return text;
}

template <Number T>
T Object::attribute(const std::string& name) const {
  const Quiet quiet;
  T value{};
  const Handle attribute(H5Aopen(handle_.id(), name.c_str(), H5P_DEFAULT), close_attribute, path());
  if (attribute.id() < 0 || H5Aread(attribute.id(), memory_type<T>(), &value) < 0) {
    cannot_read(path(), "attribute " + name);
  }
  return value;
}

bool Group::has(const std::string& name) const {
  const Quiet quiet;
  return H5Lexists(handle_.id(), name.c_str(), H5P_DEFAULT) > 0;
}

bool Group::is_group(const std::string& name) const {
  const Quiet quiet;
  H5O_info_t info;
  return H5Oget_info_by_name2(handle_.id(), name.c_str(), &info, H5O_INFO_BASIC, H5P_DEFAULT) >= 0 &&
         info.type == H5O_TYPE_GROUP;
}

std::vector<std::string> Group::names() const {
  const Quiet quiet;
  std::vector<std::string> names;
  const auto collect = [](hid_t, const char* name, const H5L_info_t*, void* out) -> herr_t {
    static_cast<std::vector<std::string>*>(out)->emplace_back(name);
    return 0;
  };
  if (H5Literate(handle_.id(), H5_INDEX_CRT_ORDER, H5_ITER_INC, nullptr, collect, &names) < 0) {
    names.clear();  // a file of another program without creation order
    if (H5Literate(handle_.id(), H5_INDEX_NAME, H5_ITER_INC, nullptr, collect, &names) < 0)
      cannot_read(path(), "names");
  }
  return names;
}

Group Group::create_group(const std::string& name) {
  const Quiet quiet;
  const Handle list(H5Pcreate(H5P_GROUP_CREATE), close_list, path());
  H5Pset_obj_track_times(list.id(), false);
  H5Pset_link_creation_order(list.id(), H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED);
  H5Pset_attr_creation_order(list.id(), H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED);
  Handle made(H5Gcreate2(handle_.id(), name.c_str(), H5P_DEFAULT, list.id(), H5P_DEFAULT), close_group,
              path() + "/" + name);
  if (made.id() < 0) cannot_write(path(), "group " + name);
  return Group(std::move(made));
}

Group Group::group(const std::string& name) const {
  const Quiet quiet;
  Handle found(H5Gopen2(handle_.id(), name.c_str(), H5P_DEFAULT), close_group, path() + "/" + name);
  if (found.id() < 0) cannot_read(path(), "group " + name);
  return Group(std::move(found));
}

Dataset Group::create(const std::string& name, Element element, const Shape& shape, const Storage& storage) {
  const Quiet quiet;
  const Handle type = file_type(element, path());
  const Handle space = shape.empty() ? Handle(H5Screate(H5S_SCALAR), close_space, path())
                                     : space_of(shape, storage.extendible, path());
  const Handle list = creation_list(element, storage, path());
  Handle made(
      H5Dcreate2(handle_.id(), name.c_str(), type.id(), space.id(), H5P_DEFAULT, list.id(), H5P_DEFAULT),
      close_dataset, path() + "/" + name);
  if (made.id() < 0) cannot_write(path(), "array " + name);
  Dataset dataset(std::move(made));
  if (element == Element::f64) dataset.set_attribute("_FillValue", std::numeric_limits<double>::quiet_NaN());
  return dataset;
}

Dataset Group::dataset(const std::string& name) const {
  const Quiet quiet;
  Handle found(H5Dopen2(handle_.id(), name.c_str(), H5P_DEFAULT), close_dataset, path() + "/" + name);
  if (found.id() < 0) cannot_read(path(), "array " + name);
  return Dataset(std::move(found));
}

File File::create(const std::string& path, Kind kind) {
  const Quiet quiet;
  const Handle access = access_list(kind, path);
  const Handle list(H5Pcreate(H5P_FILE_CREATE), close_list, path);
  H5Pset_obj_track_times(list.id(), false);
  H5Pset_link_creation_order(list.id(), H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED);
  H5Pset_attr_creation_order(list.id(), H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED);
  Handle made(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, list.id(), access.id()), close_file, path);
  if (made.id() < 0) cannot_write(path, "a new file");
  return File(std::move(made));
}

File File::open(const std::string& path, Access access) {
  const Quiet quiet;
  const Handle list = access_list(Kind::portable, path);
  H5Pset_libver_bounds(list.id(), H5F_LIBVER_EARLIEST, H5F_LIBVER_LATEST);
  if (access == Access::write)
    H5Pset_sieve_buf_size(list.id(), 0);  // rows go out as they are, nothing beside them
  const unsigned flags = access == Access::write ? H5F_ACC_RDWR : H5F_ACC_RDONLY;
  Handle found(H5Fopen(path.c_str(), flags, list.id()), close_file, path);
  if (found.id() < 0) cannot_read(path, "cannot be opened");
  return File(std::move(found));
}

Group File::root() const {
  const Quiet quiet;
  Handle found(H5Gopen2(handle_.id(), "/", H5P_DEFAULT), close_group, handle_.path());
  if (found.id() < 0) cannot_read(handle_.path(), "root");
  return Group(std::move(found));
}

void File::flush() {
  const Quiet quiet;
  if (H5Fflush(handle_.id(), H5F_SCOPE_LOCAL) < 0) cannot_write(handle_.path(), "what was committed");
}

#define POLDER_INSTANTIATE(T)                                 \
  template void Object::set_attribute(const std::string&, T); \
  template T Object::attribute(const std::string&) const;
POLDER_INSTANTIATE(double)
POLDER_INSTANTIATE(std::int64_t)
POLDER_INSTANTIATE(std::uint64_t)
POLDER_INSTANTIATE(std::int32_t)
POLDER_INSTANTIATE(std::uint8_t)
POLDER_INSTANTIATE(std::int8_t)
#undef POLDER_INSTANTIATE

}  // namespace polder::output::hdf5
