// SPDX-License-Identifier: Apache-2.0
// `polder report`: a result as one page for readers without a modelling background, as tables or as pictures.
#include <filesystem>
#include <memory>
#include <ostream>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "output/result_reader.hpp"
#include "tools/command.hpp"
#include "tools/report/document.hpp"
#include "tools/report/files.hpp"
#include "tools/report/page.hpp"
#include "tools/report/pictures.hpp"
#include "tools/report/sweep.hpp"
#include "tools/report/tables.hpp"
#include "tools/terminal.hpp"
#include "tools/text_table.hpp"

namespace polder::tools {

namespace {

constexpr const char* report_examples =
    "Examples:\n"
    "  polder report growth-fund.h5                          the page growth-fund.html: works offline, "
    "prints well\n"
    "  polder report growth-fund.h5 -o rapport.html --lang nl\n"
    "  polder report growth-fund.h5 --format csv -o tables   tidy tables in the folder tables/\n"
    "  polder report growth-fund.h5 --format svg -o charts   every chart as a file in the folder charts/\n"
    "  polder report growth-fund.h5 --format json -o -       the document that the page is made of";

class ReportCommand final : public Command {
 public:
  explicit ReportCommand(CLI::App& app) {
    CLI::App& sub =
        *app.add_subcommand("report", "Makes one page of a result, or its tables or charts as files");
    sub.footer(report_examples);
    sub.add_option("RESULT", path_, "Result, or the merged file of a sweep (HDF5)")->required();
    sub.add_option(
           "-o,--output", output_,
           "File of the page, folder of tables or charts (default: beside the result, under its name)")
        ->type_name("PLACE");
    sub.add_option("--lang", language_, "Language of the page and the charts")
        ->type_name("")
        ->check(CLI::IsMember({"en", "nl"}));
    sub.add_option("--format", format_,
                   "html: the page; csv: tables; svg: charts; json: what they are made of")
        ->type_name("")
        ->check(CLI::IsMember({"html", "csv", "svg", "json"}));
    sub.add_flag("--quiet", quiet_, "Says nothing but mistakes");
  }

  int run(Arguments) override {
    if (format_ == "csv") {
      say_files(report::write_tables(*open_result(), place("-tables")), "-tables");
      return exit_done;
    }
    const report::Bundle bundle = report::bundle();
    if (format_ != "json") report::require(bundle);
    const report::Json document =
        report::is_sweep(path_) ? report::sweep_document(path_) : report::document(*open_result());
    if (format_ == "svg") {
      say_files(report::write_pictures(bundle, document, language_, place("-charts")), "-charts");
    } else if (format_ == "json") {
      write_text(".json", document.dump(1, ' ', false, report::Json::error_handler_t::replace) + '\n');
    } else {
      write_text(".html", report::page(bundle, document, language_));
    }
    return exit_done;
  }

 private:
  std::unique_ptr<output::ResultReader> open_result() const {
    if (report::is_sweep(path_))
      throw InputError(
          Mistake{{path_, 0, 0},
                  "--format",
                  format_,
                  "html, svg or json: the merged file of a sweep is a table itself (README.md of output)",
                  {}});
    auto result = std::make_unique<output::ResultReader>(path_);
    if (!result->complete())
      warn(fmt::format("{} is unfinished: only its finished runs count.\n", result->path()));
    return result;
  }

  /// Where the output goes: as told, else the result's name with another end.
  std::string place(const char* end) const {
    if (!output_.empty()) return output_;
    return std::filesystem::path(path_).replace_extension().string() + end;
  }

  void write_text(const char* end, const std::string& text) const {
    if (output_ == "-") {
      print(text);
      return;
    }
    const std::string path = place(end);
    report::write_file(path, [&](std::ostream& out) { out << text; });
    if (!quiet_)
      print(format_ == "json" ? fmt::format("The document is in {}.\n", path)
                              : fmt::format("The report is in {} ({:.1f} MB); any browser opens it.\n", path,
                                            static_cast<double>(text.size()) * 1e-6));
  }

  void say_files(const std::vector<std::string>& names, const char* end) const {
    if (!quiet_)
      print(fmt::format("{} in {}: {}\n", counted(names.size(), "file"), place(end), fmt::join(names, ", ")));
  }

  std::string path_, output_, language_ = "en", format_ = "html";
  bool quiet_ = false;
};

}  // namespace

std::unique_ptr<Command> make_report_command(CLI::App& app) {
  return std::make_unique<ReportCommand>(app);
}

}  // namespace polder::tools
