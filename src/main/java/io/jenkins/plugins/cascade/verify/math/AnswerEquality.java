package io.jenkins.plugins.cascade.verify.math;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

/** Whether an answer is the reference answer. The reference decides the kind: a number wants a number, a solved inequality a solved one. */
final class AnswerEquality {

    private static final int MAX_ITEMS = 100;

    private AnswerEquality() {}

    static boolean equal(Answer gold, Answer given) {
        if (gold instanceof Answer.Scalar scalar) {
            return value(given)
                    .filter(Answer.Scalar.class::isInstance)
                    .map(value -> ScalarEquality.equal(scalar, (Answer.Scalar) value))
                    .orElse(false);
        } else if (gold instanceof Answer.Ordered ordered) {
            return orderedEqual(ordered, given);
        } else if (gold instanceof Answer.Collection collection) {
            return collectionEqual(collection, given);
        } else if (gold instanceof Answer.Union union) {
            return sameReals(gold, given)
                    || given instanceof Answer.Union other && unordered(union.parts(), other.parts());
        } else if (gold instanceof Answer.Relation relation) {
            return relationEqual(relation, given);
        } else if (gold instanceof Answer.Matrix matrix) {
            return value(given).filter(Answer.Matrix.class::isInstance).isPresent()
                    && matrixEqual(matrix, (Answer.Matrix) value(given).orElseThrow());
        }
        return gold.equals(given);
    }

    private static boolean orderedEqual(Answer.Ordered gold, Answer given) {
        Answer value = value(given).orElse(given);
        if (value instanceof Answer.Ordered other
                && gold.open().equals(other.open())
                && gold.close().equals(other.close())
                && inOrder(gold.items(), other.items())) {
            return true;
        }
        boolean bare = value instanceof Answer.Collection list
                && list.joint().equals(",")
                && gold.open().equals("(")
                && gold.close().equals(")")
                && inOrder(gold.items(), list.items());
        return bare || sameReals(gold, value);
    }

    private static boolean collectionEqual(Answer.Collection gold, Answer given) {
        if (sameReals(gold, given)) {
            return true;
        }
        Answer value = value(given).orElse(given);
        List<Answer> items = value instanceof Answer.Collection other ? other.items() : List.of(value);
        return unordered(gold.items(), items);
    }

    private static boolean relationEqual(Answer.Relation gold, Answer given) {
        Optional<Answer> wanted = Assignment.value(gold);
        if (wanted.isPresent()) {
            boolean named = given instanceof Answer.Relation other
                    && Assignment.value(other).isPresent()
                    && Assignment.name(other).equals(Assignment.name(gold));
            boolean bare = !(given instanceof Answer.Relation);
            if (named
                            && equal(
                                    wanted.get(),
                                    Assignment.value((Answer.Relation) given).orElseThrow())
                    || bare && equal(wanted.get(), given)) {
                return true;
            }
            if (isConstant(wanted.get())) {
                return false;
            }
        }
        if (sameReals(gold, given)) {
            return true;
        }
        return given instanceof Answer.Relation other && (sameEquation(gold, other) || sameAsWritten(gold, other));
    }

    /** Whether a reference says what the unknown is, so that an equation still to be solved is no answer. */
    private static boolean isConstant(Answer value) {
        return !(value instanceof Answer.Scalar scalar)
                || scalar.expression().variables().isEmpty();
    }

    /** Two equations whose difference of sides is the same up to a constant factor. */
    private static boolean sameEquation(Answer.Relation gold, Answer.Relation given) {
        Optional<Expression> ours = difference(gold);
        Optional<Expression> theirs = difference(given);
        return ours.isPresent()
                && theirs.isPresent()
                && ours.get().variables().equals(theirs.get().variables())
                && ExpressionEquality.proportional(ours.get(), theirs.get());
    }

    private static Optional<Expression> difference(Answer.Relation equation) {
        boolean simple = equation.relations().equals(List.of("="))
                && equation.operands().get(0) instanceof Answer.Scalar
                && equation.operands().get(1) instanceof Answer.Scalar;
        if (!simple) {
            return Optional.empty();
        }
        Expression left = ((Answer.Scalar) equation.operands().get(0)).expression();
        Expression right = ((Answer.Scalar) equation.operands().get(1)).expression();
        return Optional.of(new Expression.Sum(List.of(left, new Expression.Negation(right))));
    }

    private static boolean sameAsWritten(Answer.Relation gold, Answer.Relation given) {
        return gold.relations().equals(given.relations())
                && gold.operands().size() > 2
                && inOrder(gold.operands(), given.operands());
    }

    private static boolean matrixEqual(Answer.Matrix gold, Answer.Matrix given) {
        boolean equal = gold.rows().size() == given.rows().size();
        for (int row = 0; equal && row < gold.rows().size(); row++) {
            equal = inOrder(gold.rows().get(row), given.rows().get(row));
        }
        return equal;
    }

    private static boolean sameReals(Answer gold, Answer given) {
        Optional<RealSet> ours = RealSet.of(gold);
        return ours.isPresent() && RealSet.of(given).filter(ours.get()::sameAs).isPresent();
    }

    private static boolean inOrder(List<Answer> gold, List<Answer> given) {
        boolean equal = gold.size() == given.size();
        for (int at = 0; equal && at < gold.size(); at++) {
            equal = equal(gold.get(at), given.get(at));
        }
        return equal;
    }

    /** Whether each item of one has exactly one equal item in the other, after repeated items are dropped. */
    private static boolean unordered(List<Answer> gold, List<Answer> given) {
        if (gold.size() > MAX_ITEMS || given.size() > MAX_ITEMS) {
            return false;
        }
        List<Answer> ours = distinct(gold);
        List<Answer> theirs = distinct(given);
        return ours.size() == theirs.size() && pairUp(ours, new ArrayList<>(theirs), AnswerEquality::equal);
    }

    private static List<Answer> distinct(List<Answer> items) {
        List<Answer> distinct = new ArrayList<>();
        for (Answer item : items) {
            if (distinct.stream().noneMatch(known -> equal(known, item))) {
                distinct.add(item);
            }
        }
        return distinct;
    }

    private static boolean pairUp(List<Answer> ours, List<Answer> theirs, BiPredicate<Answer, Answer> equality) {
        for (Answer item : ours) {
            Optional<Answer> match =
                    theirs.stream().filter(other -> equality.test(item, other)).findFirst();
            if (match.isEmpty()) {
                return false;
            }
            theirs.remove(match.get());
        }
        return true;
    }

    /** The value an answer states: of an assignment its right side, of a set of one its item. */
    private static Optional<Answer> value(Answer answer) {
        if (answer instanceof Answer.Relation relation) {
            return Assignment.value(relation);
        } else if (answer instanceof Answer.Collection collection
                && collection.joint().equals("set")
                && collection.items().size() == 1) {
            return Optional.of(collection.items().get(0));
        }
        return Optional.of(answer);
    }
}
