package io.jenkins.plugins.cascade.local.syntax;

import io.jenkins.plugins.cascade.local.binding.StepCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.codehaus.groovy.ast.AnnotatedNode;
import org.codehaus.groovy.ast.ImportNode;
import org.codehaus.groovy.ast.ModuleNode;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.control.CompilationFailedException;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.MultipleCompilationErrorsException;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.messages.Message;
import org.codehaus.groovy.control.messages.SyntaxErrorMessage;
import org.codehaus.groovy.syntax.Types;

/** Reads a declarative Jenkinsfile and refuses what the local runner does not understand, before anything runs. */
public final class JenkinsfileParser {
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
        ModuleNode module = syntaxTree(name, text);
        Problems problems = new Problems();
        refuseLibraries(module, problems);
        List<Statement> definitions = new ArrayList<>();
        Optional<Directive> pipeline = Optional.empty();
        for (Statement statement : module.getStatementBlock().getStatements()) {
            Optional<Directive> found = Directive.of(statement).filter(call -> call.name().equals("pipeline"));
            if (found.isPresent() && pipeline.isEmpty()) {
                pipeline = found;
            } else if (pipeline.isPresent()) {
                problems.add(statement, "Nothing may follow the pipeline block in a local run");
            } else {
                definitions.add(statement);
            }
        }
        if (pipeline.isEmpty()) {
            throw new JenkinsfileException(name, List.of(new Problem(0, "This is not a declarative Pipeline: it has no"
                    + " pipeline { ... } block. The local runner runs declarative Pipelines only")));
        }
        definitions.forEach(statement -> requireDefinition(statement, problems));
        Blocks blocks = new Blocks();
        Sections sections = new Sections(problems, blocks, new StepsChecker(catalog, problems));
        Pipeline model = new PipelineParser(sections).parse(pipeline.get());
        problems.failIfAny(name);
        return new Jenkinsfile(name, text, model, definitions, blocks.closures());
    }

    private static void refuseLibraries(ModuleNode module, Problems problems) {
        for (ImportNode imported : module.getImports()) {
            refuseAnnotation(imported, problems);
        }
    }

    private static void refuseAnnotation(AnnotatedNode node, Problems problems) {
        node.getAnnotations()
                .forEach(annotation -> problems.add(
                        annotation,
                        "@" + annotation.getClassNode().getName()
                                + " is outside the subset that the local runner understands"));
    }

    private static void requireDefinition(Statement statement, Problems problems) {
        boolean definition = statement instanceof ExpressionStatement expression
                && expression.getExpression() instanceof BinaryExpression assignment
                && assignment.getOperation().getType() == Types.ASSIGN;
        if (!definition) {
            problems.add(statement, "Only definitions of variables and methods may stand before the pipeline block in a local run");
        } else {
            Expression expression = ((ExpressionStatement) statement).getExpression();
            refuseAnnotation(expression, problems);
        }
    }

    private static ModuleNode syntaxTree(String name, String text) throws JenkinsfileException {
        SourceUnit source = SourceUnit.create(name, text);
        source.configure(new CompilerConfiguration());
        try {
            source.parse();
            source.completePhase();
            source.nextPhase();
            source.convert();
            return source.getAST();
        } catch (MultipleCompilationErrorsException e) {
            throw new JenkinsfileException(name, problemsOf(e));
        } catch (CompilationFailedException e) {
            throw new JenkinsfileException(name, List.of(new Problem(0, e.getMessage())));
        }
    }

    /** The problems that Groovy's compiler reports, one a line. */
    public static List<Problem> problemsOf(MultipleCompilationErrorsException failure) {
        List<Problem> problems = new ArrayList<>();
        for (Object error : failure.getErrorCollector().getErrors()) {
            if (error instanceof SyntaxErrorMessage syntax) {
                problems.add(new Problem(
                        syntax.getCause().getLine(), firstLine(syntax.getCause().getOriginalMessage())));
            } else if (error instanceof Message message) {
                java.io.StringWriter text = new java.io.StringWriter();
                message.write(new java.io.PrintWriter(text));
                problems.add(new Problem(0, firstLine(text.toString().strip())));
            }
        }
        return problems;
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse(text);
    }

    /** Names that Jenkins' declarative Pipeline knows and a local run does not, for a plain sentence instead of "unknown". */
    static final Set<String> JENKINS_ONLY = Set.of("tools", "libraries", "input", "matrix", "axes", "excludes");
}
