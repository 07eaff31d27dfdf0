package io.jenkins.plugins.cascade.local.syntax;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.codehaus.groovy.ast.ModuleNode;
import org.codehaus.groovy.control.CompilationFailedException;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.MultipleCompilationErrorsException;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.messages.Message;
import org.codehaus.groovy.control.messages.SyntaxErrorMessage;

/** Groovy's own reading of a file, and its complaints as {@link Problem}s. */
public final class GroovySource {
    private GroovySource() {}

    /**
     * The syntax tree after the conversion phase: names are not resolved, nothing is compiled.
     *
     * @throws JenkinsfileException if the text is not Groovy
     */
    static ModuleNode syntaxTree(String name, String text) throws JenkinsfileException {
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
            throw new JenkinsfileException(name, List.of(new Problem(0, firstLine(e.getMessage()))));
        }
    }

    /** What Groovy's compiler reports. */
    public static List<Problem> problemsOf(MultipleCompilationErrorsException failure) {
        List<Problem> problems = new ArrayList<>();
        for (Object error : failure.getErrorCollector().getErrors()) {
            problems.add(problemOf((Message) error));
        }
        return problems;
    }

    private static Problem problemOf(Message error) {
        if (error instanceof SyntaxErrorMessage syntax) {
            return new Problem(
                    syntax.getCause().getLine(), firstLine(syntax.getCause().getOriginalMessage()));
        }
        StringWriter text = new StringWriter();
        error.write(new PrintWriter(text));
        return new Problem(0, firstLine(text.toString().strip()));
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse(text).strip();
    }
}
