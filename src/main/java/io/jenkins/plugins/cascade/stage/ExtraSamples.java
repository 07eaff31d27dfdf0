package io.jenkins.plugins.cascade.stage;

/**
 * An evaluation that a further look at a gate needs: the undecided benchmarks with more samples, of one of the two models.
 *
 * @param look number of the look that it is for
 * @param ofCandidate whether it evaluates the stage's own model; otherwise the parent's
 * @param request the evaluation as a step would ask for it
 * @param model the model that is evaluated
 */
record ExtraSamples(int look, boolean ofCandidate, StageRequest request, ParentStage model) {
    /** A word for folders and orders: {@code look2-candidate}. */
    String label() {
        return "look" + look + "-" + (ofCandidate ? "candidate" : "baseline");
    }
}
