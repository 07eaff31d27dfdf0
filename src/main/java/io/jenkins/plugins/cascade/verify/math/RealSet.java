package io.jenkins.plugins.cascade.verify.math;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A set of real numbers as disjoint intervals in ascending order.
 *
 * @param variable the unknown it was solved for, empty if none is named
 * @param intervals disjoint, not adjacent, ascending
 */
record RealSet(String variable, List<RealSet.Interval> intervals) {

    private static final Expression INFINITY = new Expression.Constant("inf");
    private static final End BELOW = new End(new Expression.Negation(INFINITY), Double.NEGATIVE_INFINITY, false);
    private static final End ABOVE = new End(INFINITY, Double.POSITIVE_INFINITY, false);
    private static final Set<String> INEQUALITIES = Set.of("<", "<=", ">", ">=", "!=");

    /** One end of an interval. */
    record End(Expression expression, double value, boolean closed) {}

    /** All numbers between two ends; a single number has twice the same closed end. */
    record Interval(End low, End high) {}

    /** The set an answer stands for: an interval, a union, a solved inequality; empty for anything else. */
    static Optional<RealSet> of(Answer answer) {
        if (answer instanceof Answer.Ordered ordered) {
            return interval(ordered).map(interval -> new RealSet("", List.of(interval)));
        } else if (answer instanceof Answer.Union union) {
            return all(union.parts()).map(RealSet::union);
        } else if (answer instanceof Answer.Relation relation) {
            return solved(relation);
        } else if (answer instanceof Answer.Collection collection) {
            return collected(collection);
        }
        return Optional.empty();
    }

    /** Whether both hold the same numbers and are not solved for different unknowns. */
    boolean sameAs(RealSet other) {
        boolean sameUnknown = variable.isEmpty() || other.variable.isEmpty() || variable.equals(other.variable);
        if (!sameUnknown || intervals.size() != other.intervals.size()) {
            return false;
        }
        for (int at = 0; at < intervals.size(); at++) {
            Interval ours = intervals.get(at);
            Interval theirs = other.intervals.get(at);
            if (!same(ours.low(), theirs.low()) || !same(ours.high(), theirs.high())) {
                return false;
            }
        }
        return true;
    }

    private static boolean same(End first, End second) {
        return first.closed() == second.closed() && ExpressionEquality.equal(first.expression(), second.expression());
    }

    private static Optional<Interval> interval(Answer.Ordered ordered) {
        boolean brackets = "([".contains(ordered.open())
                && ")]".contains(ordered.close())
                && ordered.items().size() == 2;
        if (!brackets) {
            return Optional.empty();
        }
        return end(ordered.items().get(0), ordered.open().equals("["))
                .flatMap(low -> end(ordered.items().get(1), ordered.close().equals("]"))
                        .filter(high -> low.value() < high.value())
                        .map(high -> new Interval(low, high)));
    }

    private static Optional<RealSet> collected(Answer.Collection collection) {
        boolean relations = collection.items().stream().allMatch(Answer.Relation.class::isInstance);
        if (collection.joint().equals("set")) {
            List<Interval> points = new ArrayList<>();
            for (Answer item : collection.items()) {
                Optional<End> point = end(item, true);
                if (point.isEmpty()) {
                    return Optional.empty();
                }
                points.add(new Interval(point.get(), point.get()));
            }
            return Optional.of(new RealSet("", merged(points)));
        }
        if (!relations || collection.joint().equals(",")) {
            return Optional.empty();
        }
        Optional<List<RealSet>> sets = all(collection.items());
        return collection.joint().equals("or") ? sets.map(RealSet::union) : sets.flatMap(RealSet::intersection);
    }

    private static Optional<List<RealSet>> all(List<Answer> answers) {
        List<RealSet> sets = new ArrayList<>();
        for (Answer answer : answers) {
            Optional<RealSet> set = of(answer);
            if (set.isEmpty()
                    || !sets.isEmpty()
                            && !sets.get(0).variable().equals(set.get().variable())) {
                return Optional.empty();
            }
            sets.add(set.get());
        }
        return Optional.of(sets);
    }

    private static RealSet union(List<RealSet> sets) {
        List<Interval> all =
                sets.stream().flatMap(set -> set.intervals().stream()).toList();
        return new RealSet(sets.get(0).variable(), merged(all));
    }

