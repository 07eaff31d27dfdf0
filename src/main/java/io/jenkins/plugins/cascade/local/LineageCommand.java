package io.jenkins.plugins.cascade.local;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.cascade.local.build.Result;
import io.jenkins.plugins.cascade.recipe.CanonicalJson;
import io.jenkins.plugins.cascade.stage.FoundLineage;
import io.jenkins.plugins.cascade.stage.LineageText;
import io.jenkins.plugins.cascade.stage.StageException;
import io.jenkins.plugins.cascade.track.TrackingEnvironment;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cascade lineage}. */
@Command(
        name = "lineage",
        mixinStandardHelpOptions = true,
        description = {
            "Prints where a checkpoint comes from, back to the base model: every stage with its data, settings, commit and verdict.",
            "A folder is compared with the digest that its lineage was written for. Credentials of MLflow are read as MLflow reads"
                    + " them: MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the lineage is whole and the weights are those that it describes",
            "1:ancestors are missing",
            "2:there is no lineage, or the weights are others",
            "64:the command line is wrong"
        })
final class LineageCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "CHECKPOINT",
            description =
                    "A model's folder, a stage's directory, models:/NAME@ALIAS, models:/NAME/VERSION, or runs:/ID.")
    private String checkpoint;

    @Option(names = "--json", description = "Prints the lineage as JSON, with all digests in full.")
    private boolean json;

    @Option(
            names = "--uri",
            paramLabel = "URL",
            defaultValue = "${env:MLFLOW_TRACKING_URI}",
            description = "The MLflow server (default: MLFLOW_TRACKING_URI of the environment).")
    private String uri;

    @Override
    public Integer call() throws IOException, InterruptedException {
        FoundLineage found;
        try {
            found = FoundLineage.of(checkpoint, environment());
        } catch (StageException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return Result.FAILURE.exitCode();
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            ObjectNode tree = CanonicalJson.MAPPER.valueToTree(found.lineage());
            tree.put("weights", found.weights().word());
            out.println(CanonicalJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(tree));
        } else {
            LineageText.lines(found.lineage()).forEach(out::println);
            out.println(found.sentence());
        }
        out.flush();
        if (found.weights() == FoundLineage.Weights.OTHERS) {
            return Result.FAILURE.exitCode();
        }
        return found.lineage().ancestor().base() ? Result.SUCCESS.exitCode() : Result.UNSTABLE.exitCode();
    }

    private TrackingEnvironment environment() {
        Map<String, String> variables = new HashMap<>(System.getenv());
        if (uri != null && !uri.isBlank()) {
            variables.put("MLFLOW_TRACKING_URI", uri);
        }
        return TrackingEnvironment.from(variables);
    }
}
