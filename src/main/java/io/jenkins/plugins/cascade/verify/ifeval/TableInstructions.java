package io.jenkins.plugins.cascade.verify.ifeval;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** IFBench's tables of comma- or tab-separated values. */
final class TableInstructions {

    private static final List<String> CITY_HEADER = List.of("ID", "Country", "City", "Year", "Count");
    private static final Pattern PRODUCT_HEADER =
            header(",[ \\t]*", "ProductID", "Category", "Brand", "Price", "Stock");
    private static final Pattern STUDENT_HEADER = header("\\t *", "StudentID", "Subject", "Grade", "Semester", "Score");
    private static final int COLUMNS = 5;
    private static final int CITY_ROWS = 8;
    private static final int PRODUCT_ROWS = 15;
    private static final int STUDENT_ROWS = 4;

    private TableInstructions() {}

    private static Pattern header(String separator, String... names) {
        StringBuilder pattern = new StringBuilder();
        for (String name : names) {
            pattern.append(pattern.isEmpty() ? "" : separator)
                    .append("(?:")
                    .append(name)
                    .append("|\"")
                    .append(name)
                    .append("\")");
        }
        return Pattern.compile(pattern.toString());
    }

    static Instruction cities(Arguments arguments) {
        return response -> rows(response, ',', CITY_ROWS)
                .filter(rows -> rows.get(0).equals(CITY_HEADER))
                .filter(rows -> rows.stream().allMatch(row -> row.size() == COLUMNS))
                .isPresent();
    }

    /** A field in double quotes holds a special character; rows behind it are not looked at. */
    static Instruction specialCharacter(Arguments arguments) {
        return response -> hasHeader(response, PRODUCT_HEADER)
                && rows(keepingQuotes(response), ',', PRODUCT_ROWS)
                        .map(TableInstructions::hasSpecialField)
                        .orElse(false);
    }

    private static boolean hasSpecialField(List<List<String>> rows) {
        for (List<String> row : rows.subList(1, rows.size())) {
            if (row.size() != COLUMNS) {
                return false;
            }
            if (row.stream().anyMatch(TableInstructions::isSpecial)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSpecial(String field) {
        String line = PythonText.split(field, "\n").get(0);
        int last = line.lastIndexOf('"');
        return line.startsWith("\"")
                && last > 1
                && line.substring(1, last)
                        .codePoints()
                        .anyMatch(character -> !PythonText.isWord(character)
                                && !(character <= Character.MAX_VALUE && PythonText.isSpace((char) character)));
    }

    static Instruction quoted(Arguments arguments) {
        return response -> hasHeader(response, STUDENT_HEADER)
                && rows(keepingQuotes(response), '\t', STUDENT_ROWS)
                        .filter(rows -> rows.stream()
                                .allMatch(row ->
                                        row.size() == COLUMNS && row.stream().allMatch(TableInstructions::isQuoted)))
                        .isPresent();
    }

    private static boolean isQuoted(String field) {
        String text = PythonText.strip(field);
        return text.startsWith("\"") && text.endsWith("\"");
    }

    private static Optional<List<List<String>>> rows(String text, char delimiter, int count) {
        return PythonCsv.rows(text, delimiter).filter(rows -> rows.size() == count);
    }

    private static boolean hasHeader(String response, Pattern header) {
        return header.matcher(PythonText.strip(PythonText.split(response, "\n").get(0)))
                .matches();
    }

    /** Quotation marks become part of the fields they enclose. */
    private static String keepingQuotes(String response) {
        return response.replace("\"", "\"\"\"");
    }
}
