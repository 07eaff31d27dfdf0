package io.jenkins.plugins.cascade.recipe;

import java.io.Serializable;

/**
 * Dynamic filtering of prompts (paper, sections 4.4.2 and 4.5.2).
 *
 * @param kind which prompts are passed over (the paper: by batch for instructions, by epoch for mathematics, none otherwise)
 * @param maxRefills by batch: how often dropped groups are replaced in one step, at least 1; a step then trains on the groups it has
 * @param readmitUnsolved by epoch: probability that a prompt nobody solved is asked again, 0 to 1 (the paper: 0.1)
 * @param readmitSolved by epoch: probability that a prompt everybody solved is asked again, 0 to 1 (the paper: 0.01)
 */
public record FilterSettings(PromptFilter kind, int maxRefills, double readmitUnsolved, double readmitSolved)
        implements Serializable {
    /** No filtering. */
    public static final FilterSettings NONE = new FilterSettings(PromptFilter.NONE, 10, 0.1, 0.01);

    public FilterSettings {
        Check.atLeast("maxRefills", maxRefills, 1);
        Check.fraction("readmitUnsolved", readmitUnsolved);
        Check.fraction("readmitSolved", readmitSolved);
    }
}
