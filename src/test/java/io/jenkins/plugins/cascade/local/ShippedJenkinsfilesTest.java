package io.jenkins.plugins.cascade.local;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cascade.local.binding.StepCatalog;
import io.jenkins.plugins.cascade.local.binding.StepIndex;
import io.jenkins.plugins.cascade.local.cps.GroovyCompiler;
import io.jenkins.plugins.cascade.local.step.Steps;
import io.jenkins.plugins.cascade.local.syntax.JenkinsfileException;
import io.jenkins.plugins.cascade.local.syntax.JenkinsfileParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The Jenkinsfiles of this repository, with the real steps. */
class ShippedJenkinsfilesTest {
    private StepCatalog catalog;

    @BeforeEach
    void findTheSteps() throws IOException {
        catalog = Steps.catalogOf(StepIndex.find(getClass().getClassLoader()));
    }

    static List<Path> jenkinsfiles() throws IOException {
        try (Stream<Path> examples = Files.walk(Path.of("examples"))) {
            return Stream.concat(Stream.of(Path.of("Jenkinsfile")), examples)
                    .filter(file -> file.endsWith("Jenkinsfile"))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("jenkinsfiles")
    void areUnderstood(Path file) throws IOException {
        String text = Files.readString(file);

        assertDoesNotThrow(
                () -> new GroovyCompiler(catalog).compile(new JenkinsfileParser(catalog).parse(file.toString(), text)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "learningRate: 2e-3 | lerningRate: 2e-3 | cascadeSft: Invalid parameter \"lerningRate\", did you mean \"learningRate\"?",
                "steps: 650 | steps: '650' | cascadeSft: Expecting \"Integer\" for parameter \"steps\" but got \"650\" of type String instead",
                "kind: 'target' | sort: 'target' | gate: Invalid parameter \"sort\", its parameters are [benchmark,",
                "cascadeRlhf( | cascadeRLHF( | No such step \"cascadeRLHF\", did you mean \"cascadeRlhf\"?",
            })
    void aMistakeInThemIsFoundBeforeAnythingRuns(String right, String wrong, String sentence) throws IOException {
        String text = Files.readString(Path.of("Jenkinsfile")).replace(right, wrong);

        JenkinsfileException refused = assertThrows(
                JenkinsfileException.class, () -> new JenkinsfileParser(catalog).parse("Jenkinsfile", text));

        assertTrue(refused.getMessage().contains(sentence), refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "model: 'm' | cascadeEvaluate: Missing required parameter: \"benchmarks\"",
                "model: 'm', benchmarks: [] | cascadeEvaluate: benchmarks must name at least one",
                "model: 'm', benchmarks: [benchmark(name: 'a', data: 'a.jsonl')], steps: 3 | cascadeEvaluate: Invalid parameter \"steps\"",
            })
    void anEvaluationNeedsBenchmarksAndTakesNothingOfTraining(String arguments, String sentence) {
        String text = "pipeline { agent any; stages { stage('A') { steps { cascadeEvaluate(" + arguments + ") } } } }";

        JenkinsfileException refused = assertThrows(
                JenkinsfileException.class, () -> new JenkinsfileParser(catalog).parse("Jenkinsfile", text));

        assertTrue(refused.getMessage().contains(sentence), refused.getMessage());
    }

    @Test
    void argumentsThatContradictEachOtherAreFoundBeforeAnythingRuns() {
        String text = "pipeline { agent any; stages { stage('A') { steps {"
                + " cascadeSft(name: 'not a name!', data: 'x.jsonl', model: 'm') } } } }";

        JenkinsfileException refused = assertThrows(
                JenkinsfileException.class, () -> new JenkinsfileParser(catalog).parse("Jenkinsfile", text));

        assertTrue(
                refused.getMessage().startsWith("Jenkinsfile:1: cascadeSft: A stage's name may hold"),
                refused.getMessage());
    }
}
