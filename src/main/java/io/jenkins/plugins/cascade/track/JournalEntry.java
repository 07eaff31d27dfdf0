package io.jenkins.plugins.cascade.track;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** One line of the journal. Times are in milliseconds since 1970; {@code run} is the journal's id of the run. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = JournalEntry.Start.class, name = "start"),
    @JsonSubTypes.Type(value = JournalEntry.Metrics.class, name = "metrics"),
    @JsonSubTypes.Type(value = JournalEntry.Params.class, name = "params"),
    @JsonSubTypes.Type(value = JournalEntry.Tags.class, name = "tags"),
    @JsonSubTypes.Type(value = JournalEntry.Inputs.class, name = "inputs"),
    @JsonSubTypes.Type(value = JournalEntry.Artifact.class, name = "artifact"),
    @JsonSubTypes.Type(value = JournalEntry.End.class, name = "end")
})
sealed interface JournalEntry {
    String run();

    long time();

    /** A run starts, or goes on ({@code resumed}). */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Start(
            String run,
            long time,
            String experiment,
            String name,
            String parent,
            boolean resumed,
            Map<String, String> tags,
            Map<String, String> params)
            implements JournalEntry {
        public Start {
            Objects.requireNonNull(run, "run");
            Objects.requireNonNull(experiment, "experiment");
            Objects.requireNonNull(name, "name");
            tags = Map.copyOf(tags);
            params = Map.copyOf(params);
        }
    }

    /** Values of metrics at one step. */
    record Metrics(String run, long time, long step, Map<String, Double> values) implements JournalEntry {
        public Metrics {
            Objects.requireNonNull(run, "run");
            values = Map.copyOf(values);
        }
    }

    /** Parameters. */
    record Params(String run, long time, Map<String, String> values) implements JournalEntry {
        public Params {
            Objects.requireNonNull(run, "run");
            values = Map.copyOf(values);
        }
    }

    /** Tags. */
    record Tags(String run, long time, Map<String, String> values) implements JournalEntry {
        public Tags {
            Objects.requireNonNull(run, "run");
            values = Map.copyOf(values);
        }
    }

    /** Data sets that a run read. */
    record Inputs(String run, long time, List<Dataset> datasets) implements JournalEntry {
        public Inputs {
            Objects.requireNonNull(run, "run");
            datasets = List.copyOf(datasets);
        }
    }

    /** A file that goes to a run's artifacts: relative to the folder of the journal, and as it is when it goes. */
    record Artifact(String run, long time, String file, String path) implements JournalEntry {
        public Artifact {
            Objects.requireNonNull(run, "run");
            if (!ArtifactPath.allowed(file) || !ArtifactPath.allowed(path)) {
                throw new IllegalArgumentException("\"" + file + "\" or \"" + path + "\" is no path of an artifact");
            }
        }
    }

    /** A run ended. */
    record End(String run, long time, RunStatus status) implements JournalEntry {
        public End {
            Objects.requireNonNull(run, "run");
            Objects.requireNonNull(status, "status");
        }
    }
}
