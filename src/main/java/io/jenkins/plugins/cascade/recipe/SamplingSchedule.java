package io.jenkins.plugins.cascade.recipe;

import java.io.Serializable;

/**
 * Temperature and nucleus of the rollouts at the last step; between the first step and the last they go in a straight line (the paper lowers
 * the temperature of code from 1 to 0.8, table 19).
 *
 * @param finalTemperature above 0; null for the same throughout
 * @param finalTopP above 0 up to 1; null for the same throughout
 */
public record SamplingSchedule(Double finalTemperature, Double finalTopP) implements Serializable {
    /** The same throughout. */
    public static final SamplingSchedule CONSTANT = new SamplingSchedule(null, null);

    public SamplingSchedule {
        if (finalTemperature != null) {
            Check.positive("finalTemperature", finalTemperature);
        }
        if (finalTopP != null) {
            Check.positive("finalTopP", finalTopP);
            Check.fraction("finalTopP", finalTopP);
        }
    }
}
