package io.jenkins.plugins.cascade.pages;

import hudson.model.Action;
import hudson.model.Item;
import hudson.model.Job;
import io.jenkins.plugins.cascade.report.BuildHistory;
import io.jenkins.plugins.cascade.report.BuildSummary;
import io.jenkins.plugins.cascade.report.Trend;
import io.jenkins.plugins.cascade.report.TrendReport;
import java.util.List;
import java.util.OptionalInt;

/**
 * The trend of a job's benchmarks over its builds: small on the job's page, and a page of its own with a table.
 *
 * <p>Whoever reaches an action of a job has {@code Item.READ} on it. Every method that gives something out asks again, so that this does
 * not hang on the way that led here.
 */
public final class CascadeJobAction implements Action {
    /** Builds that are shown. */
    static final int BUILDS = 50;

    static final BuildHistory HISTORY = new BuildHistory(BuildFolder.RECORD);
    private static final int SCHEMA = 1;

    private final Job<?, ?> job;

    /**
     * What {@code api/json} serves.
     *
     * @param schema version of this format
     * @param champion number of the champion's build; null where there is none
     * @param builds oldest first
     */
    private record Served(int schema, Integer champion, List<BuildSummary> builds) {}

    CascadeJobAction(Job<?, ?> job) {
        this.job = job;
    }

    @Override
    public String getIconFileName() {
        return "symbol-cascade plugin-cascade-rl";
    }

    @Override
    public String getDisplayName() {
        return "Cascade";
    }

    @Override
    public String getUrlName() {
        return "cascade";
    }

    /** The job, for the views; no getter, so that it is no address. */
    public Job<?, ?> job() {
        return job;
    }

    /**
     * The panels for the job's page; empty where no build has a score.
     *
     * @param base address of the job, ending in a slash
     */
    public String overview(String base) {
        return TrendReport.overview(trend(), number -> base + number + "/cascade/");
    }

    /** All panels and the table, for the page below the job. */
    public String report() {
        return TrendReport.body(trend(), number -> "../" + number + "/cascade/");
    }

    /** The trend as JSON. */
    public JsonApi getApi() {
        return new JsonApi(job, this::served);
    }

    private Served served() {
        Trend trend = trend();
        OptionalInt champion = trend.championNumber();
        return new Served(SCHEMA, champion.isPresent() ? champion.getAsInt() : null, trend.builds());
    }

    private Trend trend() {
        job.checkPermission(Item.READ);
        return HISTORY.read(job.getBuildDir().toPath(), BUILDS);
    }
}
