/**
 * Is the new checkpoint worse than the old one? Paired estimates with error bars on per-item benchmark scores, verdicts, and
 * declared trade-offs that expire. The package knows scores and policies only: nothing of stages, reports or Jenkins.
 *
 * <h2>The gate in one page</h2>
 *
 * <p><b>What goes in.</b> For both models the score of every item of every benchmark, K samples an item, each in [0, 1]
 * ({@link io.jenkins.plugins.cascade.gate.ScoreFile}); and a policy that was fixed before the scores were seen
 * ({@link io.jenkins.plugins.cascade.gate.GatePolicy}): for each benchmark a margin, the loss that would not matter, and whether it
 * is protected, watched or a target that must gain.
 *
 * <p><b>First, can the two be compared?</b> The same items, the same fingerprint (data, prompts, sampling, judge, verifier, engine),
 * at least 99 % of the items fully scored on both sides once infrastructure errors are set aside, every score a number in [0, 1].
 * Whatever does not hold is ERROR. Nothing that is missing or changed is ever a PASS, not on a watched benchmark either.
 *
 * <p><b>Then, how far apart are they?</b> Both models answered the same items, so the difference is taken item by item and most of
 * the noise (items are hard or easy for both) cancels. Items that share a passage or a repository are one piece of evidence and are
 * given one cluster. The two bounds are one-sided: each is wrong with probability alpha, 5 % unless the policy says otherwise.
 *
 * <p><b>Three zones.</b> A protected benchmark is PASS when its lower bound excludes a loss beyond the margin, REGRESSED when its
 * upper bound shows one, and INCONCLUSIVE in between. A point estimate decides nothing: a fall of 2 points on 30 items may be luck,
 * and no fall on 30 items may be luck too. A target is PASS when its lower bound exceeds the required gain. The whole comparison
 * passes when every deciding benchmark does; that needs no correction for their number, because every one of them must pass.
 *
 * <p><b>What the gate can see.</b> Every decision carries its resolution, the standard error over the margin. At 0.4 an unchanged
 * model passes with 80 %, at 0.25 with 99 %: aim there. Above 0.4 an undecided benchmark is refused: the verdict stays INCONCLUSIVE,
 * {@code refused} is true, and the sentence says how many samples, what margin or how many items would do. A regression that is
 * shown on such a benchmark is REGRESSED, and a PASS that is shown is a PASS, since the bounds hold at any resolution. A margin below
 * 2.5 standard errors of the baseline against itself ({@link io.jenkins.plugins.cascade.gate.SelfCalibration}) is ERROR unless a
 * regression is shown: that much was known before.
 *
 * <p><b>Never test again until it passes.</b> Up to three looks may be planned, each with twice the samples on both sides, and alpha
 * is divided among them. A checkpoint chosen among several on the same items divides it further.
 *
 * <p><b>Warnings.</b> A drop may be real though within the margin: a one-sided test per benchmark (exact McNemar for one right or
 * wrong answer an item, sign flips otherwise), corrected by Holm over all benchmarks, and a pooled estimate for a small drop
 * everywhere. Warnings never decide.
 *
 * <p><b>Trade-offs.</b> {@link io.jenkins.plugins.cascade.gate.Tolerance} allows one stage to lose more, until a named later stage.
 * When it is used it opens a {@link io.jenkins.plugins.cascade.gate.Debt}: the baseline of that moment is frozen, the named stage
 * must be shown to be no worse than it, and until then nothing may be released. A debt is not rolled over by a second tolerance.
 *
 * <h2>Which bounds, and what they assume</h2>
 *
 * <p>t bounds over items or clusters wherever they keep their level; Tango's score bounds for one right or wrong answer an item when
 * there are fewer than 200 items, fewer than 25 that differ, or nearly all of these in one direction; and a bound for the mean of a
 * bounded variable when averages are few, sparse, all equal or strongly skewed. In simulation a loss of exactly the margin passes
 * with at most 6 %.
 *
 * <p>No bound sees a loss that the items do not show: if one item in twenty is lost whole, 30 items contain none of them one time in
 * five. Where the differences that are seen vanish or are very small (t bounds an eighth as wide as such a loss, or less) the bounds
 * of a bounded mean allow for it, so nothing passes before there are log(alpha) / log(1 - margin) items: 59 for 5 points, 149 for 2.
 * Where they are larger the t bounds are taken, on the assumption that a change reaches more than a few items, and a pass on fewer
 * items than that says what it did not see.
 */
package io.jenkins.plugins.cascade.gate;
