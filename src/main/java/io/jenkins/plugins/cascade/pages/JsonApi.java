package io.jenkins.plugins.cascade.pages;

import hudson.model.Item;
import hudson.security.AccessControlled;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.Map;
import org.kohsuke.stapler.StaplerResponse2;

/** The remote API below a page: {@code api/json}. Reading it needs what reading the page needs. */
public final class JsonApi {
    private final AccessControlled guard;
    private final Source source;

    /** Makes what is served. */
    interface Source {
        /**
         * A value that Jackson writes.
         *
         * @throws IOException with one sentence for people when there is none
         */
        Object value() throws IOException;
    }

    JsonApi(AccessControlled guard, Source source) {
        this.guard = guard;
        this.source = source;
    }

    /** Leads to the only format. */
    public void doIndex(StaplerResponse2 response) throws IOException {
        guard.checkPermission(Item.READ);
        response.sendRedirect2("json");
    }

    /** The value as JSON; status 500 and {@code {"problem": "..."}} where there is none. */
    public void doJson(StaplerResponse2 response) throws IOException {
        guard.checkPermission(Item.READ);
        Object value;
        try {
            value = source.value();
        } catch (IOException e) {
            response.setStatus(HttpURLConnection.HTTP_INTERNAL_ERROR);
            value = Map.of("problem", View.sentence(e));
        }
        Reply.json(response, value);
    }
}
