// SPDX-License-Identifier: Apache-2.0
// Named arrays in and out: checkpoints are written through this; HDF5 lives in output/.
#pragma once
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace polder {

class ArchiveWriter {
 public:
  virtual ~ArchiveWriter() = default;
  /// name: path with `/`; each name once.
  virtual void put(const std::string& name, std::span<const double> values) = 0;
  virtual void put(const std::string& name, std::span<const std::int64_t> values) = 0;
  virtual void put(const std::string& name, std::span<const std::uint64_t> values) = 0;
  virtual void put(const std::string& name, std::span<const std::uint8_t> values) = 0;
  virtual void put_text(const std::string& name, const std::string& text) = 0;
};

class ArchiveReader {
 public:
  virtual ~ArchiveReader() = default;
  virtual bool has(const std::string& name) const = 0;
  /// errors: InputError when missing or of another type (a damaged checkpoint).
  virtual void get(const std::string& name, std::vector<double>& values) const = 0;
  virtual void get(const std::string& name, std::vector<std::int64_t>& values) const = 0;
  virtual void get(const std::string& name, std::vector<std::uint64_t>& values) const = 0;
  virtual void get(const std::string& name, std::vector<std::uint8_t>& values) const = 0;
  virtual std::string get_text(const std::string& name) const = 0;
};

/// In memory, for tests and branching.
class MemoryArchive final : public ArchiveWriter, public ArchiveReader {
 public:
  void put(const std::string& name, std::span<const double> v) override {
    items_[name] = std::vector(v.begin(), v.end());
  }
  void put(const std::string& name, std::span<const std::int64_t> v) override {
    items_[name] = std::vector(v.begin(), v.end());
  }
  void put(const std::string& name, std::span<const std::uint64_t> v) override {
    items_[name] = std::vector(v.begin(), v.end());
  }
  void put(const std::string& name, std::span<const std::uint8_t> v) override {
    items_[name] = std::vector(v.begin(), v.end());
  }
  void put_text(const std::string& name, const std::string& text) override { items_[name] = text; }
  bool has(const std::string& name) const override { return items_.contains(name); }
  void get(const std::string& name, std::vector<double>& v) const override {
    v = item<std::vector<double>>(name);
  }
  void get(const std::string& name, std::vector<std::int64_t>& v) const override {
    v = item<std::vector<std::int64_t>>(name);
  }
  void get(const std::string& name, std::vector<std::uint64_t>& v) const override {
    v = item<std::vector<std::uint64_t>>(name);
  }
  void get(const std::string& name, std::vector<std::uint8_t>& v) const override {
    v = item<std::vector<std::uint8_t>>(name);
  }
  std::string get_text(const std::string& name) const override { return item<std::string>(name); }
  bool operator==(const MemoryArchive& other) const { return items_ == other.items_; }

 private:
  using Item = std::variant<std::vector<double>, std::vector<std::int64_t>, std::vector<std::uint64_t>,
                            std::vector<std::uint8_t>, std::string>;
  template <class T>
  const T& item(const std::string& name) const {
    return std::get<T>(items_.at(name));
  }
  std::map<std::string, Item> items_;
};

}  // namespace polder
