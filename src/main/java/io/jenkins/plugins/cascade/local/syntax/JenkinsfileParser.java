package io.jenkins.plugins.cascade.local.syntax;

import io.jenkins.plugins.cascade.local.binding.StepCatalog;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.codehaus.groovy.ast.AnnotatedNode;
import org.codehaus.groovy.ast.AnnotationNode;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.ModuleNode;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.syntax.Types;

/** Reads a declarative Jenkinsfile and refuses what the local runner does not understand, before anything runs. */
public final class JenkinsfileParser {
    /** Makes a variable visible in methods; the only annotation that needs nothing of Jenkins. */
    private static final Set<String> ALLOWED_ANNOTATIONS = Set.of("Field", "groovy.transform.Field");

    private final StepCatalog catalog;

    /** A parser that knows the steps of a catalogue. */
    public JenkinsfileParser(StepCatalog catalog) {
        this.catalog = catalog;
    }

    /**
     * Reads a Jenkinsfile.
     *
     * @param name how messages call the file
     * @param text its source
     * @throws JenkinsfileException with every problem found
     */
    public Jenkinsfile parse(String name, String text) throws JenkinsfileException {
        ModuleNode module = GroovySource.syntaxTree(name, text);
        List<Statement> statements = module.getStatementBlock().getStatements();
        int at = indexOfPipeline(statements);
        if (at < 0) {
            throw new JenkinsfileException(
                    name,
                    List.of(new Problem(
                            0,
                            "This is not a declarative Pipeline: it has no"
                                    + " pipeline { ... } block. The local runner runs declarative Pipelines only")));
        }
        Problems problems = new Problems();
        StepsChecker steps = new StepsChecker(catalog, methodNames(module), problems);
        List<Statement> definitions = statements.subList(0, at);
        module.getImports().forEach(imported -> refuseAnnotations(imported, problems));
        definitions.forEach(statement -> checkDefinition(statement, steps, problems));
        module.getMethods().forEach(method -> steps.checkCode(method.getCode()));
        statements
                .subList(at + 1, statements.size())
                .forEach(statement -> problems.add(statement, "Nothing may follow the pipeline block in a local run"));
        Blocks blocks = new Blocks();
        Pipeline model = new PipelineParser(new Sections(problems, blocks, steps))
                .parse(Directive.of(statements.get(at)).orElseThrow());
        problems.failIfAny(name);
        return new Jenkinsfile(name, text, model, definitions, blocks.closures());
    }

    private static int indexOfPipeline(List<Statement> statements) {
        for (int i = 0; i < statements.size(); i++) {
            if (Directive.of(statements.get(i))
                    .filter(call -> call.name().equals("pipeline"))
                    .isPresent()) {
                return i;
            }
        }
        return -1;
    }

    private static Set<String> methodNames(ModuleNode module) {
        return module.getMethods().stream().map(MethodNode::getName).collect(Collectors.toUnmodifiableSet());
    }

    private static void checkDefinition(Statement statement, StepsChecker steps, Problems problems) {
        if (statement instanceof ExpressionStatement expression
                && expression.getExpression() instanceof BinaryExpression assignment
                && assignment.getOperation().getType() == Types.ASSIGN) {
            refuseAnnotations(assignment, problems);
            steps.checkCode(statement);
        } else {
            problems.add(
                    statement,
                    "Only definitions of variables and methods may stand before the pipeline block in a local run");
        }
    }

    private static void refuseAnnotations(AnnotatedNode node, Problems problems) {
        for (AnnotationNode annotation : node.getAnnotations()) {
            String name = annotation.getClassNode().getName();
            if (!ALLOWED_ANNOTATIONS.contains(name)) {
                problems.add(annotation, "@" + name + " is outside the subset that the local runner understands");
            }
        }
    }
}
