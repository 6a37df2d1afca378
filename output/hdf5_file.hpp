// SPDX-License-Identifier: Apache-2.0
// The only door to HDF5: files, groups, arrays and attributes as values that close themselves. No other file
// includes hdf5.h. What is written here is netCDF-4 as well: dimension scales, creation order, strings of
// variable length.
//
// errors: a file that is missing, foreign, truncated or damaged throws InputError with its path and a remedy;
// a file that cannot be written (disk full, no permission) throws std::runtime_error with path and reason.
// HDF5 itself stays silent.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace polder::output::hdf5 {

/// Numbers that arrays may hold.
template <class T>
concept Number =
    std::is_same_v<T, double> || std::is_same_v<T, std::int64_t> || std::is_same_v<T, std::uint64_t> ||
    std::is_same_v<T, std::int32_t> || std::is_same_v<T, std::uint8_t> || std::is_same_v<T, std::int8_t>;

/// Type of an array's elements; text is UTF-8 of variable length (fixed-length text crashes a common reader).
enum class Element : std::uint8_t { f64, i64, u64, i32, u8, i8, text };

/// Lengths along the axes, slowest first.
using Shape = std::vector<std::uint64_t>;
/// Number of elements of a shape.
std::uint64_t num_elements(std::span<const std::uint64_t> shape);

/// A rectangular part of an array.
struct Box {
  Shape start, count;
};

/// How an array lies in the file.
struct Storage {
  Shape chunk;  ///< empty: one piece, allocated and filled at creation, so that writing it moves nothing
  bool extendible = false;  ///< the first axis has no upper limit (needs a chunk)
  bool deflate = false;     ///< deflate and shuffle (needs a chunk)
  bool checksum = false;    ///< Fletcher-32 of each chunk, verified when read (needs a chunk)
  bool operator==(const Storage&) const = default;
};

/// Owns one HDF5 identifier and the path used in messages.
class Handle {
 public:
  using Close = int (*)(std::int64_t);
  Handle() = default;
  Handle(std::int64_t id, Close closer, std::string path) : id_(id), close_(closer), path_(std::move(path)) {}
  Handle(Handle&& other) noexcept { swap(other); }
  Handle& operator=(Handle&& other) noexcept {
    Handle(std::move(other)).swap(*this);
    return *this;
  }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle();
  std::int64_t id() const { return id_; }
  /// File path, then the place within it, for messages.
  const std::string& path() const { return path_; }
  /// Closes now. errors: std::runtime_error when the last bytes cannot be written.
  void close();

 private:
  void swap(Handle& other) noexcept {
    std::swap(id_, other.id_);
    std::swap(close_, other.close_);
    std::swap(path_, other.path_);
  }
  std::int64_t id_ = -1;
  Close close_ = nullptr;
  std::string path_;
};

/// Anything that carries attributes.
class Object {
 public:
  explicit Object(Handle handle) : handle_(std::move(handle)) {}
  /// Texts are scalar UTF-8; empty ones are left out.
  void set_attribute(const std::string& name, std::string_view text);
  void set_attribute(const std::string& name, const char* text) {
    set_attribute(name, std::string_view(text));
  }
  template <Number T>
  void set_attribute(const std::string& name, T value);
  bool has_attribute(const std::string& name) const;
  std::vector<std::string> attribute_names() const;
  /// Empty when there is none.
  std::string text_attribute(const std::string& name) const;
  /// errors: InputError when there is none.
  template <Number T>
  T attribute(const std::string& name) const;
  const std::string& path() const { return handle_.path(); }

 protected:
  Handle handle_;
};

/// An axis that a scale names: of which array (its `reference`), and at which position.
struct ScaleUser {
  std::uint64_t array = 0;
  std::int32_t position = 0;
};

/// One array.
class Dataset : public Object {
 public:
  using Object::Object;
  Shape shape() const;
  Element element() const;

  /// Writes everything; shape: values hold num_elements(shape()).
  template <Number T>
  void write(std::span<const T> values);
  template <Number T>
  void write(std::span<const T> values, const Box& box);
  void write_text(const std::vector<std::string>& values);

  /// errors: InputError when the file is damaged or the element type is another.
  template <Number T>
  std::vector<T> read() const;
  template <Number T>
  std::vector<T> read(const Box& box) const;
  std::vector<std::string> read_text() const;

  /// Makes this array an axis. `name`: empty for an axis that has a coordinate (this array), else netCDF's
  /// mark for an axis that is only a length.
  void make_scale(const std::string& name = {});
  bool is_scale() const;
  /// Names axis `position` after `scale`.
  void attach_scale(std::size_t position, const Dataset& scale);
  /// Names all axes at once, which is faster than one by one; each scale must be told with `set_users`.
  void attach_scales(std::span<const Dataset* const> scales);
  /// What an array is referred to by within its file.
  std::uint64_t reference() const;
  /// Says whose axes this scale names, in place of what it said before.
  void set_users(std::span<const ScaleUser> users);
};

/// A folder inside the file.
class Group : public Object {
 public:
  using Object::Object;
  bool has(const std::string& name) const;
  std::vector<std::string> names() const;  ///< of groups and arrays, in the order of their creation
  bool is_group(const std::string& name) const;
  Group create_group(const std::string& name);
  Group group(const std::string& name) const;
  /// Floating arrays are filled with NaN and say so (`_FillValue`), the others with zero.
  Dataset create(const std::string& name, Element element, const Shape& shape, const Storage& storage = {});
  Dataset dataset(const std::string& name) const;
};

/// One open file.
class File {
 public:
  /// Which readers can open it: `portable` any since 2008 and nothing to repair after a kill; `guarded` adds
  /// checksums to all of the file's structure, for our own checkpoints.
  enum class Kind : std::uint8_t { portable, guarded };
  enum class Access : std::uint8_t { read, write };
  static File create(const std::string& path, Kind kind = Kind::portable);
  static File open(const std::string& path, Access access);
  Group root() const;
  /// Hands everything to the operating system (a kill afterwards loses nothing).
  void flush();
  /// errors: std::runtime_error when the disk is full.
  void close() { handle_.close(); }

 private:
  explicit File(Handle handle) : handle_(std::move(handle)) {}
  Handle handle_;
};

}  // namespace polder::output::hdf5
