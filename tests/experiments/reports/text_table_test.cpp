#include "experiments/reports/text_table.hpp"

#include <gtest/gtest.h>

#include "problems/errors.hpp"

namespace optbed::text_table_test {
namespace {

TextTable example() {
  TextTable table;
  table.notes = {"100 % of a_b"};
  table.columns = {{"name", false}, {"cost"}};
  table.rows = {{TableCell::words("a_b|c,d"), TableCell::number(12345678)},
                {TableCell::words("κ"), {"unsolved", ""}},
                {TableCell::words("say \"x\""), TableCell::number(0.123456)}};
  return table;
}

TEST(TextTable, AlignsWordsToTheLeftAndNumbersToTheRight) {
  EXPECT_EQ(written(example(), TableFormat::text),
            "100 % of a_b\n"
            "name         cost\n"
            "a_b|c,d  12345678\n"
            "κ        unsolved\n"
            "say \"x\"    0.1235\n");
}

TEST(TextTable, EscapesWhatMarkdownWouldTakeForAColumn) {
  EXPECT_EQ(written(example(), TableFormat::markdown),
            "100 % of a_b\n\n"
            "| name | cost |\n| --- | ---: |\n"
            "| a_b\\|c,d | 12345678 |\n| κ | unsolved |\n| say \"x\" | 0.1235 |\n");
}

TEST(TextTable, WritesLatexWithTheRulesOfBooktabs) {
  EXPECT_EQ(written(example(), TableFormat::latex),
            "% needs \\usepackage{booktabs}\n% 100 % of a_b\n"
            "\\begin{tabular}{lr}\n\\toprule\nname & cost \\\\\n\\midrule\n"
            "a\\_b|c,d & 12345678 \\\\\nκ & unsolved \\\\\nsay \"x\" & 0.1235 \\\\\n"
            "\\bottomrule\n\\end{tabular}\n");
}

TEST(TextTable, WritesCsvWithAllDigitsAndAnEmptyFieldForWhatIsNotKnown) {
  EXPECT_EQ(written(example(), TableFormat::csv),
            "# 100 % of a_b\nname,cost\n\"a_b|c,d\",12345678\nκ,\n\"say \"\"x\"\"\",0.123456\n");
}

TEST(TextTable, KnowsItsFormatsByName) {
  EXPECT_EQ(table_format("latex"), TableFormat::latex);
  EXPECT_THROW(table_format("latx"), UsageError);
}

}  // namespace
}  // namespace optbed::text_table_test
