package io.jenkins.plugins.cascade.steps;

import io.jenkins.plugins.cascade.gate.BenchmarkDecision;
import io.jenkins.plugins.cascade.gate.GateDecision;
import io.jenkins.plugins.cascade.gate.GateVerdict;
import io.jenkins.plugins.cascade.report.GateRecord;
import io.jenkins.plugins.cascade.report.MarkdownReport;
import io.jenkins.plugins.cascade.report.StageRecord;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What a cascade step returns: names, numbers and texts that a Jenkinsfile may look at under the sandbox. */
public final class StageResult implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final double POINTS = 100;

    private final String name;
    private final String status;
    private final String verdict;
    private final String checkpoint;
    private final TreeMap<String, Double> scores = new TreeMap<>();
    private final ArrayList<String> regressions = new ArrayList<>();
    private final String markdown;
    private final String mlflowRunId;
    private final String mlflowUrl;

    StageResult(StageRecord record) {
        this(record, record.checkpoint());
    }

    private StageResult(StageRecord record, String checkpoint) {
        name = record.name();
        status = word(record.status());
        verdict = verdictOf(record.gate());
        this.checkpoint = checkpoint;
        record.scores().forEach((benchmark, score) -> scores.put(benchmark, score.mean() * POINTS));
        regressions.addAll(regressionsOf(record.gate()));
        markdown = MarkdownReport.stage(record);
        mlflowRunId = record.mlflowRunId();
        mlflowUrl = record.mlflowUrl();
    }

    /**
     * The result of a stage whose files are on an agent.
     *
     * @param store path of the stage store there
     */
    static StageResult on(StageRecord record, String store) {
        return new StageResult(record, record.checkpoint() == null ? null : store + "/" + record.checkpoint());
    }

    StageResult(GateRecord record) {
        name = record.candidate();
        status = word(record.status());
        verdict = verdictOf(record.gate());
        checkpoint = null;
        record.gate().benchmarks().forEach(b -> scores.put(b.benchmark(), b.candidate() * POINTS));
        regressions.addAll(regressionsOf(record.gate()));
        markdown = MarkdownReport.comparison(record);
        mlflowRunId = null;
        mlflowUrl = null;
    }

    /** Name of the stage; of a gate, the stage that was judged. */
    @Whitelisted
    public String getName() {
        return name;
    }

    /** {@code accepted}, {@code unstable} or {@code rejected}. */
    @Whitelisted
    public String getStatus() {
        return status;
    }

    /** {@code PASS}, {@code REGRESSED}, {@code INCONCLUSIVE} or {@code ERROR}; {@code NONE} where there was nothing to compare with. */
    @Whitelisted
    public String getVerdict() {
        return verdict;
    }

    /** Folder of the finished model: on Jenkins an absolute path on the agent, under {@code ./cascade} relative to the workspace; null of a gate. */
    @Whitelisted
    public String getCheckpoint() {
        return checkpoint;
    }

    /** Mean score of every benchmark, in points from 0 to 100. */
    @Whitelisted
    public Map<String, Double> getScores() {
        return new TreeMap<>(scores);
    }

    /** Names of the benchmarks that regressed. */
    @Whitelisted
    public List<String> getRegressions() {
        return new ArrayList<>(regressions);
    }

    /** The outcome and the gate's table in Markdown, for a pull request. */
    @Whitelisted
    public String getMarkdown() {
        return markdown;
    }

    /** The run's id in MLflow; null where it is not known. */
    @Whitelisted
    public String getMlflowRunId() {
        return mlflowRunId;
    }

    /** Page of the run in MLflow; null where there is none. */
    @Whitelisted
    public String getMlflowUrl() {
        return mlflowUrl;
    }

    /** Name, status and verdict. */
    @Override
    @Whitelisted
    public String toString() {
        return name + ": " + status + " (" + verdict + ")";
    }

    private static String word(StageRecord.Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    private static String verdictOf(GateDecision decision) {
        return decision == null ? "NONE" : decision.verdict().name();
    }

    private static List<String> regressionsOf(GateDecision decision) {
        return decision == null
                ? List.of()
                : decision.benchmarks().stream()
                        .filter(b -> b.verdict() == GateVerdict.REGRESSED)
                        .map(BenchmarkDecision::benchmark)
                        .toList();
    }
}
