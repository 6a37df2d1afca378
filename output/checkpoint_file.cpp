// SPDX-License-Identifier: Apache-2.0
#include "output/checkpoint_file.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/error.hpp"
#include "output/file_system.hpp"
#include "output/refuse.hpp"

namespace polder::output {
namespace {

using hdf5::Dataset;
using hdf5::Element;
using hdf5::Group;
using hdf5::Storage;

template <class T>
constexpr Element element = Element::f64;
template <>
constexpr Element element<std::int64_t> = Element::i64;
template <>
constexpr Element element<std::uint64_t> = Element::u64;
template <>
constexpr Element element<std::uint8_t> = Element::u8;

/// Names with `/` are kept flat: HDF5 reads a `/` as a folder.
std::string flat(std::string name) {
  std::replace(name.begin(), name.end(), '/', '|');
  return name;
}

template <hdf5::Number T>
void put_array(Group& group, const std::string& name, std::span<const T> values) {
  Storage storage;
  if (!values.empty()) storage = {{std::min<std::uint64_t>(values.size(), 65536)}, false, false, true};
  Dataset array = group.create(flat(name), element<T>, {values.size()}, storage);
  array.write(values);
}

/// Texts as bytes, so that checksums cover them and any content survives.
void put_bytes(Group& group, const std::string& name, const std::string& text) {
  put_array(group, name, std::span(reinterpret_cast<const std::uint8_t*>(text.data()), text.size()));
}

template <hdf5::Number T>
std::vector<T> get_array(const Group& group, const std::string& name) {
  if (!group.has(flat(name))) {
    refuse(group.path(), name, "missing",
           "a checkpoint of this program and scenario: run again from the start");
  }
  return group.dataset(flat(name)).read<T>();
}

std::string get_bytes(const Group& group, const std::string& name) {
  const auto bytes = get_array<std::uint8_t>(group, name);
  return {bytes.begin(), bytes.end()};
}

class StateWriter final : public ArchiveWriter {
 public:
  explicit StateWriter(Group group) : group_(std::move(group)) {}
  void put(const std::string& name, std::span<const double> values) override {
    put_array(group_, name, values);
  }
  void put(const std::string& name, std::span<const std::int64_t> values) override {
    put_array(group_, name, values);
  }
  void put(const std::string& name, std::span<const std::uint64_t> values) override {
    put_array(group_, name, values);
  }
  void put(const std::string& name, std::span<const std::uint8_t> values) override {
    put_array(group_, name, values);
  }
  void put_text(const std::string& name, const std::string& text) override { put_bytes(group_, name, text); }

 private:
  Group group_;
};

class StateReader final : public ArchiveReader {
 public:
  explicit StateReader(Group group) : group_(std::move(group)) {}
  bool has(const std::string& name) const override { return group_.has(flat(name)); }
  void get(const std::string& name, std::vector<double>& v) const override {
    v = get_array<double>(group_, name);
  }
  void get(const std::string& name, std::vector<std::int64_t>& v) const override {
    v = get_array<std::int64_t>(group_, name);
  }
  void get(const std::string& name, std::vector<std::uint64_t>& v) const override {
    v = get_array<std::uint64_t>(group_, name);
  }
  void get(const std::string& name, std::vector<std::uint8_t>& v) const override {
    v = get_array<std::uint8_t>(group_, name);
  }
  std::string get_text(const std::string& name) const override { return get_bytes(group_, name); }

 private:
  Group group_;
};

}  // namespace

CheckpointWriter::CheckpointWriter(std::string path)
    : path_(std::move(path)),
      fresh_path_(path_ + ".new"),
      file_(std::make_unique<hdf5::File>(hdf5::File::create(fresh_path_, hdf5::File::Kind::guarded))) {
  Group root = file_->root();
  root.set_attribute("program", "polder checkpoint");
  root.set_attribute("format", checkpoint_format);
  root.create_group("states");
  root.create_group("facts");
}

CheckpointWriter::~CheckpointWriter() {
  file_.reset();
  if (!finished_) discard(fresh_path_);
}

std::unique_ptr<ArchiveWriter> CheckpointWriter::state(const std::string& name) {
  EXPECTS(!finished_);
  return std::make_unique<StateWriter>(file_->root().group("states").create_group(flat(name)));
}

void CheckpointWriter::put_text(const std::string& name, const std::string& text) {
  EXPECTS(!finished_);
  Group facts = file_->root().group("facts");
  put_bytes(facts, name, text);
}

void CheckpointWriter::finish() {
  EXPECTS(!finished_);
  file_->close();
  publish(fresh_path_, path_);
  finished_ = true;
}

CheckpointReader::CheckpointReader(const std::string& path)
    : path_(path), file_([&] {
        if (!exists(path)) refuse(path, "", "no such file", "the path of a checkpoint");
        return hdf5::File::open(path, hdf5::File::Access::read);
      }()) {
  const Group root = file_.root();
  if (root.text_attribute("program") != "polder checkpoint") {
    refuse(path, "", "an HDF5 file that is no checkpoint", "a checkpoint written by polder");
  }
  const auto format = root.attribute<std::int32_t>("format");
  if (format != checkpoint_format) {
    refuse(path, "format", fmt::format("{}", format),
           fmt::format("{}: go on with the version that wrote it, or run again", checkpoint_format));
  }
  states_ = root.group("states").names();
  for (auto& name : states_) std::replace(name.begin(), name.end(), '|', '/');
}

bool CheckpointReader::has_state(const std::string& name) const {
  return std::find(states_.begin(), states_.end(), name) != states_.end();
}

std::unique_ptr<ArchiveReader> CheckpointReader::state(const std::string& name) const {
  if (!has_state(name)) refuse(path_, name, "missing", "a state of this checkpoint", nearest(name, states_));
  return std::make_unique<StateReader>(file_.root().group("states").group(flat(name)));
}

std::string CheckpointReader::get_text(const std::string& name) const {
  return get_bytes(file_.root().group("facts"), name);
}

}  // namespace polder::output
