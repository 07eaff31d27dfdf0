package io.jenkins.plugins.cascade.local.cps;

import com.cloudbees.groovy.cps.CpsTransformer;
import com.cloudbees.groovy.cps.TransformerConfiguration;
import groovy.lang.Binding;
import groovy.lang.GroovyShell;
import io.jenkins.plugins.cascade.local.binding.StepCatalog;
import io.jenkins.plugins.cascade.local.syntax.GroovySource;
import io.jenkins.plugins.cascade.local.syntax.Jenkinsfile;
import io.jenkins.plugins.cascade.local.syntax.JenkinsfileException;
import java.util.ArrayList;
import java.util.List;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.ListExpression;
import org.codehaus.groovy.ast.stmt.ReturnStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.classgen.GeneratorContext;
import org.codehaus.groovy.control.CompilePhase;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.MultipleCompilationErrorsException;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;

/** Compiles a Jenkinsfile to a script that evaluates its definitions and returns its blocks as closures. */
public final class GroovyCompiler {
    /** The name of the class as on Jenkins, since Groovy's own messages show it. */
    private static final String SCRIPT_CLASS = "WorkflowScript";

    private final StepCatalog catalog;

    /** A compiler; the compiled code finds the steps of the catalogue. */
    public GroovyCompiler(StepCatalog catalog) {
        this.catalog = catalog;
    }

    /**
     * Compiles.
     *
     * @throws JenkinsfileException if Groovy's compiler refuses the code
     */
    public PipelineScript compile(Jenkinsfile jenkinsfile) throws JenkinsfileException {
        CpsTransformer transformer = new CpsTransformer();
        transformer.setConfiguration(new TransformerConfiguration().withSafepoint(SafePoint.class, "check"));
        CompilerConfiguration configuration = new CompilerConfiguration();
        configuration.setScriptBaseClass(PipelineScript.class.getName());
        configuration.addCompilationCustomizers(new OnlyBlocks(jenkinsfile), transformer);
        GroovyShell shell = new GroovyShell(GroovyCompiler.class.getClassLoader(), new Binding(), configuration);
        try {
            PipelineScript script = (PipelineScript) shell.parse(jenkinsfile.text(), SCRIPT_CLASS);
            script.connect(catalog);
            return script;
        } catch (MultipleCompilationErrorsException e) {
            throw new JenkinsfileException(jenkinsfile.name(), GroovySource.problemsOf(e));
        }
    }

    /** Replaces the pipeline block, whose model the runner interprets, by the list of its closures. */
    private static final class OnlyBlocks extends CompilationCustomizer {
        private final Jenkinsfile jenkinsfile;

        OnlyBlocks(Jenkinsfile jenkinsfile) {
            super(CompilePhase.CONVERSION);
            this.jenkinsfile = jenkinsfile;
        }

        @Override
        public void call(SourceUnit source, GeneratorContext context, ClassNode type) {
            if (!type.isScript()) {
                return;
            }
            List<Statement> statements = source.getAST().getStatementBlock().getStatements();
            statements.clear();
            statements.addAll(jenkinsfile.definitions());
            List<Expression> closures = new ArrayList<>(jenkinsfile.blocks());
            statements.add(new ReturnStatement(new ListExpression(closures)));
        }
    }
}
