#include "problems/verification/verify.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "experiments/commands/arguments.hpp"
#include "experiments/json.hpp"
#include "problems/all_problems.hpp"

namespace optbed {
namespace {

using verification::Finding;
using verification::Findings;

struct VerifiedProblem {
  std::string name;
  Index dimension;
  Findings findings;
};

Json verification_json(const VerifiedProblem& verified) {
  Json checks = Json::array();
  for (const Finding& finding : verified.findings.all()) {
    Json check = {
        {"check", finding.check}, {"comparisons", finding.comparisons}, {"failures", finding.failures}};
    if (finding.failures > 0) check["first_failure"] = finding.first_failure;
    checks.push_back(std::move(check));
  }
  return {{"problem", verified.name},
          {"dimension", verified.dimension},
          {"holds", verified.findings.all_hold()},
          {"checks", std::move(checks)}};
}

// One line, and one more for each check that fails, or for every check.
void print_verified(const VerifiedProblem& verified, std::size_t width, bool every_check) {
  const Findings& findings = verified.findings;
  fmt::print("{:<{}}  n = {:<7} {:>6} comparisons  {}\n", verified.name, width, verified.dimension,
             findings.comparisons(), findings.all_hold() ? "hold" : "WRONG");
  std::size_t check_width = 0;
  for (const Finding& finding : findings.all()) check_width = std::max(check_width, finding.check.size());
  for (const Finding& finding : findings.all()) {
    if (finding.failures == 0 && !every_check) continue;
    fmt::print(
        "    {:<{}}  {:>5} comparisons  {}\n", finding.check, check_width, finding.comparisons,
        finding.failures == 0 ? "hold" : fmt::format("{} fail: {}", finding.failures, finding.first_failure));
  }
}

int verify_problems(const Command& command, const std::vector<std::string>& words) {
  program_options::options_description options("Options");
  options.add_options()("problem", program_options::value<std::vector<std::string>>()->value_name("PROBLEM"),
                        "name:key=value,…; every problem with its defaults unless given")(
      "json", "one object, with every check of every problem");
  program_options::positional_options_description positional;
  positional.add("problem", -1);
  const auto arguments = read_arguments(command, words, options, positional);
  if (!arguments) return 0;

  const ProblemRegistry registry = all_problems();
  const bool is_whole_registry = arguments->count("problem") == 0;
  const auto names =
      is_whole_registry ? registry.names() : (*arguments)["problem"].as<std::vector<std::string>>();
  std::vector<std::unique_ptr<Problem>> problems;  // all made first: a wrong name is told before any work
  for (const std::string& name : names) problems.push_back(registry.make(name));
  std::size_t width = 0;
  for (const std::string& name : names) width = std::max(width, name.size());

  const bool as_json = arguments->count("json") > 0;
  const auto begin = std::chrono::steady_clock::now();
  Json array = Json::array();
  long comparisons = 0;
  std::size_t wrong = 0;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const VerifiedProblem verified{names[i], problems[i]->dimension(), verification::verify(*problems[i])};
    comparisons += verified.findings.comparisons();
    wrong += verified.findings.all_hold() ? 0 : 1;
    if (as_json) {
      array.push_back(verification_json(verified));
    } else {
      print_verified(verified, width, !is_whole_registry);
      std::fflush(stdout);
    }
  }
  if (as_json) {
    fmt::print("{}\n", Json{{"holds", wrong == 0}, {"problems", std::move(array)}}.dump(2));
  } else {
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
    fmt::print("\n{} {}, {} comparisons in {:.1f} s: {}\n", names.size(),
               names.size() == 1 ? "problem" : "problems", comparisons, seconds.count(),
               wrong == 0 ? "all hold" : fmt::format("{} WRONG", wrong));
  }
  return wrong == 0 ? 0 : exit_check_failed;
}

}  // namespace

Command verify_command() {
  Command command{
      "verify",
      "verify [PROBLEM…] [--json]",
      "Compares derivatives, minimisers, mu, L and all other facts that problems declare with computation.",
      {}};
  command.run = [command](const auto& words) { return verify_problems(command, words); };
  return command;
}

}  // namespace optbed
