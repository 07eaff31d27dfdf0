package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.recipe.DataRole;
import java.io.Serializable;

/**
 * A data file as a step names it.
 *
 * @param role what it is for
 * @param path where it is, relative to the working directory
 */
public record DataRequest(DataRole role, String path) implements Serializable {}
