package io.jenkins.plugins.cascade.local.binding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.codehaus.groovy.runtime.GStringImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StepBinderTest {
    private final DescribableType step = DescribableType.of(SampleStep.class, "train", true);
    private final DescribableType gate = DescribableType.of(SampleGate.class, "gate", false);
    private final StepBinder binder = StepBinder.forSource(catalog());
    private final StepBinder runBinder = StepBinder.forRun(catalog());

    @Test
    void leavesDefaultsAloneByNotCallingTheirSetters() throws BindingException {
        SampleStep bound = bind(Map.of("model", "base"));

        assertEquals(650, bound.steps());
        assertTrue(bound.reuse());
        assertEquals(SampleStep.Reaction.FAIL, bound.onRegression());
    }

    @Test
    void letsTheOnlyRequiredArgumentStandWithoutItsName() throws BindingException {
        SampleStep bound = (SampleStep) binder.bind(step, List.of("base"), Map.of());

        assertEquals("base", bound.model());
    }

    @Test
    void makesGroovyNumbersWhatTheStepDeclares() throws BindingException {
        SampleStep decimal = bind(Map.of("model", "base", "steps", 10, "learningRate", new BigDecimal("0.0001")));
        SampleStep whole = bind(Map.of("model", "base", "learningRate", 1));

        assertEquals(10, decimal.steps());
        assertEquals(0.0001, decimal.learningRate());
        assertEquals(1.0, whole.learningRate());
    }

    @Test
    void makesInterpolatedStringsPlainOnesWhereverTheyStand() throws BindingException {
        GStringImpl text = new GStringImpl(new Object[] {7}, new String[] {"seed-", ""});

        assertEquals("seed-7", bind(Map.of("model", text)).model());
        assertEquals(
                List.of("seed-7"),
                bind(Map.of("model", "m", "tags", List.of(text))).tags());
        assertSame(
                String.class,
                ((List<?>) bind(Map.of("model", "m", "data", List.of(text))).data())
                        .get(0)
                        .getClass());
    }

    @Test
    void makesListsArraysAndMapsOfTheDeclaredElements() throws BindingException {
        SampleStep bound = bind(Map.of("model", "m", "seeds", List.of(1, 2), "limits", Map.of("a", 3)));

        assertArrayEquals(new long[] {1, 2}, bound.seeds());
        assertEquals(Map.of("a", 3), bound.limits());
    }

    @Test
    void makesNestedSymbolsObjects() throws BindingException {
        Symbol symbol = new Symbol("gate", List.of(), Map.of("benchmark", "math", "margin", 5));

        SampleGate made =
                bind(Map.of("model", "m", "gates", List.of(symbol))).gates().get(0);

        assertEquals("math", made.benchmark());
        assertEquals(5.0, made.margin());
    }

    @Test
    void findsAnEnumByItsName() throws BindingException {
        assertEquals(
                SampleStep.Reaction.UNSTABLE,
                bind(Map.of("model", "m", "onRegression", "UNSTABLE")).onRegression());
        assertEquals(
                "train: parameter \"onRegression\": \"explode\" is none of [FAIL, UNSTABLE]",
                refusal(Map.of("model", "m", "onRegression", "explode")));
    }

    @Test
    void asksWhatWasMeantByAnUnknownArgument() {
        assertEquals(
                "train: Invalid parameter \"lerningRate\", did you mean \"learningRate\"?",
                refusal(Map.of("model", "m", "lerningRate", 1)));
    }

    @Test
    void listsTheArgumentsWhenNothingSimilarExists() {
        String message = refusal(Map.of("model", "m", "zzzzzzzzz", 1));

        assertTrue(
                message.startsWith("train: Invalid parameter \"zzzzzzzzz\", its parameters are [data, gates,"),
                message);
    }

    @Test
    void namesAMissingRequiredArgument() {
        assertEquals("train: Missing required parameter: \"model\"", refusal(Map.of("steps", 1)));
    }

    @Test
    void refusesATruthValueWrittenAsText() {
        assertEquals(
                "train: Expecting \"boolean\" for parameter \"reuse\" but got \"true\" of type String instead",
                refusal(Map.of("model", "m", "reuse", "true")));
    }

    @Test
    void refusesANumberThatIsNotWholeWhereAWholeOneIsDeclared() {
        assertEquals(
                "train: Expecting \"int\" for parameter \"steps\" but got \"1.5\" of type BigDecimal instead",
                refusal(Map.of("model", "m", "steps", new BigDecimal("1.5"))));
    }

    @Test
    void refusesANumberThatDoesNotFit() {
        assertEquals(
                "train: Expecting \"int\" for parameter \"steps\" but got \"3000000000\" of type Long instead",
                refusal(Map.of("model", "m", "steps", 3_000_000_000L)));
    }

    @Test
    void refusesNullForAPrimitive() {
        Map<String, Object> arguments = new LinkedHashMap<>(Map.of("model", "m"));
        arguments.put("steps", null);

        assertEquals("train: Expecting \"int\" for parameter \"steps\" but got null instead", refusal(arguments));
    }

    @Test
    void refusesASingleValueForAList() {
        assertEquals(
                "train: Expecting \"List\" for parameter \"tags\" but got \"a\" of type String instead",
                refusal(Map.of("model", "m", "tags", "a")));
    }

    @Test
    void refusesASymbolThatDoesNotFit() {
        assertEquals(
                "train: parameter \"gates\": expecting one of [gate] but got \"benchmark\"",
                refusal(Map.of("model", "m", "gates", List.of(new Symbol("benchmark", List.of(), Map.of())))));
    }

    @Test
    void namesTheNestedObjectWhoseArgumentIsWrong() {
        Symbol symbol = new Symbol("gate", List.of("math"), new LinkedHashMap<>());
        Symbol wrong = new Symbol("gate", List.of(), Map.of("benchmark", "math", "marign", 5));

        assertFalse(binds(Map.of("model", "m", "gates", List.of(wrong))));
        assertTrue(binds(Map.of("model", "m", "gates", List.of(symbol))));
        assertEquals(
                "gate: Invalid parameter \"marign\", did you mean \"margin\"?",
                refusal(Map.of("model", "m", "gates", List.of(wrong))));
    }

    @Test
    void showsTheSentenceOfTheStepsOwnClass() {
        assertEquals("train: steps must be at least 1 but is 0", refusal(Map.of("model", "m", "steps", 0)));
    }

    @Test
    void refusesNamedAndUnnamedArgumentsTogether() {
        BindingException thrown =
                assertThrows(BindingException.class, () -> binder.bind(step, List.of("base"), Map.of("steps", 1)));

        assertEquals("train: Cannot mix named and unnamed arguments", thrown.getMessage());
    }

    @Test
    void refusesSeveralUnnamedArguments() {
        BindingException thrown =
                assertThrows(BindingException.class, () -> binder.bind(step, List.of("base", 3), Map.of()));

        assertTrue(thrown.getMessage().startsWith("Arguments to \"train\" must be explicitly named."));
    }

    @Test
    void waitsForTheRunWhereAnArgumentIsNotKnownBefore() throws BindingException {
        assertSame(Unknown.VALUE, binder.bind(step, List.of(), Map.of("model", Unknown.TEXT)));
        assertSame(Unknown.VALUE, binder.bind(step, List.of(), Map.of("model", "m", "data", List.of(Unknown.VALUE))));
        assertSame(
                Unknown.VALUE,
                binder.bind(
                        step,
                        List.of(),
                        Map.of(
                                "model",
                                "m",
                                "gates",
                                Arrays.asList(new Symbol("gate", List.of(Unknown.TEXT), Map.of())))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"steps", "reuse", "learningRate"})
    void waitsForTheRunWhereATextMayHoldTheValue(String argument) throws BindingException {
        assertSame(Unknown.VALUE, binder.bind(step, List.of(), Map.of("model", "m", argument, Unknown.TEXT)));
    }

    @Test
    void readsNumbersAndBooleansFromTextsInTheRunOnly() throws BindingException {
        Map<String, Object> texts =
                Map.of("model", "m", "steps", "12", "learningRate", "2e-5", "reuse", "false", "seeds", List.of("7"));
        SampleStep bound = (SampleStep) runBinder.bind(step, List.of(), texts);

        assertEquals(12, bound.steps());
        assertEquals(2e-5, bound.learningRate());
        assertFalse(bound.reuse());
        assertFalse(binds(texts));
    }

    @ParameterizedTest
    @CsvSource({"steps,twelve", "steps,1.5", "steps,99999999999", "learningRate,fast", "reuse,yes"})
    void refusesATextThatHoldsNoSuchValue(String argument, String text) {
        BindingException thrown = assertThrows(
                BindingException.class, () -> runBinder.bind(step, List.of(), Map.of("model", "m", argument, text)));

        assertTrue(thrown.getMessage().contains("for parameter \"" + argument + "\" but got \"" + text + "\""));
    }

    private StepCatalog catalog() {
        return new StepCatalog(List.of(), List.of(step, gate), made -> {});
    }

    private SampleStep bind(Map<String, Object> named) throws BindingException {
        return (SampleStep) binder.bind(step, List.of(), named);
    }

    private boolean binds(Map<String, Object> named) {
        try {
            return bind(named) != null;
        } catch (BindingException e) {
            return false;
        }
    }

    private String refusal(Map<String, Object> named) {
        return assertThrows(BindingException.class, () -> bind(named)).getMessage();
    }
}
