package io.jenkins.plugins.cascade.verify.math;

import io.jenkins.plugins.cascade.verify.math.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Reads an answer of any kind: splits it at the weakest connective outside brackets, down to scalar expressions. */
final class AnswerParser {

    private static final int MAX_DEPTH = 20;
    private static final Set<Kind> TEXT_KINDS = Set.of(
            Kind.WORD, Kind.LETTER, Kind.CONSTANT, Kind.FUNCTION, Kind.NUMBER, Kind.OTHER, Kind.JOIN, Kind.COMMA);

    private AnswerParser() {}

    /**
     * Reads an answer.
     *
     * @param thousands whether {@code 1,234} is one number rather than two
     * @throws NotMathematicsException if the text is outside the grammar
     */
    static Answer parse(String text, boolean thousands) throws NotMathematicsException {
        List<Token> tokens = trimmed(Lexer.tokens(text, thousands));
        if (tokens.isEmpty()) {
            throw new NotMathematicsException("the answer is empty");
        }
        return answer(tokens, 0);
    }

    private static List<Token> trimmed(List<Token> tokens) {
        int end = tokens.size();
        while (end > 0
                && (tokens.get(end - 1).is(Kind.OTHER, ".")
                        || tokens.get(end - 1).is(Kind.COMMA))) {
            end--;
        }
        return tokens.subList(0, end);
    }

    private static Answer answer(List<Token> tokens, int depth) throws NotMathematicsException {
        if (depth > MAX_DEPTH) {
            throw new NotMathematicsException("the answer is nested too deeply");
        }
        List<List<Token>> items = split(tokens, token -> token.is(Kind.COMMA) || token.is(Kind.JOIN));
        if (items.size() > 1) {
            if (isText(tokens)) {
                return text(tokens);
            }
            return new Answer.Collection(joint(tokens), flat(each(items, depth)));
        }
        List<List<Token>> operands = split(tokens, token -> token.is(Kind.RELATION));
        if (operands.size() > 1) {
            return relation(tokens, operands, depth);
        }
        List<List<Token>> parts = split(tokens, token -> token.is(Kind.UNION));
        if (parts.size() > 1) {
            return new Answer.Union(each(parts, depth));
        }
        return single(tokens, depth);
    }

    private static List<Answer> each(List<List<Token>> items, int depth) throws NotMathematicsException {
        List<Answer> answers = new ArrayList<>();
        for (List<Token> item : items) {
            if (item.isEmpty()) {
                throw new NotMathematicsException("an item of the answer is empty");
            }
            answers.add(answer(item, depth + 1));
        }
        return List.copyOf(answers);
    }

    /** The two values of a plus-minus sign are items of the list they stand in. */
    private static List<Answer> flat(List<Answer> items) {
        return items.stream()
                .flatMap(item ->
                        item instanceof Answer.Collection inner && inner.joint().equals(",")
                                ? inner.items().stream()
                                : Stream.of(item))
                .toList();
    }

    private static Answer relation(List<Token> tokens, List<List<Token>> operands, int depth)
            throws NotMathematicsException {
        List<String> relations = new ArrayList<>();
        int level = 0;
        for (Token token : tokens) {
            level += token.is(Kind.OPEN) ? 1 : token.is(Kind.CLOSE) ? -1 : 0;
            if (level == 0 && token.is(Kind.RELATION)) {
                relations.add(token.text());
            }
        }
        return new Answer.Relation(each(operands, depth), List.copyOf(relations));
    }

    private static Answer single(List<Token> tokens, int depth) throws NotMathematicsException {
        if (tokens.get(0).is(Kind.BEGIN)) {
            return matrix(tokens, depth);
        }
        if (isEnclosed(tokens)) {
            Token open = tokens.get(0);
            Token close = tokens.get(tokens.size() - 1);
            List<Token> inner = tokens.subList(1, tokens.size() - 1);
            List<List<Token>> items = split(inner, token -> token.is(Kind.COMMA));
            boolean braces = open.text().endsWith("{") && close.text().endsWith("}");
            if (braces && inner.isEmpty()) {
                return new Answer.Text("emptyset");
            }
            if (braces && (items.size() > 1 || open.text().equals("\\{"))) {
                return new Answer.Collection("set", flat(each(items, depth)));
            }
            if (items.size() > 1) {
                return new Answer.Ordered(open.text(), close.text(), each(items, depth));
            }
        }
        List<List<Token>> ratio = split(tokens, token -> token.is(Kind.OTHER, ":"));
        if (ratio.size() > 1 && !isText(tokens.subList(tokens.size() - 1, tokens.size()))
                || ratio.size() > 1 && tokens.stream().noneMatch(token -> token.is(Kind.WORD))) {
            return new Answer.Ordered(":", ":", each(ratio, depth));
        }
        return isWords(tokens) ? text(tokens) : scalar(tokens);
    }

    /** A number with its unit; a plus-minus sign makes two of it. */
    private static Answer scalar(List<Token> tokens) throws NotMathematicsException {
        List<Token> number = new ArrayList<>(tokens);
        List<Token> unit = new ArrayList<>();
        int currency = !number.isEmpty() && number.get(0).is(Kind.OPERATOR, "-") ? 1 : 0;
        if (currency < number.size() && number.get(currency).is(Kind.CURRENCY)) {
            unit.add(number.remove(currency));
        }
        int start = number.isEmpty() ? 0 : unitStart(number);
        List<Token> behind = number.subList(start, number.size());
        if (start > 0 && Units.isPhrase(behind)) {
            unit.addAll(behind);
            number = number.subList(0, start);
        }
        String name = Units.canonical(unit);
        boolean twofold = number.stream().anyMatch(token -> token.is(Kind.PLUS_MINUS));
        Answer.Scalar plus = new Answer.Scalar(ExpressionParser.parse(number, 1), name);
        return twofold
                ? new Answer.Collection(",", List.of(plus, new Answer.Scalar(ExpressionParser.parse(number, -1), name)))
                : plus;
    }

