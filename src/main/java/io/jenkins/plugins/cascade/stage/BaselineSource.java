package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.gate.Baseline;

/**
 * Where the scores come from that a gate measures against, when they are neither a stage of this build nor a file: the runs that MLflow
 * keeps of earlier builds. A session asks before a stage is trained, keeps a copy of what it was given in the stage's directory, and never
 * asks again for the same attempt of a stage, so that an alias which moves meanwhile changes nothing.
 */
public interface BaselineSource {
    /** There are no earlier builds to ask: every reference is refused. */
    BaselineSource NONE = wanted -> {
        throw new StageException("The baseline '" + UntrustedFile.printable(wanted.reference())
                + "' cannot be read: this build logs to no MLflow server; give one, or name a score file");
    };

    /**
     * Which scores are wanted.
     *
     * @param reference what the step named: {@code mlflow:<run id>}, {@code mlflow:<model>@<alias>} or {@code mlflow:last-accepted}
     * @param cascade name of the job or of the Jenkinsfile whose earlier builds are meant
     * @param build number of this build, which is not an earlier one
     * @param judged name of the stage or of the gate that is judged by them, for messages
     */
    record Wanted(String reference, String cascade, int build, String judged) {}

    /**
     * Brings the scores. Fails closed: a baseline without scores is none, and nothing is guessed in the place of what was named.
     *
     * @return the scores by benchmark with their fingerprints, as the trainer wrote them, and as the reference what was found in the end,
     *     for example {@code mlflow:3f2a... (model math, version 7)}; one line of printable text
     * @throws StageException with one sentence, which names the reference, when it names nothing, cannot be reached, may not be read, or
     *     holds no valid scores
     */
    Baseline scores(Wanted wanted) throws StageException, InterruptedException;
}
