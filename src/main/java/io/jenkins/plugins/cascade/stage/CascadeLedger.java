package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.report.CascadeFile;
import io.jenkins.plugins.cascade.report.CascadeRecord;
import io.jenkins.plugins.cascade.report.HtmlReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The record of the running cascade, kept on disk: {@code cascade.json} and the report are written after each change. */
final class CascadeLedger {
    private final Path workspace;
    private final Path directory;
    private CascadeRecord cascade;

    CascadeLedger(CascadeRecord started, Path workspace, Path directory) {
        this.cascade = started;
        this.workspace = workspace;
        this.directory = directory;
    }

    synchronized CascadeRecord cascade() {
        return cascade;
    }

    /**
     * Changes the record and writes it.
     *
     * @return what a person should know when it could not be written; a training does not end because of that
     */
    synchronized Optional<String> update(UnaryOperator<CascadeRecord> change) {
        cascade = change.apply(cascade);
        try {
            CascadeFile.write(cascade, directory.resolve(CascadeFile.NAME));
            HtmlReport.write(cascade, workspace, directory.resolve(HtmlReport.NAME));
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(
                    "warning: the record of the build cannot be written to " + directory + ": " + e.getMessage());
        }
    }
}
