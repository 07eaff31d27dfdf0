package io.jenkins.plugins.cascade.train;

import io.jenkins.plugins.cascade.model.CausalLM;
import io.jenkins.plugins.cascade.model.Completion;
import io.jenkins.plugins.cascade.model.GenerationRequest;
import io.jenkins.plugins.cascade.model.Sampling;
import io.jenkins.plugins.cascade.model.Tokenizer;
import io.jenkins.plugins.cascade.recipe.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Draws groups of answers from the policy; every prompt of every step has a random stream of its own. */
final class RolloutSampler {
    private final CausalLM policy;
    private final Tokenizer tokenizer;
    private final long seed;

    RolloutSampler(CausalLM policy, Tokenizer tokenizer, long seed) {
        this.policy = policy;
        this.tokenizer = tokenizer;
        this.seed = seed;
    }

    /**
     * {@code groupSize} rollouts of each prompt, a group after the other; a function of weights, prompts, seed, step and {@code before}
     * alone.
     *
     * @param before prompts of this step that were drawn earlier
     * @param finished told of every rollout as soon as it is finished
     */
    List<Rollout> sample(
            List<PromptTask> prompts,
            int groupSize,
            int step,
            int before,
            Sampling sampling,
            Consumer<Rollout> finished) {
        List<GenerationRequest> requests = new ArrayList<>();
        for (int i = 0; i < prompts.size(); i++) {
            long stream = Seeds.of(seed, "rollout", step, before + i);
            requests.add(new GenerationRequest(prompts.get(i).tokens(), groupSize, stream));
        }
        Rollout[] rollouts = new Rollout[prompts.size() * groupSize];
        policy.generate(requests, sampling, completion -> {
            Rollout rollout = rollout(prompts.get(completion.request()), completion);
            rollouts[completion.request() * groupSize + completion.index()] = rollout;
            finished.accept(rollout);
        });
        return Arrays.asList(rollouts);
    }

    private Rollout rollout(PromptTask task, Completion completion) {
        int[] tokens = completion.tokens();
        int spoken = completion.truncated() ? tokens.length : tokens.length - 1;
        String text = tokenizer.decode(Arrays.copyOf(tokens, spoken));
        return new Rollout(task, tokens, text, completion.truncated());
    }
}
