package io.jenkins.plugins.cascade.model;

/**
 * One sampled continuation.
 *
 * @param request index of its {@link GenerationRequest} in the list given to {@link CausalLM#generate}
 * @param index which of the request's samples, from 0
 * @param tokens the new tokens, the stop token included if one was produced
 * @param logProbs log probability of each token under the model at temperature 1, without top-k and top-p, in nats
 * @param truncated whether it was cut off at the token limit rather than ended by a stop token
 */
public record Completion(int request, int index, int[] tokens, float[] logProbs, boolean truncated) {}
