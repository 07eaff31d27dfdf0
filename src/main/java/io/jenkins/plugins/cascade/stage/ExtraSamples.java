package io.jenkins.plugins.cascade.stage;

/**
 * An evaluation that a further look at a gate needs: the undecided benchmarks with more samples, of one of the two models.
 *
 * @param look number of the look that it is for
 * @param side whose model is evaluated: 0 for the stage's own, 1 for the first baseline, and so on
 * @param request the evaluation as a step would ask for it
 * @param model the model that is evaluated
 */
record ExtraSamples(int look, int side, StageRequest request, ParentStage model) {
    /** A word for folders and orders: {@code look2-candidate}, {@code look2-baseline}. */
    String label() {
        return "look" + look + "-" + (ofCandidate() ? "candidate" : "baseline" + (side == 1 ? "" : side));
    }

    /** Whether it evaluates the stage's own model. */
    boolean ofCandidate() {
        return side == 0;
    }
}
