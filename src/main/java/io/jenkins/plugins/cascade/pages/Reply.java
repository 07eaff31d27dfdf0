package io.jenkins.plugins.cascade.pages;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.cascade.recipe.CanonicalJson;
import java.io.IOException;
import java.io.PrintWriter;
import org.kohsuke.stapler.StaplerResponse2;

/** Answers that are no Jenkins pages. A browser may neither guess their type nor run or load anything in them. */
final class Reply {
    private static final String UTF_8 = ";charset=UTF-8";

    private Reply() {}

    /** JSON; fields without a value are left out, numbers that JSON does not have are texts. */
    static void json(StaplerResponse2 response, Object value) throws IOException {
        send(response, "application/json", "default-src 'none'; sandbox", text(value));
    }

    /** A part of a page, as the page's script asks for it. */
    static void fragment(StaplerResponse2 response, String markup) throws IOException {
        send(response, "text/html", "default-src 'none'; sandbox", markup);
    }

    /** A page to be kept; opened in place it may use its own style and nothing else. */
    static void download(StaplerResponse2 response, String fileName, String page) throws IOException {
        response.setHeader("Content-Disposition", "attachment; filename=\"" + fileName + "\"");
        send(response, "text/html", "default-src 'none'; style-src 'unsafe-inline'; sandbox", page);
    }

    private static String text(Object value) {
        try {
            return CanonicalJson.MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A record cannot be written as JSON", e);
        }
    }

    private static void send(StaplerResponse2 response, String type, String policy, String content) throws IOException {
        response.setContentType(type + UTF_8);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Content-Security-Policy", policy);
        response.setHeader("Cache-Control", "no-store");
        PrintWriter writer = response.getWriter();
        writer.write(content);
        writer.flush();
    }
}
