package io.jenkins.plugins.cascade.track;

/** Deletes a run as a person does on MLflow's pages. */
final class DeletedRuns {
    private DeletedRuns() {}

    static void delete(String address, String runId) throws TrackingException {
        new MlflowHttp(MlflowAddress.parse(address), MlflowCredentials.none(), HttpLimits.patient())
                .postIdempotent("runs/delete", "{\"run_id\":\"" + runId + "\"}");
    }
}
