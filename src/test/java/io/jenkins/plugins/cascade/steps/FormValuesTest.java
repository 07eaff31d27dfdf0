package io.jenkins.plugins.cascade.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hudson.model.Descriptor;
import io.jenkins.plugins.cascade.recipe.DataRole;
import io.jenkins.plugins.cascade.recipe.Presets;
import io.jenkins.plugins.cascade.stage.DataRequest;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What forms hand in: blanks for what was left out, defaults spelled out, one path a line. */
class FormValuesTest {
    private static final List<BenchmarkArgument> BENCHMARKS = List.of(new BenchmarkArgument("math", "math.jsonl"));
    private static final List<Object> SAMPLES = List.of(
            new CascadeSftStep("sft.jsonl"),
            new CascadeRlhfStep("pairs.jsonl", "chat.jsonl"),
            new CascadeRlvrStep("math", "math.jsonl"),
            new CascadeEvaluateStep("base", BENCHMARKS),
            new CascadeGateStep(),
            new CascadePromoteStep("assistant"),
            new CascadeReportStep(),
            new GateArgument("math"),
            new ToleranceArgument("math", 5.0, "math", "it is won back"),
            BENCHMARKS.get(0),
            new RewardModelArgument(),
            new SftPhaseArgument("long.jsonl"),
            new CurriculumArgument(),
            new FilterArgument(),
            new LanguageArgument(),
            new LoraArgument(),
            new LossArgument(),
            new MlflowArgument());

    static List<Form> forms() {
        return Form.all();
    }

    static List<Object> samples() {
        return SAMPLES;
    }

    @Test
    void everyArgumentOfAPipelineIsLookedAt() {
        Set<Class<?>> looked = SAMPLES.stream().map(Object::getClass).collect(Collectors.toSet());
        Set<Class<?>> all = forms().stream()
                .<Class<?>>map(Form::type)
                .filter(type -> !Descriptor.class.isAssignableFrom(type))
                .collect(Collectors.toSet());
        assertEquals(all, looked);
    }

