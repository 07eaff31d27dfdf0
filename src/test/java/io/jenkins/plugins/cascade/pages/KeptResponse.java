package io.jenkins.plugins.cascade.pages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.Map;
import org.kohsuke.stapler.StaplerResponse2;

/** A response that keeps what was sent. */
final class KeptResponse implements StaplerResponse2 {
    final Map<String, String> headers = new HashMap<>();
    int status = 200;
    String type;
    String redirect;
    private final StringWriter content = new StringWriter();

    @Override
    public void setContentType(String newType) {
        type = newType;
    }

    @Override
    public void setHeader(String name, String value) {
        headers.put(name, value);
    }

    @Override
    public PrintWriter getWriter() {
        return new PrintWriter(content);
    }

    @Override
    public void setStatus(int newStatus) {
        status = newStatus;
    }

    @Override
    public void sendRedirect2(String url) {
        redirect = url;
    }

    String content() {
        return content.toString();
    }

    JsonNode json() throws IOException {
        return JsonMapper.builder().build().readTree(content());
    }
}
