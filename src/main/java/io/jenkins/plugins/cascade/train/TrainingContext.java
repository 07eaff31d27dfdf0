package io.jenkins.plugins.cascade.train;

import io.jenkins.plugins.cascade.model.ChatEncoder;
import io.jenkins.plugins.cascade.model.Compute;
import io.jenkins.plugins.cascade.model.Sampling;
import io.jenkins.plugins.cascade.model.Tokenizer;
import io.jenkins.plugins.cascade.recipe.SamplingSettings;
import io.jenkins.plugins.cascade.verify.Verifiers;
import java.util.function.Function;

/**
 * What a training needs beside its data and settings.
 *
 * @param tokenizer of the model
 * @param encoder with the model's chat template
 * @param rewardEncoder of the reward model: the policy's, or that of the folder that is given
 * @param verifiers judge rollouts
 * @param sampling adds stop tokens and batch size to the settings
 * @param compute where and in what precision models compute
 */
public record TrainingContext(
        Tokenizer tokenizer,
        ChatEncoder encoder,
        ChatEncoder rewardEncoder,
        Verifiers verifiers,
        Function<SamplingSettings, Sampling> sampling,
        Compute compute) {}