    @Test
    void lengthsAreNumbersInAFormAndAListInAJenkinsfile() {
        CurriculumArgument curriculum = new CurriculumArgument();
        curriculum.setMaxTokens(" 32768, 40960 ");
        assertEquals(List.of(32768, 40960), curriculum.getMaxTokens());
        assertEquals("32768, 40960", new CurriculumArgument.DescriptorImpl().numbers(curriculum.getMaxTokens()));
        curriculum.setMaxTokens(32768);
        assertEquals(List.of(32768), curriculum.getMaxTokens());
        assertEquals(
                "maxTokens must be a whole number, but is '40K'",
                assertThrows(RefusedArgumentException.class, () -> curriculum.setMaxTokens("40K"))
                        .getMessage());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void whatIsLeftBlankCountsAsNotGiven(Object describable) throws Exception {
        for (Map.Entry<String, Class<?>> property :
                Form.boundSetters(describable.getClass()).entrySet()) {
            String capital = property.getKey().substring(0, 1).toUpperCase(Locale.ROOT)
                    + property.getKey().substring(1);
            Class<?> type = property.getValue();
            Method setter = describable.getClass().getMethod("set" + capital, type);
            Method getter = describable.getClass().getMethod("get" + capital);
            setter.invoke(describable, type == String.class || type == Object.class ? "  " : null);
            assertNull(getter.invoke(describable), capital);
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void whatIsSetIsReadWithTheSameType(Form form) throws Exception {
        for (Map.Entry<String, Class<?>> property : form.properties().entrySet()) {
            String capital = property.getKey().substring(0, 1).toUpperCase(Locale.ROOT)
                    + property.getKey().substring(1);
            // Stapler leaves out a setter whose type is not the getter's; a primitive would make 0 of a blank field.
            assertEquals(
                    property.getValue(), form.type().getMethod("get" + capital).getReturnType(), capital);
            assertFalse(property.getValue().isPrimitive(), capital);
        }
    }

    @Test
    void aDefaultThatIsSpelledOutIsNoArgumentOfTheSnippet() {
        CascadeSftStep step = new CascadeSftStep("sft.jsonl");
        step.setReuse(true);
        step.setSeed(0L);
        step.setOnRegression("fail");
        step.setOnInconclusive("fail");
        assertNull(step.getReuse());
        assertNull(step.getSeed());
        assertNull(step.getOnRegression());
        assertNull(step.getOnInconclusive());
        step.setReuse(false);
        step.setOnRegression("unstable");
        assertEquals(false, step.getReuse());
        assertEquals("unstable", step.getOnRegression());
        GateArgument gate = new GateArgument("math");
        gate.setKind("protect");
        assertNull(gate.getKind());
    }

    @Test
    void pathsAreOneALineInAFormAndAListInAJenkinsfile() {
        assertEquals("sft.jsonl", new CascadeSftStep(" sft.jsonl\r\n").getData());
        CascadeSftStep several = new CascadeSftStep("a.jsonl\r\n\r\n b.jsonl \n");
        assertEquals(List.of("a.jsonl", "b.jsonl"), several.getData());
        assertEquals(
                List.of(new DataRequest(DataRole.SFT, "a.jsonl"), new DataRequest(DataRole.SFT, "b.jsonl")),
                several.toRequest().data());
        assertEquals("a.jsonl\nb.jsonl", new CascadeSftStep.DescriptorImpl().lines(several.getData()));
        assertEquals("", new CascadeSftStep.DescriptorImpl().lines(null));
        assertThrows(RefusedArgumentException.class, () -> new CascadeSftStep(" \n "));
    }

    @Test
    void aParentIsAStagesNameToo() {
        CascadeSftStep step = new CascadeSftStep("sft.jsonl");
        step.setParent(" warm-up ");
        assertEquals("warm-up", step.toRequest().parent());
        RefusedArgumentException refused =
                assertThrows(RefusedArgumentException.class, () -> step.setParent(List.of("sft")));
        assertEquals(
                "parent must be what an earlier step returned, or the name of its stage, but is '[sft]'",
                refused.getMessage());
        CascadeGateStep gate = new CascadeGateStep();
        gate.setCandidate("code");
        gate.setBaseline("sft");
        assertEquals("code", gate.toGateRequest().candidate());
        assertEquals("sft", gate.toGateRequest().baseline());
    }

    @Test
    void aFieldIsRefusedInTheWordsOfItsSetter() {
        CascadeSftStep step = new CascadeSftStep("sft.jsonl");
        assertEquals(Optional.empty(), whole("7", step, Locale.ENGLISH));
        assertEquals(Optional.empty(), whole(" ", step, Locale.ENGLISH));
        assertEquals(Optional.of("steps must be at least 1, but is 0"), whole("0", step, Locale.ENGLISH));
        assertEquals(Optional.of("steps muss mindestens 1 sein, ist aber 0"), whole("0", step, Locale.GERMAN));
        assertEquals(Optional.of("steps must be a whole number, but is '1.5'"), whole("1.5", step, Locale.ENGLISH));
        assertEquals(
                Optional.of("onRegression must be 'fail', 'unstable' or 'continue', but is 'ask'"),
                FieldCheck.refusal("ask", Function.identity(), step::setOnRegression, Locale.ENGLISH));
    }

    @Test
    void everyDomainThatIsOfferedHasSettingsOfItsOwn() {
        Choices.DOMAINS.forEach(
                domain -> assertNotEquals(Presets.rlvr("a domain of mine"), Presets.rlvr(domain), domain));
    }

    private static Optional<String> whole(String value, CascadeSftStep step, Locale locale) {
        return FieldCheck.refusal(value, text -> FieldCheck.wholeNumber("steps", text), step::setSteps, locale);
    }
}
