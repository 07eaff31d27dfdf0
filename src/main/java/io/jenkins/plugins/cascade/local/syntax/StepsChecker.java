package io.jenkins.plugins.cascade.local.syntax;

import io.jenkins.plugins.cascade.local.binding.BindingException;
import io.jenkins.plugins.cascade.local.binding.Signature;
import io.jenkins.plugins.cascade.local.binding.Spelling;
import io.jenkins.plugins.cascade.local.binding.StepBinder;
import io.jenkins.plugins.cascade.local.binding.StepCatalog;
import io.jenkins.plugins.cascade.local.binding.Unknown;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.stmt.Statement;

/** Checks calls of steps: the name, and the arguments as far as they are known before the run. */
final class StepsChecker {
    /** Steps that people use and this runner lacks; inside {@code script} they would fail only when reached. */
    private static final Set<String> ELSEWHERE = Set.of(
            "archiveArtifacts",
            "bat",
            "build",
            "checkout",
            "deleteDir",
            "fileExists",
            "git",
            "input",
            "junit",
            "library",
            "load",
            "lock",
            "mail",
            "milestone",
            "node",
            "parallel",
            "podTemplate",
            "powershell",
            "publishHTML",
            "readFile",
            "readJSON",
            "readYaml",
            "sleep",
            "sshagent",
            "stage",
            "stash",
            "step",
            "tool",
            "unstash",
            "warnError",
            "withCredentials",
            "writeFile",
            "writeJSON",
            "ws");

    private final StepCatalog catalog;
    private final Set<String> methods;
    private final StepBinder binder;
    private final Problems problems;

    /**
     * A checker.
     *
     * @param methods names of the Jenkinsfile's own methods
     */
    StepsChecker(StepCatalog catalog, Set<String> methods, Problems problems) {
        this.catalog = catalog;
        this.methods = methods;
        this.binder = StepBinder.forSource(catalog);
        this.problems = problems;
    }

    /** Checks a block that may hold only steps. */
    void check(ClosureExpression block) {
        Directive.statementsOf(block).forEach(this::checkStatement);
    }

    private void checkStatement(Statement statement) {
        Optional<Directive> call = Directive.of(statement);
        if (call.isEmpty()) {
            problems.add(statement, "Expected a step; other Groovy code belongs into a script { } block");
        } else if (call.get().name().equals("script")) {
            checkScript(call.get());
        } else if (methods.contains(call.get().name())) {
            checkCode(call.get().call().getArguments());
        } else {
            checkStep(call.get());
        }
    }

    private void checkScript(Directive script) {
        if (script.body().isEmpty()
                || !script.positional().isEmpty()
                || !script.named().isEmpty()) {
            problems.add(script.line(), "Expected a block with the \"script\" step");
            return;
        }
        checkCode(script.body().get().getCode());
    }

    private void checkStep(Directive call) {
        Optional<Signature> signature = catalog.step(call.name());
        if (signature.isEmpty()) {
            unknownStep(call);
            return;
        }
        checkCall(signature.get(), call);
        if (signature.get().takesBody() && call.body().isPresent()) {
            check(call.body().get());
        }
    }

    private void unknownStep(Directive call) {
        String meant = Spelling.nearest(call.name(), catalog.stepNames())
                .map(near -> ", did you mean \"" + near + "\"?")
                .orElse("");
        problems.add(
                call.line(),
                "No such step \"" + call.name() + "\"" + meant + " The local runner has " + catalog.stepNames());
    }

    private void checkCall(Signature signature, Directive call) {
        if (signature.takesBody() && call.body().isEmpty()) {
            problems.add(call.line(), "Expected a block with the \"" + call.name() + "\" step");
        } else if (!signature.takesBody() && call.body().isPresent()) {
            problems.add(call.line(), "The \"" + call.name() + "\" step takes no block");
        }
        try {
            binder.check(signature, positional(call), named(call));
        } catch (BindingException e) {
            problems.add(call.line(), e.getMessage());
        }
    }

    /** Checks the calls in any Groovy code. A name may be a variable there; so only what is certainly wrong is reported. */
    void checkCode(ASTNode code) {
        code.visit(new CodeVisitorSupport() {
            @Override
            public void visitMethodCallExpression(MethodCallExpression expression) {
                Directive.of((Expression) expression)
                        .filter(call -> !methods.contains(call.name()))
                        .ifPresent(StepsChecker.this::checkCall);
                super.visitMethodCallExpression(expression);
            }
        });
    }

    private void checkCall(Directive call) {
        if (ELSEWHERE.contains(call.name()) && catalog.step(call.name()).isEmpty()) {
            unknownStep(call);
        }
        catalog.step(call.name()).ifPresent(signature -> checkCall(signature, call));
    }

    /**
     * The arguments of a directive that must be constants.
     *
     * @return empty if something was wrong, which is reported
     */
    Optional<Map<String, Object>> constants(Signature signature, Directive call) {
        try {
            Map<String, Object> values = binder.arguments(signature, positional(call), named(call));
            if (values.values().stream().noneMatch(Unknown.class::isInstance)) {
                return Optional.of(values);
            }
            problems.add(call.line(), "The arguments of \"" + call.name() + "\" must be constants in a local run");
        } catch (BindingException e) {
            problems.add(call.line(), e.getMessage());
        }
        return Optional.empty();
    }

    private List<Object> positional(Directive call) {
        return call.positional().stream()
                .map(argument -> Literals.value(argument, catalog::isSymbol))
                .toList();
    }

    private Map<String, Object> named(Directive call) {
        Map<String, Object> values = new LinkedHashMap<>();
        call.named().forEach((name, argument) -> values.put(name, Literals.value(argument, catalog::isSymbol)));
        return values;
    }
}
