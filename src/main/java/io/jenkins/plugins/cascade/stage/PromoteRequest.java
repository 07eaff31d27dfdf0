package io.jenkins.plugins.cascade.stage;

import java.io.Serializable;

/**
 * A checkpoint that is to become a version of a registered model.
 *
 * @param model name of the registered model
 * @param stage name of the stage that made it; null for the last accepted one
 * @param alias the name that shall point to the version
 * @param reason why, where no gate accepted it; null for none
 */
public record PromoteRequest(String model, String stage, String alias, String reason) implements Serializable {
    /** The alias that is moved when none is named. */
    public static final String CHAMPION = "champion";
}
