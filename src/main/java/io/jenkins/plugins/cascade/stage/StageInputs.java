package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.recipe.BenchmarkSpec;
import io.jenkins.plugins.cascade.recipe.DataFile;
import io.jenkins.plugins.cascade.recipe.StageSpec;
import io.jenkins.plugins.cascade.track.Dataset;
import java.util.ArrayList;
import java.util.List;

/** The data of a stage as MLflow shows the inputs of its run. */
final class StageInputs {
    private StageInputs() {}

    static List<Dataset> of(StageSpec spec) {
        List<Dataset> inputs = new ArrayList<>();
        for (DataFile file : spec.data()) {
            inputs.add(new Dataset(name(file.path()), file.digest(), file.path(), "training"));
        }
        for (BenchmarkSpec benchmark : spec.benchmarks()) {
            inputs.add(new Dataset(benchmark.name(), benchmark.digest(), benchmark.path(), "evaluation"));
        }
        return inputs;
    }

    /** The last part of a path of whichever machine. */
    private static String name(String path) {
        return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    }
}
