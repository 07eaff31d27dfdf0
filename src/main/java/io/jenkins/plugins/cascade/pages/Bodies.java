package io.jenkins.plugins.cascade.pages;

import io.jenkins.plugins.cascade.report.HtmlReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The reports that were looked at last, so that several readers of a running build do not make Jenkins read its curves again and again.
 * May be used by several threads.
 */
final class Bodies {
    private static final int MOST = 8;
    private static final int LONGEST = 1 << 20;

    private final Map<Path, Body> kept = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, Body> eldest) {
            return size() > MOST;
        }
    });

    private record Body(String fingerprint, String markup) {}

    /**
     * The report of a build, without head and title.
     *
     * @throws IOException with one sentence for people when the record cannot be read
     */
    String of(BuildFolder folder) throws IOException {
        String fingerprint = folder.fingerprint();
        Body known = kept.get(folder.path());
        if (known != null && known.fingerprint().equals(fingerprint)) {
            return known.markup();
        }
        String markup = HtmlReport.body(folder.record(), folder.path());
        if (markup.length() <= LONGEST) {
            kept.put(folder.path(), new Body(fingerprint, markup));
        }
        return markup;
    }
}
