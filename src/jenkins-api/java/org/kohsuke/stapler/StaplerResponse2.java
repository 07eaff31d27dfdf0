package org.kohsuke.stapler;

import java.io.IOException;
import java.io.PrintWriter;

public interface StaplerResponse2 {
    void setContentType(String type);

    void setHeader(String name, String value);

    PrintWriter getWriter() throws IOException;

    void setStatus(int status);

    void sendRedirect2(String url) throws IOException;
}