    /**
     * Where the words behind a number begin; a lone letter counts where it stands apart from a number, and degrees where no function
     * is taken of them.
     */
    private static int unitStart(List<Token> tokens) {
        boolean function = tokens.get(0).is(Kind.FUNCTION);
        for (int at = 1; at < tokens.size(); at++) {
            Token token = tokens.get(at);
            function |= token.is(Kind.FUNCTION);
            boolean word = token.is(Kind.WORD)
                    || token.is(Kind.PERCENT)
                    || token.is(Kind.DEGREE) && !function
                    || token.is(Kind.CURRENCY);
            boolean letter = token.is(Kind.LETTER)
                    && token.spaced()
                    && tokens.get(at - 1).is(Kind.NUMBER)
                    && Units.isUnit(token.text());
            if (word || letter) {
                return at;
            }
        }
        return tokens.size();
    }

    private static Answer matrix(List<Token> tokens, int depth) throws NotMathematicsException {
        Token last = tokens.get(tokens.size() - 1);
        boolean whole = last.is(Kind.END)
                && last.text().equals(tokens.get(0).text())
                && tokens.stream().filter(token -> token.is(Kind.BEGIN)).count() == 1;
        if (!whole || !(last.text().endsWith("matrix"))) {
            throw new NotMathematicsException("only one matrix can be an answer");
        }
        List<List<Answer>> rows = new ArrayList<>();
        for (List<Token> row : split(tokens.subList(1, tokens.size() - 1), token -> token.is(Kind.ROW))) {
            if (!row.isEmpty()) {
                rows.add(each(split(row, token -> token.is(Kind.CELL)), depth));
            }
        }
        return new Answer.Matrix(List.copyOf(rows));
    }

    /** Cuts at the separators outside all brackets; two separators in a row, such as a comma and "and", count once. */
    private static List<List<Token>> split(List<Token> tokens, Predicate<Token> separator) {
        List<List<Token>> parts = new ArrayList<>();
        int level = 0;
        int start = 0;
        for (int at = 0; at < tokens.size(); at++) {
            Token token = tokens.get(at);
            level += token.is(Kind.OPEN) || token.is(Kind.BEGIN)
                    ? 1
                    : token.is(Kind.CLOSE) || token.is(Kind.END) ? -1 : 0;
            if (level == 0 && separator.test(token)) {
                boolean joined = token.is(Kind.JOIN) && at == start && at > 0;
                if (!joined) {
                    parts.add(tokens.subList(start, at));
                }
                start = at + 1;
            }
        }
        parts.add(tokens.subList(start, tokens.size()));
        return parts;
    }

    private static boolean isEnclosed(List<Token> tokens) {
        if (tokens.size() < 2 || !tokens.get(0).is(Kind.OPEN)) {
            return false;
        }
        int level = 0;
        for (int at = 0; at < tokens.size(); at++) {
            level += tokens.get(at).is(Kind.OPEN) ? 1 : tokens.get(at).is(Kind.CLOSE) ? -1 : 0;
            if (level == 0) {
                return at == tokens.size() - 1;
            }
        }
        return false;
    }

    private static String joint(List<Token> tokens) {
        int level = 0;
        String joint = ",";
        for (Token token : tokens) {
            level += token.is(Kind.OPEN) ? 1 : token.is(Kind.CLOSE) ? -1 : 0;
            if (level == 0 && token.is(Kind.JOIN)) {
                joint = token.text();
            }
        }
        return joint;
    }

    /** A sentence: it has a word and nothing that is computed with. */
    private static boolean isText(List<Token> tokens) {
        return tokens.stream().anyMatch(token -> token.is(Kind.WORD))
                && tokens.stream().allMatch(token -> TEXT_KINDS.contains(token.kind()))
                && tokens.stream().noneMatch(token -> token.is(Kind.NUMBER));
    }

    private static boolean isWords(List<Token> tokens) {
        boolean based = tokens.size() >= 3
                && tokens.get(0).is(Kind.NUMBER)
                && tokens.get(1).is(Kind.OPERATOR, "_");
        return based || tokens.get(0).is(Kind.WORD) && tokens.stream().allMatch(AnswerParser::isWordLike);
    }

    private static boolean isWordLike(Token token) {
        return TEXT_KINDS.contains(token.kind()) || token.is(Kind.OPERATOR, "-") || token.is(Kind.OPERATOR, "_");
    }

    private static Answer text(List<Token> tokens) {
        StringBuilder words = new StringBuilder();
        for (Token token : tokens) {
            boolean brace = token.text().equals("{") || token.text().equals("}");
            if (!brace && !token.is(Kind.OTHER, ".")) {
                boolean apart = token.spaced() && words.length() > 0;
                words.append(apart ? " " : "").append(token.text().toLowerCase(Locale.ROOT));
            }
        }
        return new Answer.Text(words.toString().trim());
    }
}
