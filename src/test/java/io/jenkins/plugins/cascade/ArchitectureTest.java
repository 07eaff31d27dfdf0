package io.jenkins.plugins.cascade;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;

/** The arrows between the packages run one way. */
class ArchitectureTest {
    private static final String ROOT = "io.jenkins.plugins.cascade";
    private static final String[] JENKINS = {
        "hudson..", "jenkins..", "org.jenkinsci..", "org.kohsuke..", "com.cloudbees.plugins.."
    };

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void packagesKnowOnlyWhomTheyMay() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage(ROOT + "..")
                .withOptionalLayers(true)
                .layer("recipe")
                .definedBy(ROOT + ".recipe..")
                .layer("gate")
                .definedBy(ROOT + ".gate..")
                .layer("verify")
                .definedBy(ROOT + ".verify..")
                .layer("model")
                .definedBy(ROOT + ".model..")
                .layer("track")
                .definedBy(ROOT + ".track..")
                .layer("train")
                .definedBy(ROOT + ".train..")
                .layer("evaluate")
                .definedBy(ROOT + ".evaluate..")
                .layer("trainer")
                .definedBy(ROOT + ".trainer..")
                .layer("report")
                .definedBy(ROOT + ".report..")
                .layer("stage")
                .definedBy(ROOT + ".stage..")
                .layer("steps")
                .definedBy(ROOT + ".steps..")
                .layer("pages")
                .definedBy(ROOT + ".pages..")
                .layer("local")
                .definedBy(ROOT + ".local..")
                .layer("agent")
                .definedBy(ROOT + ".agent..")
                .whereLayer("recipe")
                .mayNotAccessAnyLayer()
                .whereLayer("gate")
                .mayNotAccessAnyLayer()
                .whereLayer("verify")
                .mayNotAccessAnyLayer()
                .whereLayer("model")
                .mayNotAccessAnyLayer()
                .whereLayer("track")
                .mayNotAccessAnyLayer()
                .whereLayer("train")
                .mayOnlyAccessLayers("recipe", "verify", "model")
                .whereLayer("evaluate")
                .mayOnlyAccessLayers("recipe", "verify", "model")
                .whereLayer("trainer")
                .mayOnlyAccessLayers("recipe", "verify", "model", "train", "evaluate", "track")
                .whereLayer("report")
                .mayOnlyAccessLayers("recipe", "gate")
                .whereLayer("stage")
                .mayOnlyAccessLayers("recipe", "gate", "report", "track")
                .whereLayer("steps")
                .mayOnlyAccessLayers("recipe", "gate", "report", "track", "stage")
                .whereLayer("pages")
                .mayOnlyAccessLayers("recipe", "gate", "report", "track", "stage", "steps")
                .whereLayer("local")
                .mayOnlyAccessLayers("recipe", "gate", "report", "track", "stage", "verify")
                .whereLayer("agent")
                .mayOnlyAccessLayers("recipe", "gate", "report", "verify", "stage", "trainer")
                .whereLayer("agent")
                .mayNotBeAccessedByAnyLayer()
                .check(OURS);
    }

    @Test
    void onlyStepsAndPagesKnowJenkins() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "..")
                .and()
                .resideOutsideOfPackages(ROOT + ".steps..", ROOT + ".pages..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(JENKINS)
                .check(OURS);
    }

    @Test
    void onlyTheTrainingSideKnowsTheEngine() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "..")
                .and()
                .resideOutsideOfPackages(
                        ROOT + ".model..", ROOT + ".train..", ROOT + ".evaluate..", ROOT + ".trainer..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("ai.djl..")
                .check(OURS);
    }

    @Test
    void onlyTheLocalRunnerKnowsTheCommandLineAndGroovy() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "..")
                .and()
                .resideOutsideOfPackage(ROOT + ".local..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("picocli..", "groovy..", "org.codehaus.groovy..", "com.cloudbees.groovy..")
                .check(OURS);
    }

    @Test
    void packagesAreFreeOfCycles() {
        SlicesRuleDefinition.slices()
                .matching(ROOT + ".(*)..")
                .should()
                .beFreeOfCycles()
                .check(OURS);
    }

    @Test
    void publicClassesLiveInANamedPackage() {
        classes()
                .that()
                .resideInAPackage(ROOT)
                .should()
                .haveSimpleName("package-info")
                .allowEmptyShould(true)
                .check(OURS);
    }
}
