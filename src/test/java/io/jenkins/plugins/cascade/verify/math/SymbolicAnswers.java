package io.jenkins.plugins.cascade.verify.math;

import java.util.List;
import java.util.Random;

/** Expressions that are equal by an identity, and expressions that differ from them by a sign, a factor or very little. */
final class SymbolicAnswers {

    private final Random random;

    SymbolicAnswers(Random random) {
        this.random = random;
    }

    GeneratedAnswers.Sample next() {
        return switch (random.nextInt(12)) {
            case 0 -> square();
            case 1 -> product();
            case 2 -> difference();
            case 3 -> nested();
            case 4 -> rationalised();
            case 5 -> doubleAngle();
            case 6 -> pythagoras();
            case 7 -> logarithm();
            case 8 -> exponential();
            case 9 -> binomial();
            case 10 -> partialFractions();
            default -> nearly();
        };
    }

    private int between(int low, int high) {
        return low + random.nextInt(high - low + 1);
    }

    private String pick(String... texts) {
        return texts[random.nextInt(texts.length)];
    }

    private static GeneratedAnswers.Sample sample(String gold, String right, String wrong) {
        return new GeneratedAnswers.Sample(gold, right, wrong);
    }

    private GeneratedAnswers.Sample square() {
        int a = between(1, 12);
        String gold = "x^2+" + 2 * a + "x+" + a * a;
        return sample(
                gold,
                pick("(x+" + a + ")^2", "(x+" + a + ")(x+" + a + ")", "x(x+" + 2 * a + ")+" + a * a),
                pick(
                        "(x-" + a + ")^2",
                        "(x+" + (a + 1) + ")^2",
                        "x^2+" + a * a,
                        "x^2+" + 2 * a + "x",
                        "x^2+" + 2 * a + "x-" + a * a,
                        "x^2+" + (2 * a + 1) + "x+" + a * a));
    }

    private GeneratedAnswers.Sample product() {
        int a = between(1, 9);
        int b = a + between(1, 9);
        return sample(
                "(x+" + a + ")(x-" + b + ")",
                pick("(x-" + b + ")(x+" + a + ")", "-(x+" + a + ")(" + b + "-x)"),
                pick(
                        "(x-" + a + ")(x+" + b + ")",
                        "(x+" + b + ")(x-" + a + ")",
                        "(x+" + a + ")(x-" + (b + 1) + ")",
                        "(x+" + a + ")(x-" + b + ")^2"));
    }

    private GeneratedAnswers.Sample difference() {
        List<String> letters = List.of("a", "b", "m", "n", "p", "q", "x", "y");
        String one = letters.get(random.nextInt(4));
        String other = letters.get(4 + random.nextInt(4));
        return sample(
                one + "-" + other,
                pick("-" + other + "+" + one, "-(" + other + "-" + one + ")", one + " - " + other),
                pick(other + "-" + one, one + "+" + other, one + other, other + " - " + one, one));
    }

    private GeneratedAnswers.Sample nested() {
        int a = new int[] {2, 3, 5, 7}[random.nextInt(4)];
        int b = new int[] {11, 13, 17, 19}[random.nextInt(4)];
        String gold = "\\sqrt{" + (a + b) + "+2\\sqrt{" + a * b + "}}";
        return sample(
                gold,
                "\\sqrt{" + b + "}+\\sqrt{" + a + "}",
                pick(
                        "\\sqrt{" + b + "}-\\sqrt{" + a + "}",
                        "\\sqrt{" + (a + b) + "}",
                        "\\sqrt{" + (b + 1) + "}+\\sqrt{" + a + "}",
                        String.format(java.util.Locale.ROOT, "%.4f", Math.sqrt(a) + Math.sqrt(b))));
    }

    private GeneratedAnswers.Sample rationalised() {
        int root = new int[] {2, 3, 5, 6, 7, 10}[random.nextInt(6)];
        int above = between(1, 12);
        return sample(
                "\\frac{" + above + "}{\\sqrt{" + root + "}}",
                "\\frac{" + above + "\\sqrt{" + root + "}}{" + root + "}",
                pick(
                        "\\frac{" + above + "\\sqrt{" + root + "}}{" + (root + 1) + "}",
                        "\\frac{" + above + "}{" + root + "}",
                        above + "\\sqrt{" + root + "}",
                        "-\\frac{" + above + "\\sqrt{" + root + "}}{" + root + "}"));
    }

