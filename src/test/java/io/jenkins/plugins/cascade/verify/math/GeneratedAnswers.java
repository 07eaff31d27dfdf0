package io.jenkins.plugins.cascade.verify.math;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Reference answers with a right and a wrong answer to each. Right and wrong by construction: numbers are drawn first and
 * written down afterwards, so that nothing here depends on the code under test.
 */
final class GeneratedAnswers {

    private final Random random;

    GeneratedAnswers(long seed) {
        random = new Random(seed);
    }

    /** A reference answer, another way to write it, and something else of the same look. */
    record Sample(String gold, String right, String wrong) {}

    Sample next() {
        return coin() ? plain() : new SymbolicAnswers(random).next();
    }

    private Sample plain() {
        return switch (random.nextInt(14)) {
            case 0 -> integer();
            case 1 -> fraction();
            case 2 -> decimal();
            case 3 -> percent();
            case 4 -> radical();
            case 5 -> multipleOfPi();
            case 6 -> point();
            case 7 -> set();
            case 8 -> interval();
            case 9 -> inequality();
            case 10 -> polynomial();
            case 11 -> line();
            case 12 -> matrix();
            default -> scientific();
        };
    }

    private int between(int low, int high) {
        return low + random.nextInt(high - low + 1);
    }

    private int nonZero(int high) {
        int value = between(1, high);
        return random.nextBoolean() ? value : -value;
    }

    private boolean coin() {
        return random.nextBoolean();
    }

    private Sample integer() {
        int value = between(-100_000, 100_000);
        int other =
                switch (random.nextInt(4)) {
                    case 0 -> value + nonZero(3);
                    case 1 -> value == 0 ? 1 : -value;
                    case 2 -> value == 0 ? 5 : value * 10;
                    default -> value + nonZero(1000);
                };
        return new Sample("" + value, grouped(value), coin() ? grouped(other) : other + ".0");
    }

    private String grouped(int value) {
        return coin() ? String.format(java.util.Locale.ROOT, "%,d", value) : "x = " + value;
    }

    private Sample fraction() {
        int above = nonZero(60);
        int below = between(2, 60);
        int otherAbove = coin() ? above + nonZero(5) : below;
        int otherBelow = otherAbove == below ? Math.abs(above) : below + between(0, 3);
        boolean same = (long) above * otherBelow == (long) otherAbove * below;
        int factor = between(2, 9);
        return new Sample(
                frac(above, below),
                frac(above * factor, below * factor),
                same ? frac(above + 61 * below, below) : frac(otherAbove, otherBelow));
    }

    private String frac(int above, int below) {
        String sign = above < 0 ? "-" : "";
        int size = Math.abs(above);
        return switch (random.nextInt(3)) {
            case 0 -> sign + "\\frac{" + size + "}{" + below + "}";
            case 1 -> sign + "\\dfrac{" + size + "}{" + below + "}";
            default -> above + "/" + below;
        };
    }

    private Sample decimal() {
        int hundredths = between(-5000, 5000);
        int other = hundredths + nonZero(coin() ? 1 : 500);
        return new Sample(hundredths(hundredths), frac(hundredths * 3, 300), hundredths(other) + (coin() ? "0" : ""));
    }

    private static String hundredths(int value) {
        return java.math.BigDecimal.valueOf(value, 2).toPlainString();
    }

    private Sample percent() {
        int value = between(1, 400);
        int other = value + between(1, 9);
        return new Sample(
                value + "\\%",
                coin() ? hundredths(value) : value + " percent",
                coin() ? hundredths(other) : other + "\\%");
    }

    private Sample radical() {
        int factor = between(2, 30);
        int[] squareFree = {2, 3, 5, 6, 7, 10, 11, 13};
        int root = squareFree[random.nextInt(squareFree.length)];
        String wrong =
                switch (random.nextInt(3)) {
                    case 0 -> factor + "\\sqrt{" + (root + 1) + "}";
                    case 1 -> (factor + 1) + "\\sqrt{" + root + "}";
                    default -> String.format(java.util.Locale.ROOT, "%.3f", factor * Math.sqrt(root));
                };
        return new Sample(factor + "\\sqrt{" + root + "}", "\\sqrt{" + factor * factor * root + "}", wrong);
    }

    private Sample multipleOfPi() {
        int above = between(1, 30);
        int below = between(2, 30);
        String wrong =
                switch (random.nextInt(3)) {
                    case 0 -> "\\frac{" + (above + 1) + "\\pi}{" + below + "}";
                    case 1 -> "\\frac{" + above + "}{" + below + "}";
                    default -> String.format(java.util.Locale.ROOT, "%.2f", Math.PI * above / below);
                };
        return new Sample(
                "\\frac{" + above + "\\pi}{" + below + "}", "\\frac{" + above + "}{" + below + "} \\cdot \\pi", wrong);
    }

    private Sample point() {
        List<Integer> items = numbers(between(2, 4));
        List<Integer> wrong = new ArrayList<>(items);
        if (coin()) {
            Collections.reverse(wrong);
        } else {
            wrong.set(0, wrong.get(0) + 101);
        }
        return new Sample(
                "(" + list(items, ", ") + ")",
                "\\left(" + list(items, ",") + "\\right)",
                "(" + list(wrong, ", ") + ")");
    }