    private static Optional<RealSet> intersection(List<RealSet> sets) {
        Interval common = new Interval(BELOW, ABOVE);
        for (RealSet set : sets) {
            if (set.intervals().size() != 1) {
                return Optional.empty();
            }
            Interval next = set.intervals().get(0);
            common = new Interval(
                    BY_LOW.compare(common.low(), next.low()) >= 0 ? common.low() : next.low(),
                    BY_HIGH.compare(common.high(), next.high()) <= 0 ? common.high() : next.high());
        }
        boolean empty = common.low().value() >= common.high().value();
        return empty ? Optional.empty() : Optional.of(new RealSet(sets.get(0).variable(), List.of(common)));
    }

    private static final Comparator<End> BY_LOW =
            Comparator.comparingDouble(End::value).thenComparing(end -> !end.closed());
    private static final Comparator<End> BY_HIGH =
            Comparator.comparingDouble(End::value).thenComparing(End::closed);

    private static List<Interval> merged(List<Interval> intervals) {
        List<Interval> sorted = new ArrayList<>(intervals);
        sorted.sort(Comparator.comparing(Interval::low, BY_LOW));
        List<Interval> result = new ArrayList<>();
        for (Interval next : sorted) {
            Interval last = result.isEmpty() ? null : result.get(result.size() - 1);
            boolean touches = last != null
                    && (next.low().value() < last.high().value()
                            || next.low().value() == last.high().value()
                                    && (next.low().closed() || last.high().closed()));
            if (touches) {
                End high = BY_HIGH.compare(last.high(), next.high()) >= 0 ? last.high() : next.high();
                result.set(result.size() - 1, new Interval(last.low(), high));
            } else {
                result.add(next);
            }
        }
        return List.copyOf(result);
    }

    /** An inequality with the bare unknown on one side, or in the middle of two. */
    private static Optional<RealSet> solved(Answer.Relation relation) {
        List<Answer> operands = relation.operands();
        List<String> signs = relation.relations();
        if (signs.size() == 1 && signs.get(0).equals("in")) {
            String name = unknown(operands.get(0));
            return name.isEmpty()
                    ? Optional.empty()
                    : of(operands.get(1)).map(set -> new RealSet(name, set.intervals()));
        }
        if (!INEQUALITIES.containsAll(signs) || operands.size() > 3) {
            return Optional.empty();
        }
        return operands.size() == 2
                ? ray(operands.get(0), signs.get(0), operands.get(1))
                : between(operands, signs.get(0), signs.get(1));
    }

    private static Optional<RealSet> ray(Answer left, String sign, Answer right) {
        String name = unknown(left);
        if (name.isEmpty()) {
            return unknown(right).isEmpty() ? Optional.empty() : ray(right, mirrored(sign), left);
        }
        return end(right, sign.endsWith("=") && !sign.equals("!=")).map(end -> switch (sign.charAt(0)) {
            case '<' -> new RealSet(name, List.of(new Interval(BELOW, end)));
            case '>' -> new RealSet(name, List.of(new Interval(end, ABOVE)));
            default -> new RealSet(name, List.of(new Interval(BELOW, end), new Interval(end, ABOVE)));
        });
    }

    private static Optional<RealSet> between(List<Answer> operands, String first, String second) {
        String name = unknown(operands.get(1));
        if (name.isEmpty() || first.equals("!=") || first.charAt(0) != second.charAt(0)) {
            return Optional.empty();
        }
        Optional<End> left = end(operands.get(0), first.endsWith("="));
        Optional<End> right = end(operands.get(2), second.endsWith("="));
        boolean rising = first.charAt(0) == '<';
        Optional<End> low = rising ? left : right;
        Optional<End> high = rising ? right : left;
        return low.flatMap(from -> high.filter(to -> from.value() < to.value())
                .map(to -> new RealSet(name, List.of(new Interval(from, to)))));
    }

    private static String mirrored(String sign) {
        return switch (sign.charAt(0)) {
            case '<' -> sign.replace('<', '>');
            case '>' -> sign.replace('>', '<');
            default -> sign;
        };
    }

    private static String unknown(Answer answer) {
        boolean bare = answer instanceof Answer.Scalar scalar && scalar.expression() instanceof Expression.Variable;
        return bare ? ((Expression.Variable) ((Answer.Scalar) answer).expression()).name() : "";
    }

    private static Optional<End> end(Answer answer, boolean closed) {
        if (!(answer instanceof Answer.Scalar scalar)) {
            return Optional.empty();
        }
        Expression expression = scalar.expression();
        if (expression.equals(INFINITY)) {
            return Optional.of(ABOVE);
        } else if (expression.equals(BELOW.expression())) {
            return Optional.of(BELOW);
        }
        Complex value = NumericValue.of(expression, Map.of());
        boolean real = value.isFinite() && value.im() == 0;
        return real ? Optional.of(new End(expression, value.re(), closed)) : Optional.empty();
    }
}