    private GeneratedAnswers.Sample doubleAngle() {
        int a = between(1, 5);
        return sample(
                "\\sin(" + 2 * a + "x)",
                "2\\sin(" + a + "x)\\cos(" + a + "x)",
                pick(
                        "\\sin(" + a + "x)\\cos(" + a + "x)",
                        "2\\sin(" + a + "x)",
                        "2\\sin(" + (a + 1) + "x)\\cos(" + a + "x)",
                        "\\cos(" + 2 * a + "x)",
                        "-2\\sin(" + a + "x)\\cos(" + a + "x)"));
    }

    private GeneratedAnswers.Sample pythagoras() {
        int a = between(2, 9);
        return sample(
                a + "\\cos^2 x",
                pick(a + "-" + a + "\\sin^2 x", "\\frac{" + a + "+" + a + "\\cos 2x}{2}"),
                pick(a + "+" + a + "\\sin^2 x", a + "\\sin^2 x", a + "\\cos x", "\\cos^2 x", a + "\\cos x^2"));
    }

    private GeneratedAnswers.Sample logarithm() {
        int a = between(2, 9);
        int power = between(2, 5);
        long value = Math.round(Math.pow(a, power));
        return sample(
                "\\ln " + value,
                pick(power + "\\ln " + a, "-\\ln\\frac{1}{" + value + "}"),
                pick(
                        power + "\\ln " + (a + 1),
                        (power + 1) + "\\ln " + a,
                        "\\log_{10} " + value,
                        "-\\ln " + value,
                        "\\ln " + (value + 1)));
    }

    private GeneratedAnswers.Sample exponential() {
        int a = between(2, 9);
        return sample(
                a + "^{n+2}",
                pick(a * a + "\\cdot " + a + "^n", a + "\\cdot " + a + "^{n+1}"),
                pick(a + "^n+2", a + "\\cdot " + a + "^n", a + "^{2n}", (a + 1) + "^{n+2}", a + "^{n-2}"));
    }

    private GeneratedAnswers.Sample binomial() {
        int a = between(0, 5);
        String above = a == 0 ? "n" : "n+" + a;
        String below = a == 0 ? "(n-1)" : a == 1 ? "n" : "(n+" + (a - 1) + ")";
        return sample(
                "\\binom{" + above + "}{2}",
                "\\frac{(" + above + ")" + below + "}{2}",
                pick(
                        "\\frac{(" + above + ")" + below + "}{3}",
                        "\\binom{" + above + "}{3}",
                        "\\frac{(" + above + ")^2}{2}",
                        "(" + above + ")!"));
    }

    private GeneratedAnswers.Sample partialFractions() {
        int a = between(1, 9);
        return sample(
                "\\frac{1}{x(x+" + a + ")}",
                "\\frac{1}{" + a + "}\\left(\\frac{1}{x}-\\frac{1}{x+" + a + "}\\right)",
                pick(
                        "\\frac{1}{x}-\\frac{1}{x+" + (a == 1 ? 2 : a) + "}",
                        "\\frac{1}{x(x-" + a + ")}",
                        "\\frac{1}{" + (a + 1) + "}\\left(\\frac{1}{x}-\\frac{1}{x+" + a + "}\\right)",
                        "\\frac{1}{x^2+" + a + "}"));
    }

    /** What double precision cannot tell apart. */
    private GeneratedAnswers.Sample nearly() {
        int a = between(2, 40);
        int tiny = between(16, 24);
        return sample(
                a + "\\sqrt{3}",
                "\\sqrt{" + 3 * a * a + "}",
                pick(
                        a + "\\sqrt{3}+10^{-" + tiny + "}",
                        "\\sqrt{" + 3 * a * a + "+10^{-" + tiny + "}}",
                        a + "\\sqrt{3}(1-10^{-" + tiny + "})",
                        a + "\\sqrt{3}+\\frac{\\pi}{10^{" + tiny + "}}",
                        a + "\\sqrt{3}\\cos 10^{-" + tiny + "}"));
    }
}
