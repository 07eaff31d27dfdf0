package io.jenkins.plugins.cascade.local.syntax;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cascade.local.LocalPipeline;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ValidationTest {
    private static final String STAGES = "stages { stage('A') { steps { echo 'x' } } }";

    static Stream<Arguments> structure() {
        return Stream.of(
                Arguments.of("pipeline {\n" + STAGES + "\n}", 1, "Missing required section \"agent\""),
                Arguments.of("pipeline {\nagent any\n}", 1, "Missing required section \"stages\""),
                Arguments.of(
                        "pipeline {\nagent any\n" + STAGES + "\nagent any\n}",
                        4,
                        "Multiple occurrences of the agent section"),
                Arguments.of(
                        "pipeline {\nagent any\n" + STAGES + "\nenviroment { A = 'x' }\n}",
                        4,
                        "Unknown section \"enviroment\" - did you mean \"environment\"?"),
                Arguments.of(
                        "pipeline {\nagent any\n" + STAGES + "\ntools { maven '3' }\n}",
                        4,
                        "\"tools\" is a part of declarative Pipeline that the local runner does not have"),
                Arguments.of(
                        "pipeline {\nagent { docker 'x' }\n" + STAGES + "\n}",
                        2,
                        "Invalid agent type \"docker\" specified."),
                Arguments.of("pipeline {\nagent any\nstages {\n}\n}", 3, "No stages specified"),
                Arguments.of(
                        "pipeline {\nagent any\n" + STAGES + "\n}\necho 'after'",
                        5,
                        "Nothing may follow the pipeline block"),
                Arguments.of(
                        "echo 'before'\npipeline {\nagent any\n" + STAGES + "\n}",
                        1,
                        "Only definitions of variables and methods may stand before"),
                Arguments.of("@Library('x') _\npipeline {\nagent any\n" + STAGES + "\n}", 1, "Library"),
                Arguments.of(
                        "pipeline {\nagent any\n" + STAGES + "\npost { sometimes { echo 'x' } }\n}",
                        4,
                        "Invalid condition \"sometimes\" - valid conditions are [always, changed,"),
                Arguments.of("pipeline {\nagent any\n" + STAGES + "\npost {\n}\n}", 4, "post can not be empty"),
                Arguments.of("node {\n echo 'x'\n}", 0, "This is not a declarative Pipeline"),
                Arguments.of("pipeline {\nagent any\n" + STAGES + "\n", 4, "expecting '}'"));
    }

    static Stream<Arguments> stages() {
        return Stream.of(
                Arguments.of(
                        "stage('A') {\n}", 4, "Expected one of \"steps\", \"stages\", or \"parallel\" for stage \"A\""),
                Arguments.of(
                        "stage('A') { steps { echo 'x' }\n stages { stage('B') { steps { echo 'x' } } } }",
                        4,
                        "Only one of \"steps\", \"stages\", or \"parallel\" is allowed"),
                Arguments.of(
                        "stage('A') { steps { echo 'x' } }\nstage('A') { steps { echo 'y' } }",
                        5,
                        "Duplicate stage name: \"A\""),
                Arguments.of("stage { steps { echo 'x' } }", 4, "Expected a stage name but did not find any"),
                Arguments.of("step('A') { steps { echo 'x' } }", 4, "Expected a stage but got \"step\""),
                Arguments.of(
                        "stage('A') { input 'go?'\n steps { echo 'x' } }",
                        4,
                        "\"input\" is a part of declarative Pipeline that the local runner does not have"),
                Arguments.of("stage('A') { when { } \n steps { echo 'x' } }", 4, "Empty when closure"),
                Arguments.of(
                        "stage('A') { when { changeset '*.py' }\n steps { echo 'x' } }",
                        4,
                        "Unknown conditional \"changeset\""),
                Arguments.of(
                        "stage('A') { when { branch 5 }\n steps { echo 'x' } }",
                        4,
                        "Expecting \"String\" for parameter \"pattern\" but got \"5\" of type Integer instead"),
                Arguments.of(
                        "stage('A') { when { not { branch 'a'\n branch 'b' } }\n steps { echo 'x' } }",
                        4,
                        "\"not\" takes exactly one condition"),
                Arguments.of(
                        "stage('A') { failFast true\n steps { echo 'x' } }",
                        4,
                        "failFast is only for a stage with parallel stages"),
                Arguments.of(
                        "stage('A') { parallel { stage('B') { parallel { stage('C') { steps { echo 'x' } } } } } }",
                        4,
                        "Parallel stages cannot contain parallel stages"),
                Arguments.of(
                        "stage('A') { agent any\n parallel { stage('B') { steps { echo 'x' } } } }",
                        4,
                        "\"agent\" is not allowed in stage \"A\" as it contains parallel stages"),
                Arguments.of(
                        "stage('A') { when { branch 'x' } steps { echo 'x' } }",
                        4,
                        "expected one directive a line, or a semicolon between two"),
                Arguments.of(
                        "stage('A') { environment { A = 5 }\n steps { echo 'x' } }",
                        4,
                        "Environment variable values must either be single quoted, double quoted, or function calls"),
                Arguments.of(
                        "stage('A') { environment { A = 'x'\n A = 'y' }\n steps { echo 'x' } }",
                        5,
                        "Duplicate environment variable name: \"A\""),
                Arguments.of(
                        "stage('A') { environment { A = \"${B}\"\n B = \"${A}\" }\n steps { echo 'x' } }",
                        4,
                        "refer to each other in a circle"),
                Arguments.of(
                        "stage('A') { options { ansiColor('xterm') }\n steps { echo 'x' } }",
                        4,
                        "Unknown option \"ansiColor\""),
                Arguments.of(
                        "stage('A') { options { timeout(time: 1, unit: 'FORTNIGHTS') }\n steps { echo 'x' } }",
                        4,
                        "\"FORTNIGHTS\" is none of"),
                Arguments.of(
                        "stage('A') { options { timeout(time: params.T) }\n steps { echo 'x' } }",
                        4,
                        "must be constants"));
    }

    static Stream<Arguments> steps() {
        return Stream.of(
                Arguments.of("ecko 'x'", "No such step \"ecko\", did you mean \"echo\"?"),
                Arguments.of("archiveArtifacts 'x'", "No such step \"archiveArtifacts\""),
                Arguments.of(
                        "sh(script: 'x', returnStdOut: true)",
                        "sh: Invalid parameter \"returnStdOut\", did you mean \"returnStdout\"?"),
                Arguments.of("sh(returnStdout: true)", "sh: Missing required parameter: \"script\""),
                Arguments.of(
                        "sh(script: 'x', returnStdout: 'true')",
                        "sh: Expecting \"boolean\" for parameter \"returnStdout\" but got \"true\" of type String instead"),
                Arguments.of(
                        "train(model: 'm', stpes: 5)", "train: Invalid parameter \"stpes\", did you mean \"steps\"?"),
                Arguments.of("train(model: 'm', steps: 0)", "train: steps must be at least 1 but is 0"),
                Arguments.of(
                        "train(model: 'm', gates: [gate(benchmark: 'math', margin: 'five')])",
                        "gate: Expecting \"double\" for parameter \"margin\" but got \"five\" of type String instead"),
                Arguments.of(
                        "train(model: 'm', gates: [gate('math')], tags: \"${params.N}\")",
                        "train: Expecting \"List\" for parameter \"tags\" but got a string instead"),
                Arguments.of("dir('x')", "Expected a block with the \"dir\" step"),
                Arguments.of("dir('x') { ecko 'x' }", "No such step \"ecko\""),
                Arguments.of("echo('x') { echo 'y' }", "The \"echo\" step takes no block"),
                Arguments.of("def x = 5", "Expected a step; other Groovy code belongs into a script { } block"),
                Arguments.of(
                        "if (true) { echo 'x' }", "Expected a step; other Groovy code belongs into a script { } block"),
                Arguments.of(
                        "script { def x = train(modle: 'm') }",
                        "train: Invalid parameter \"modle\", did you mean \"model\"?"),
                Arguments.of("script { for (i in 1..3) { stash 'x' } }", "No such step \"stash\""),
                Arguments.of("script 'x'", "Expected a block with the \"script\" step"));
    }

    @ParameterizedTest
    @MethodSource
    void structure(String jenkinsfile, int line, String sentence) {
        assertRefused(jenkinsfile, line, sentence);
    }

    @ParameterizedTest
    @MethodSource
    void stages(String stages, int line, String sentence) {
        assertRefused("pipeline {\nagent any\nstages {\n" + stages + "\n}\n}", line, sentence);
    }

    @ParameterizedTest
    @MethodSource
    void steps(String step, String sentence) {
        assertRefused("pipeline {\nagent any\nstages {\nstage('A') {\nsteps {\n" + step + "\n}\n}\n}\n}", 6, sentence);
    }

    @Test
    void showsEveryProblemInTheOrderOfTheLines() {
        JenkinsfileException refused = assertThrows(
                JenkinsfileException.class,
                () -> LocalPipeline.parse(
                        "pipeline {\nagent any\nstages {\nstage('A') {\nsteps {\necko 'x'\nsh 5\n}\n}\n}\nposts { }\n}"));

        assertEquals(
                List.of(6, 7, 11),
                refused.problems().stream().map(Problem::line).toList());
        assertTrue(refused.getMessage().startsWith("Jenkinsfile:6: No such step \"ecko\""), refused.getMessage());
    }

    @Test
    void checksCallsOfStepsWhereverTheyStand() {
        JenkinsfileException refused = assertThrows(
                JenkinsfileException.class,
                () -> LocalPipeline.parse(
                        """
                        def help() {
                            train(modle: 'm')
                        }
                        pipeline {
                            agent any
                            environment { A = sh(scrpt: 'x') }
                            stages { stage('A') {
                                when { expression { sh(script: 'x', returnStatus: 'yes') == 0 } }
                                steps { script { stash('own method') } }
                            } }
                        }
                        def stash(x) { return x }
                        """));

        assertEquals(
                List.of(2, 6, 8), refused.problems().stream().map(Problem::line).toList());
    }

    @Test
    void acceptsTheWholeSubset() {
        assertDoesNotThrow(
                () -> LocalPipeline.parse(
                        """
                import groovy.transform.Field
                def helper(x) { return x + 1 }
                @Field def shared = [:]
                pipeline {
                    agent { node { label 'gpu && a100' } }
                    options {
                        timeout(time: 1, unit: 'HOURS'); timestamps(); retry(2); disableConcurrentBuilds(abortPrevious: true)
                        buildDiscarder(logRotator(numToKeepStr: '5')); skipDefaultCheckout()
                    }
                    triggers { cron('H 2 * * *'); pollSCM('@daily'); upstream(upstreamProjects: 'a', threshold: hudson.model.Result.SUCCESS) }
                    parameters {
                        string(name: 'S', defaultValue: 'x', description: 'd', trim: true)
                        booleanParam(name: 'B', defaultValue: true)
                        choice(name: 'C', choices: ['a', 'b'])
                    }
                    environment { A = 'a' + "${B}"; B = "b"; T = credentials('token'); O = sh(script: 'x', returnStdout: true) }
                    stages {
                        stage('One') {
                            agent none
                            when { beforeAgent true; allOf { branch 'main'; not { environment name: 'A', value: 'b' } }; triggeredBy 'UserIdCause' }
                            options { timeout(5) }
                            stages { stage('Two') { steps { script { shared.x = train('m') } } } }
                        }
                        stage('Three') {
                            failFast true
                            parallel {
                                stage('P') { steps { retry(2) { timeout(time: 1) { dir('x') { withEnv(['A=b']) { sh 'x' } } } } } }
                                stage('Q') { steps { catchError(buildResult: 'UNSTABLE', stageResult: 'FAILURE') { error 'x' } } }
                            }
                            post { always { unstable 'x' } }
                        }
                    }
                    post { failure { echo 'x' } }
                }
                """));
    }

    private static void assertRefused(String jenkinsfile, int line, String sentence) {
        JenkinsfileException refused = assertThrows(JenkinsfileException.class, () -> LocalPipeline.parse(jenkinsfile));

        assertTrue(
                refused.problems().stream()
                        .anyMatch(problem ->
                                problem.line() == line && problem.message().contains(sentence)),
                refused.getMessage());
    }
}
