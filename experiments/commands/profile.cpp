#include <fmt/format.h>

#include "experiments/commands/report_arguments.hpp"
#include "experiments/output_file.hpp"
#include "experiments/reports/profile_figure.hpp"
#include "experiments/reports/profile_report.hpp"
#include "problems/options.hpp"

namespace optbed {
namespace {

ProfileRequest read_request(const program_options::variables_map& arguments) {
  ProfileRequest request;
  if (const auto kind = given(arguments, "kind")) request.kind = profile_kind(*kind);
  if (const auto tau = given(arguments, "tau")) request.tau = parse_real("profile", "--tau", *tau, open(0, 1));
  request.cost = read_cost(arguments);
  return request;
}

int print_profile(const Command& command, const std::vector<std::string>& words) {
  program_options::options_description options("Options");
  const auto text = [](const char* name) { return program_options::value<std::string>()->value_name(name); };
  add_store_words(options);
  add_cost_option(options);
  options.add_options()("kind", text("KIND"), "performance, data or ecdf (performance)")(
      "tau", text("T"),
      "a run has converged where f <= f_L + tau (f_0 - f_L), by its trace (data: 1e-3; performance: where it "
      "is solved)")("output,o", text("FILE"), "draw it: FILE.svg, .png or .pdf")(
      "csv", text("FILE"), "write the steps of the curves")("json", "one object");
  const auto arguments = read_arguments(command, words, options, store_words());
  if (!arguments) return 0;
  const ProfileRequest request = read_request(*arguments);
  const auto picture = given(*arguments, "output");
  const auto csv = given(*arguments, "csv");
  if (picture) picture_format(*picture);
  for (const auto& file : {picture, csv}) {
    if (file) check_output_file(*file);
  }
  const StoresAndFilter from = read_stores_and_filter(command, *arguments, 1);
  const ProfileReport report =
      profile_report(Store(from.stores.front(), Store::Access::read), from.filter, request);
  if (csv) write_output_file(*csv, csv_of(report));
  fmt::print("{}", arguments->count("json") ? json_of(report).dump(2) + '\n' : text_of(report));
  if (picture) draw_profile(report, *picture);
  return 0;
}

}  // namespace

Command profile_command() {
  Command command{
      "profile",
      "profile STORE [FILTER…] [--kind performance|data|ecdf] [--cost COST] [--tau T] [-o FILE] "
      "[--csv FILE] [--json]",
      "Performance profiles, data profiles and distributions of evaluations, and the ranking with its "
      "stability.",
      {}};
  command.run = [command](const auto& words) { return print_profile(command, words); };
  return command;
}

}  // namespace optbed
