package io.jenkins.plugins.cascade.model;

/**
 * What one {@link RewardModel#accumulate} saw.
 *
 * @param loss mean over the pairs of {@code -log sigmoid(r_chosen - r_rejected)}, times their share of the batch, in nats
 * @param accuracy share of the pairs whose chosen sequence scored higher, 0..1; a tie counts as wrong
 */
public record PairStats(double loss, double accuracy) {}
