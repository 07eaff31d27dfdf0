package io.jenkins.plugins.cascade.report;

/**
 * A checkpoint's score on one benchmark.
 *
 * @param mean mean over items of the per-item means, usually 0 to 1, higher is better; not a number where nothing could be scored
 * @param standardError standard error of the mean over items (arXiv 2411.00640, section 2.1), same unit; not a number below two items
 * @param items items that were scored, at least 0
 * @param samples answers an item, at least 0
 */
public record ScoreSummary(double mean, double standardError, int items, int samples) {
    public ScoreSummary {
        RecordCheck.notNegative("items", items);
        RecordCheck.notNegative("samples", samples);
    }
}
