/**
 * Instruction following as IFEval and IFBench check it: IFEval's 25 instruction types and 56 of IFBench's 58, strict and loose,
 * with their own ids and arguments. What the originals fill in at random when an argument is missing is refused here, because a
 * reward must not be a coin toss.
 *
 * <p>Left out of IFBench are {@code words:start_verb}, which needs a trained tagger of parts of speech, and
 * {@code words:odd_even_syllables}, which needs a dictionary of pronunciations. Where sentences are counted or cut, the originals
 * use NLTK's trained list of abbreviations and ours may differ behind a rare one.
 */
package io.jenkins.plugins.cascade.verify.ifeval;
