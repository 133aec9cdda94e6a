#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <set>

#include "experiments/claims/claim.hpp"
#include "experiments/commands/arguments.hpp"
#include "experiments/figures/figure.hpp"
#include "experiments/figures/find_figure_spec.hpp"
#include "experiments/interruption.hpp"
#include "experiments/json.hpp"
#include "problems/all_problems.hpp"
#include "problems/errors.hpp"
#include "problems/nearest_name.hpp"
#include "solvers/registry.hpp"

namespace optbed {
namespace {

std::vector<Claim> chosen_claims(const std::vector<std::string>& ids) {
  std::vector<Claim> claims = all_claims();
  if (ids.empty()) return claims;
  std::vector<std::string> known;
  known.reserve(claims.size());
  for (const Claim& claim : claims) known.push_back(claim.id);
  std::vector<Claim> chosen;
  for (const std::string& id : ids) {
    const auto found = std::find_if(claims.begin(), claims.end(), [&](const Claim& c) { return c.id == id; });
    if (found == claims.end()) {
      throw UsageError(
          fmt::format("there is no claim '{}'{}\n  they are {} to {}; 'optbed claims --list' shows them", id,
                      did_you_mean(id, known), known.front(), known.back()));
    }
    chosen.push_back(*found);
  }
  return chosen;
}

std::string expected_text(const Check& check) {
  if (check.relation != Relation::equals)
    return fmt::format("{} {:.6g}", to_string(check.relation), check.expected);
  return check.tolerance > 0 ? fmt::format("{:.8g} +- {:.1g}", check.expected, check.tolerance)
                             : fmt::format("{:.8g} exactly", check.expected);
}

void print_checks(const ClaimResult& result, bool all) {
  for (const Check& check : result.checks) {
    if (!all && check.holds) continue;
    fmt::print("      {} {}: {:.8g}, expected {}\n", check.holds ? " " : "x", check.what, check.measured,
               expected_text(check));
  }
  if (!result.error.empty()) fmt::print("      x the experiment ended early: {}\n", result.error);
}

void print(const Claim& claim, const ClaimResult& result, bool all_checks) {
  fmt::print("{:>4}  {:<44}  {:<11}  {:>2} {}, {:.1f} s\n", claim.id, claim.title, to_string(result.verdict),
             result.checks.size(), result.checks.size() == 1 ? "check " : "checks", result.seconds);
  if (all_checks) fmt::print("      {}\n", claim.statement);
  if (all_checks && !claim.mistaken.empty()) fmt::print("      The lecture errs: {}\n", claim.mistaken);
  if (all_checks) fmt::print("      {}\n", claim.source);
  print_checks(result, all_checks);
  std::fflush(stdout);
}

Json check_json(const Check& check) {
  return {{"what", check.what},
          {"relation", to_string(check.relation)},
          {"expected", to_json(check.expected)},
          {"measured", to_json(check.measured)},
          {"tolerance", to_json(check.tolerance)},
          {"holds", check.holds}};
}

// The check that stands for the claim: one that fails before others.
const Check* telling_check(const ClaimResult& result) {
  const auto failing =
      std::find_if(result.checks.begin(), result.checks.end(), [](const Check& c) { return !c.holds; });
  if (failing != result.checks.end()) return &*failing;
  return result.checks.empty() ? nullptr : &result.checks.front();
}

Json claim_json(const Claim& claim, const ClaimResult& result) {
  const Check* check = telling_check(result);
  Json object = {{"id", claim.id},
                 {"title", claim.title},
                 {"statement", claim.statement},
                 {"relation", check ? Json(to_string(check->relation)) : Json(nullptr)},
                 {"expected", check ? to_json(check->expected) : Json(nullptr)},
                 {"measured", check ? to_json(check->measured) : Json(nullptr)},
                 {"tolerance", check ? to_json(check->tolerance) : Json(nullptr)},
                 {"verdict", to_string(result.verdict)},
                 {"source", claim.source}};
  if (!claim.mistaken.empty()) object["mistaken"] = claim.mistaken;
  if (!claim.figure.empty()) object["figure"] = claim.figure;
  if (!result.error.empty()) object["error"] = result.error;
  Json checks = Json::array();
  for (const Check& each : result.checks) checks.push_back(check_json(each));
  object["checks"] = std::move(checks);
  object["seconds"] = result.seconds;
  return object;
}

int list_claims(const std::vector<Claim>& claims) {
  for (const Claim& claim : claims) fmt::print("{:>4}  {:<44}  {}\n", claim.id, claim.title, claim.statement);
  return 0;
}

void draw_figures(const std::vector<Claim>& claims, const std::string& folder) {
  std::set<std::string> names;
  for (const Claim& claim : claims) {
    if (!claim.figure.empty()) names.insert(claim.figure);
  }
  const ProblemRegistry problems = all_problems();
  const SolverRegistry solvers = all_solvers();
  for (const std::string& name : names) {
    const FigureReport report = make_figure(
        find_figure_spec(name), {.directory = folder, .interrupted = interrupted}, problems, solvers);
    if (!report.not_drawn.empty()) throw InputError(fmt::format("{}: no picture: {}", name, report.not_drawn));
  }
}

int measure_claims(const Command& command, const std::vector<std::string>& words) {
  program_options::options_description options("Options");
  options.add_options()("id", program_options::value<std::vector<std::string>>()->value_name("ID"),
                        "all of them unless given")("figures",
                                                    program_options::value<std::string>()->value_name("DIR"),
                                                    "draw the figures that show them into this folder")(
      "list", "only say what they are")("json", "one array");
  program_options::positional_options_description positional;
  positional.add("id", -1);
  const auto arguments = read_arguments(command, words, options, positional);
  if (!arguments) return 0;
  const auto ids =
      arguments->count("id") ? (*arguments)["id"].as<std::vector<std::string>>() : std::vector<std::string>{};
  const std::vector<Claim> claims = chosen_claims(ids);
  if (arguments->count("list")) return list_claims(claims);

  catch_interruption();
  if (const auto folder = given(*arguments, "figures")) draw_figures(claims, *folder);
  const bool as_json = arguments->count("json") > 0;
  Json array = Json::array();
  int counts[3] = {};
  for (const Claim& claim : claims) {
    if (interrupted()) break;
    const ClaimResult result = try_claim(claim);
    ++counts[static_cast<int>(result.verdict)];
    if (as_json) {
      array.push_back(claim_json(claim, result));
    } else {
      print(claim, result, !ids.empty());
    }
  }
  const int failures = counts[static_cast<int>(ClaimVerdict::fails)];
  if (as_json) {
    fmt::print("{}\n", array.dump(2));
  } else {
    fmt::print("\n{} hold, {} of the lectures' are shown to be wrong, {} fail\n", counts[0], counts[1],
               failures);
  }
  if (interrupted()) {
    const auto left = claims.size() - static_cast<std::size_t>(counts[0] + counts[1] + counts[2]);
    if (!as_json) fmt::print("interrupted: {} of {} claims are not measured\n", left, claims.size());
    return exit_interrupted;
  }
  return failures == 0 ? 0 : exit_check_failed;
}

}  // namespace

Command claims_command() {
  Command command{"claims",
                  "claims [ID…] [--figures DIR] [--list] [--json]",
                  "Measures what lectures on optimization say, claim by claim.",
                  {}};
  command.run = [command](const auto& words) { return measure_claims(command, words); };
  return command;
}

}  // namespace optbed
