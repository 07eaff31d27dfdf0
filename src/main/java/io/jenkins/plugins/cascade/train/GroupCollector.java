package io.jenkins.plugins.cascade.train;

import io.jenkins.plugins.cascade.model.Sampling;
import io.jenkins.plugins.cascade.recipe.ExitCode;
import io.jenkins.plugins.cascade.recipe.GrpoSettings;
import io.jenkins.plugins.cascade.recipe.PromptFilter;
import io.jenkins.plugins.cascade.recipe.StageFailure;
import io.jenkins.plugins.cascade.train.DrawnPrompt.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Draws the groups of a step and has them judged, while others are still being drawn. Under the filter by batch, groups whose rewards do not
 * differ are replaced until none is left or the refills are used up (DAPO, arXiv 2503.14476).
 */
final class GroupCollector {
    private final GrpoSettings settings;
    private final PromptSchedule schedule;
    private final RolloutSampler sampler;
    private final RewardSource judge;
    private final LanguagePenalty penalty;

    GroupCollector(GrpoSettings settings, PromptSchedule schedule, RolloutSampler sampler, RewardSource judge) {
        this.settings = settings;
        this.schedule = schedule;
        this.sampler = sampler;
        this.judge = judge;
        this.penalty = new LanguagePenalty(settings.language());
    }

    /**
     * What a step drew.
     *
     * @param trained the groups that it trains on
     * @param dropped the groups that the filter dropped
     * @param refills how often dropped groups were replaced
     * @param rolloutSeconds time of drawing
     * @param rewardSeconds time of waiting for rewards after that
     */
    record Collected(
            List<JudgedGroup> trained,
            List<JudgedGroup> dropped,
            int refills,
            double rolloutSeconds,
            double rewardSeconds) {
        Collected {
            trained = List.copyOf(trained);
            dropped = List.copyOf(dropped);
        }

        List<JudgedGroup> all() {
            return Stream.concat(trained.stream(), dropped.stream()).toList();
        }
    }

    /**
     * The groups of one step; a function of weights, seed, step and the schedule's state alone.
     *
     * @param sampling of this step
     * @param withoutTruncated whether truncated rollouts take no part in the update
     * @throws StageFailure when more rewards are missing than the error budget allows
     */
    Collected collect(int step, Sampling sampling, boolean withoutTruncated) {
        boolean filtered = settings.filter().kind() == PromptFilter.BATCH;
        List<JudgedGroup> trained = new ArrayList<>();
        List<JudgedGroup> dropped = new ArrayList<>();
        double[] seconds = new double[2];
        List<Slot> open = schedule.slots();
        int refills = 0;
        while (true) {
            List<Slot> again = new ArrayList<>();
            for (JudgedGroup group :
                    judged(schedule.draw(open), step, trained.size() + dropped.size(), sampling, seconds)) {
                boolean teaches = GroupAdvantage.std(group.kept(withoutTruncated)) > 0;
                if (teaches || !filtered) {
                    trained.add(group);
                } else {
                    dropped.add(group);
                    again.add(group.drawn().slot());
                }
            }
            requireBudget(step, trained, dropped);
            if (again.isEmpty() || refills == settings.filter().maxRefills()) {
                return new Collected(trained, dropped, refills, seconds[0], seconds[1]);
            }
            open = again;
            refills++;
        }
    }

    private List<JudgedGroup> judged(
            List<DrawnPrompt> prompts, int step, int before, Sampling sampling, double[] seconds) {
        long start = System.nanoTime();
        List<PromptTask> tasks = prompts.stream().map(DrawnPrompt::task).toList();
        List<Rollout> rollouts = sampler.sample(tasks, settings.groupSize(), step, before, sampling, judge::announce);
        long sampled = System.nanoTime();
        List<Reward> rewards = penalty.apply(rollouts, judge.judge(rollouts));
        seconds[0] += (sampled - start) / 1e9;
        seconds[1] += (System.nanoTime() - sampled) / 1e9;
        List<JudgedGroup> groups = new ArrayList<>();
        for (int i = 0; i < prompts.size(); i++) {
            int from = i * settings.groupSize();
            int to = from + settings.groupSize();
            JudgedGroup group = new JudgedGroup(prompts.get(i), rollouts.subList(from, to), rewards.subList(from, to));
            schedule.visited(group.drawn(), group.values());
            groups.add(group);
        }
        return groups;
    }

    private void requireBudget(int step, List<JudgedGroup> trained, List<JudgedGroup> dropped) {
        List<Reward> rewards = Stream.concat(trained.stream(), dropped.stream())
                .flatMap(group -> group.rewards().stream())
                .toList();
        List<String> problems =
                rewards.stream().map(Reward::problem).filter(Objects::nonNull).toList();
        if (problems.size() > settings.errorBudget() * rewards.size()) {
            throw new StageFailure(
                    ExitCode.REWARDS_FAILED,
                    problems.size() + " of " + rewards.size() + " rewards of policy step " + step
                            + " are missing because the judge failed, more than the error budget of "
                            + settings.errorBudget() + " allows; the first: " + problems.get(0));
        }
    }
}