    private Sample set() {
        List<Integer> items = numbers(between(2, 5));
        List<Integer> shuffled = new ArrayList<>(items);
        Collections.shuffle(shuffled, random);
        List<Integer> wrong = new ArrayList<>(items);
        switch (random.nextInt(3)) {
            case 0 -> wrong.remove(0);
            case 1 -> wrong.add(777);
            default -> wrong.set(0, 778);
        }
        return new Sample(
                "\\{" + list(items, ", ") + "\\}",
                coin() ? list(shuffled, ", ") : "{" + list(shuffled, ",") + "}",
                list(wrong, ", "));
    }

    /** Different numbers. */
    private List<Integer> numbers(int count) {
        return random.ints(-50, 50).distinct().limit(count).boxed().collect(Collectors.toList());
    }

    private static String list(List<Integer> items, String separator) {
        return items.stream().map(String::valueOf).collect(Collectors.joining(separator));
    }

    private Sample interval() {
        int low = between(-50, 40);
        int high = low + between(1, 40);
        String open = coin() ? "(" : "[";
        String close = coin() ? ")" : "]";
        String wrong =
                switch (random.nextInt(4)) {
                    case 0 -> (open.equals("(") ? "[" : "(") + low + "," + high + close;
                    case 1 -> open + low + "," + high + (close.equals(")") ? "]" : ")");
                    case 2 -> open + (low - 1) + "," + high + close;
                    default -> open + low + ",\\infty)";
                };
        String left = open.equals("(") ? " < " : " \\le ";
        String right = close.equals(")") ? " < " : " \\le ";
        return new Sample(open + low + ", " + high + close, low + left + "x" + right + high, wrong);
    }

    private Sample inequality() {
        int bound = between(-50, 50);
        String[] signs = {"<", ">", "\\le", "\\ge"};
        String[] mirrored = {">", "<", "\\ge", "\\le"};
        int sign = random.nextInt(signs.length);
        int other = (sign + between(1, 3)) % signs.length;
        String wrong =
                switch (random.nextInt(4)) {
                    case 0 -> "x " + signs[other] + " " + bound;
                    case 1 -> "x " + signs[sign] + " " + (bound + nonZero(5));
                    case 2 -> "2x + 1 " + signs[sign] + " " + (2 * bound + 1);
                    default -> "x = " + bound;
                };
        return new Sample("x " + signs[sign] + " " + bound, bound + " " + mirrored[sign] + " x", wrong);
    }

    private Sample polynomial() {
        int degree = between(1, 4);
        int[] factors =
                IntStream.rangeClosed(0, degree).map(power -> nonZero(9)).toArray();
        int[] changed = factors.clone();
        int place = random.nextInt(changed.length);
        changed[place] += changed[place] == -1 ? 3 : 1;
        return new Sample(terms(factors, true), terms(factors, false), terms(changed, coin()));
    }

    private static String terms(int[] factors, boolean descending) {
        StringBuilder text = new StringBuilder();
        for (int step = 0; step < factors.length; step++) {
            int power = descending ? factors.length - 1 - step : step;
            text.append(factors[power] < 0 ? " - " : step == 0 ? "" : " + ").append(Math.abs(factors[power]));
            text.append(power == 0 ? "" : power == 1 ? "x" : "x^{" + power + "}");
        }
        return text.toString().strip();
    }

    private Sample line() {
        int slope = between(2, 9);
        int shift = between(1, 20);
        String wrong = coin() ? "y = " + slope + "x + " + (shift + 1) : "y = " + slope + "x - " + shift;
        return new Sample(
                "y = " + slope + "x + " + shift,
                coin() ? slope + "x - y = -" + shift : "y = " + shift + " + " + slope + "x",
                wrong);
    }

    private Sample matrix() {
        List<Integer> cells = numbers(4);
        List<Integer> wrong = new ArrayList<>(cells);
        Collections.swap(wrong, 1, 2);
        return new Sample(matrix("pmatrix", cells), matrix("bmatrix", cells), matrix("pmatrix", wrong));
    }

    private static String matrix(String kind, List<Integer> cells) {
        return "\\begin{" + kind + "} " + cells.get(0) + " & " + cells.get(1) + " \\\\ " + cells.get(2) + " & "
                + cells.get(3) + " \\end{" + kind + "}";
    }

    private Sample scientific() {
        int tenths = between(11, 99);
        int power = between(2, 12);
        String mantissa = tenths / 10 + "." + tenths % 10;
        String plain =
                java.math.BigDecimal.valueOf(tenths, 1).scaleByPowerOfTen(power).toPlainString();
        String wrong =
                coin() ? mantissa + " \\times 10^{" + (power + 1) + "}" : mantissa + "1 \\times 10^{" + power + "}";
        return new Sample(coin() ? plain : mantissa + "e" + power, mantissa + " \\times 10^{" + power + "}", wrong);
    }
}
