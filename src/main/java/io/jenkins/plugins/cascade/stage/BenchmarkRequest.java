package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.recipe.SamplingSettings;
import java.io.Serializable;

/**
 * A benchmark as a step names it.
 *
 * @param name short name, unique in the stage
 * @param data path of its items, relative to the working directory
 * @param samples answers an item, at least 1
 * @param sampling how they are drawn
 */
public record BenchmarkRequest(String name, String data, int samples, SamplingSettings sampling)
        implements Serializable {}
