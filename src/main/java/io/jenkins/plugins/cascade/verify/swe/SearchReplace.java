package io.jenkins.plugins.cascade.verify.swe;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Edits as blocks: what to look for between {@code <<<<<<< SEARCH} and {@code =======}, what to put there before {@code >>>>>>> REPLACE}. */
final class SearchReplace {

    private static final String SEARCH = "<<<<<<< SEARCH";
    private static final String DIVIDER = "=======";
    private static final String REPLACE = ">>>>>>> REPLACE";
    private static final Pattern PATH = Pattern.compile("^(?:#{1,6}\\s*)?`?([\\w./+-]+)`?:?$");

    private SearchReplace() {}

    static boolean isIn(String response) {
        return response.contains(SEARCH);
    }

    /** The changed files. A block without a path belongs to the file named before it, or to the only file there is. */
    static Map<String, String> apply(String response, Map<String, String> files) throws PatchException {
        Map<String, String> changed = new LinkedHashMap<>();
        String path = files.size() == 1 ? files.keySet().iterator().next() : null;
        String[] lines = response.split("\n", -1);
        for (int at = 0; at < lines.length; at++) {
            String line = lines[at].stripTrailing();
            Matcher named = PATH.matcher(line.strip());
            if (named.matches() && files.containsKey(named.group(1))) {
                path = named.group(1);
            } else if (isHeadingOfUnknownFile(line, named, files)) {
                path = null;
            } else if (line.equals(SEARCH)) {
                int divider = find(lines, at, DIVIDER);
                int end = find(lines, divider, REPLACE);
                if (path == null) {
                    throw new PatchException("an edit names no known file");
                }
                String before = changed.getOrDefault(path, files.get(path));
                changed.put(path, replaced(before, joined(lines, at + 1, divider), joined(lines, divider + 1, end)));
                at = end;
            }
        }
        return changed;
    }

    /** A heading that is a path, unless the only file was given without a name of its own. */
    private static boolean isHeadingOfUnknownFile(String line, Matcher named, Map<String, String> files) {
        return line.startsWith("#")
                && named.matches()
                && named.group(1).matches(".*[./].*")
                && !files.containsKey(SweTask.UNNAMED);
    }

    private static int find(String[] lines, int from, String mark) throws PatchException {
        for (int at = from + 1; at < lines.length; at++) {
            if (lines[at].stripTrailing().equals(mark)) {
                return at;
            }
        }
        throw new PatchException("an edit has no '" + mark + "'");
    }

    private static String joined(String[] lines, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int at = from; at < to; at++) {
            text.append(lines[at]).append('\n');
        }
        return text.toString();
    }

    /** The text with whole lines replaced, which must stand in it exactly once. */
    private static String replaced(String text, String search, String replacement) throws PatchException {
        String lines = text.endsWith("\n") ? text : text + "\n";
        int found = -1;
        for (int at = lines.indexOf(search); at >= 0 && !search.isEmpty(); at = lines.indexOf(search, at + 1)) {
            boolean whole = at == 0 || lines.charAt(at - 1) == '\n';
            if (whole && found >= 0) {
                throw new PatchException("the lines to replace stand in the file more than once");
            }
            found = whole ? at : found;
        }
        if (found < 0) {
            throw new PatchException("the lines to replace are not in the file");
        }
        String result = lines.substring(0, found) + replacement + lines.substring(found + search.length());
        boolean endless = !text.endsWith("\n") && result.endsWith("\n");
        return endless ? result.substring(0, result.length() - 1) : result;
    }
}
