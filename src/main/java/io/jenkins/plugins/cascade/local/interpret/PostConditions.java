package io.jenkins.plugins.cascade.local.interpret;

import io.jenkins.plugins.cascade.local.build.BuildRecord;
import io.jenkins.plugins.cascade.local.build.BuildState;
import io.jenkins.plugins.cascade.local.build.Result;
import io.jenkins.plugins.cascade.local.build.StageScope;
import io.jenkins.plugins.cascade.local.build.StepContext;
import io.jenkins.plugins.cascade.local.cps.GroovyProgram;
import io.jenkins.plugins.cascade.local.syntax.Block;
import io.jenkins.plugins.cascade.local.syntax.Post;
import java.util.Map;
import java.util.Optional;

/** Runs {@code post}: every condition that holds, in Jenkins' order, whatever the ones before it did. */
final class PostConditions {
    private final GroovyProgram program;

    PostConditions(GroovyProgram program) {
        this.program = program;
    }

    /**
     * Runs the blocks whose conditions hold.
     *
     * @param failure what went wrong before, null if nothing did
     * @param scope the stage; empty for the post section of the pipeline
     * @return the failure, or the first failure of a block if there was none before, or null
     */
    Exception run(Post post, StepContext context, Exception failure, Optional<StageScope> scope) {
        Exception first = failure;
        for (Map.Entry<Post.Condition, Block> entry : post.blocks().entrySet()) {
            Exception thrown = runOne(entry.getKey(), entry.getValue(), context, first, scope);
            first = first == null ? thrown : first;
        }
        return first;
    }

    /**
     * While the block runs, {@code currentBuild.result} is the result that build and stage would have now. Whatever the block throws is
     * remembered, so that the conditions after it still run.
     */
    private Exception runOne(
            Post.Condition condition, Block block, StepContext context, Exception failure, Optional<StageScope> scope) {
        BuildState state = context.build().state();
        Result ofBuild = state.currentResult().combine(failure == null ? Result.SUCCESS : Outcomes.of(failure));
        Result logical =
                failure == null ? ofBuild.combine(scope.map(StageScope::warning).orElse(Result.SUCCESS)) : ofBuild;
        if (!holds(condition, logical, ofBuild, context.build().previous())) {
            return null;
        }
        Optional<Result> original = state.result();
        state.replaceResult(logical);
        try {
            program.run(block, context);
            return null;
        } catch (Exception e) {
            context.console().println("Error when executing " + condition.symbol() + " post condition:");
            context.console().println("ERROR: " + e.getMessage());
            return e;
        } finally {
            if (state.currentResult() == logical) {
                state.replaceResult(original.orElse(null));
            }
        }
    }

    private static boolean holds(
            Post.Condition condition, Result logical, Result ofBuild, Optional<BuildRecord> previous) {
        return switch (condition) {
            case ALWAYS, CLEANUP -> true;
            case CHANGED -> previous.map(build -> build.result() != ofBuild).orElse(true);
            case FIXED ->
                ofBuild == Result.SUCCESS
                        && previous.map(build -> build.result() == Result.FAILURE || build.result() == Result.UNSTABLE)
                                .orElse(false);
            case REGRESSION ->
                previous.map(build -> ofBuild.isWorseThan(build.result())).orElse(false);
            case ABORTED -> logical == Result.ABORTED;
            case SUCCESS -> logical == Result.SUCCESS;
            case UNSUCCESSFUL -> logical != Result.SUCCESS;
            case UNSTABLE -> logical == Result.UNSTABLE;
            case FAILURE -> logical == Result.FAILURE;
            case NOT_BUILT -> logical == Result.NOT_BUILT;
        };
    }
}
