package io.jenkins.plugins.cascade.pages;

import hudson.model.Action;
import hudson.model.Item;
import hudson.model.Run;
import io.jenkins.plugins.cascade.report.HtmlReport;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.Objects;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.WebMethod;

/**
 * A build's cascade: a line a stage on the build's page, and a page of its own with charts, gates, curves and answers.
 *
 * <p>Whoever reaches an action of a build has {@code Item.READ} on its job, because Jenkins resolves the job only then. Every method that
 * gives something of the record out asks again, so that this does not hang on the way that led here.
 */
public final class CascadeBuildAction implements Action {
    private static final Bodies BODIES = new Bodies();

    private final Run<?, ?> run;
    private final BuildFolder folder;

    CascadeBuildAction(Run<?, ?> run) {
        this.run = run;
        this.folder = BuildFolder.of(run);
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

    /** The build, for the views; no getter, so that it is no address. */
    public Run<?, ?> build() {
        return run;
    }

    /** Whether the build runs and the page should follow it. */
    public boolean isLive() {
        return run.isBuilding();
    }

    /** A line for each stage. */
    public View summary() {
        run.checkPermission(Item.READ);
        return View.of(() -> HtmlReport.summary(folder.record()));
    }

    /** The report. */
    public View report() {
        run.checkPermission(Item.READ);
        return View.of(() -> BODIES.of(folder));
    }

    /** The report again, for a page that follows a running build; the header {@code Cascade-Live} says whether to ask once more. */
    public void doBody(StaplerResponse2 response) throws IOException {
        boolean live = isLive();
        View view = report();
        response.setHeader("Cascade-Live", Boolean.toString(live));
        if (view.getMarkup() == null) {
            response.setStatus(HttpURLConnection.HTTP_INTERNAL_ERROR);
        }
        Reply.fragment(response, Objects.requireNonNullElse(view.getMarkup(), ""));
    }

    /** The report as a file that needs nothing else. */
    @WebMethod(name = "report.html")
    public void doReport(StaplerResponse2 response) throws IOException {
        run.checkPermission(Item.READ);
        String page = HtmlReport.page(folder.record(), folder.path());
        Reply.download(response, "cascade-" + run.getNumber() + ".html", page);
    }

    /** The record as JSON. */
    public JsonApi getApi() {
        return new JsonApi(run, folder::record);
    }
}
