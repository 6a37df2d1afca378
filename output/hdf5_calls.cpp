// SPDX-License-Identifier: Apache-2.0
#include "output/hdf5_calls.hpp"

#include "engine/error.hpp"
#include "output/refuse.hpp"

namespace polder::output::hdf5 {
namespace {

herr_t innermost(unsigned /*depth*/, const H5E_error2_t* error, void* out) {
  auto& text = *static_cast<std::string*>(out);
  if (text.empty() && error->desc != nullptr) text = error->desc;
  return 0;
}

/// What went wrong at the bottom: the system's own words where there are any.
std::string reason() {
  std::string text;
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, innermost, &text);
  const std::string_view mark = "error message = '";
  if (const auto begin = text.find(mark); begin != std::string::npos) {
    const auto from = begin + mark.size();
    return text.substr(from, text.find('\'', from) - from);
  }
  return text.empty() ? "unknown reason" : text;
}

}  // namespace

void cannot_read(const std::string& path, const std::string& what) {
  refuse(path, "", what + ": " + reason(),
         "a whole HDF5 file; this one is damaged or of another program: make it again");
}
void cannot_write(const std::string& path, const std::string& what) {
  throw std::runtime_error(path + ": cannot write " + what + " (" + reason() +
                           "). Free some disk space or choose another place, then continue the run");
}

Handle text_type(const std::string& path) {
  Handle type(H5Tcopy(H5T_C_S1), close_type, path);
  H5Tset_size(type.id(), H5T_VARIABLE);
  H5Tset_cset(type.id(), H5T_CSET_UTF8);
  return type;
}
Handle file_type(Element element, const std::string& path) {
  switch (element) {
    case Element::f64:
      return Handle(H5Tcopy(H5T_IEEE_F64LE), close_type, path);
    case Element::i64:
      return Handle(H5Tcopy(H5T_STD_I64LE), close_type, path);
    case Element::u64:
      return Handle(H5Tcopy(H5T_STD_U64LE), close_type, path);
    case Element::i32:
      return Handle(H5Tcopy(H5T_STD_I32LE), close_type, path);
    case Element::u8:
      return Handle(H5Tcopy(H5T_STD_U8LE), close_type, path);
    case Element::i8:
      return Handle(H5Tcopy(H5T_STD_I8LE), close_type, path);
    case Element::text:
      break;
  }
  return text_type(path);
}

Handle space_of(std::span<const std::uint64_t> shape, bool extendible, const std::string& path) {
  std::vector<hsize_t> size(shape.begin(), shape.end());
  std::vector<hsize_t> limit = size;
  if (extendible) limit.front() = H5S_UNLIMITED;
  return Handle(H5Screate_simple(static_cast<int>(size.size()), size.data(), limit.data()), close_space,
                path);
}

}  // namespace polder::output::hdf5
