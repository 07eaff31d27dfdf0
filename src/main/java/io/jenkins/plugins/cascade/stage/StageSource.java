package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.recipe.StageSpec;
import io.jenkins.plugins.cascade.recipe.StageStatus;
import io.jenkins.plugins.cascade.report.StageRecord;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a stage's result comes from. Training is repeated only when it must be: what was trained to the end under the same content key is
 * taken, whatever its gate said then, and judged again by the gates of now.
 *
 * @param directory the stage's directory
 * @param finished what an earlier build trained to the end; empty when there is something left to train
 * @param running whether a trainer works on it at this moment
 * @param why one sentence for the log and the record
 */
record StageSource(StageDirectory directory, Optional<FinishedTraining> finished, boolean running, String why) {

    /** Whether nothing is left to train. */
    boolean trained() {
        return finished.isPresent();
    }

    private static StageSource toTrain(StageDirectory directory, String why) {
        return new StageSource(directory, Optional.empty(), false, why);
    }

    /**
     * Looks for an earlier attempt.
     *
     * @param resume whether an unfinished attempt that cannot be continued is an error
     * @throws StageException when it is, or the store cannot be read
     */
    static StageSource choose(StageStore store, StageRequest request, StageSpec spec, String key, boolean resume)
            throws StageException {
        Optional<StageDirectory> same = store.find(key, request.name());
        if (same.isPresent()) {
            return existing(store, request, spec, key, same.get());
        }
        StageDirectory fresh = store.fresh(key, request.name());
        Optional<StageDirectory> nearest = store.nearest(request.name(), fresh.path());
        Optional<StageSpec> before = nearest.flatMap(StageDirectory::spec);
        if (nearest.isPresent() && before.isPresent()) {
            return different(request, spec, fresh, nearest.get(), before.get(), resume);
        }
        return toTrain(fresh, "not reused: there is no earlier stage of this name");
    }

    private static StageSource existing(
            StageStore store, StageRequest request, StageSpec spec, String key, StageDirectory directory)
            throws StageException {
        String name = String.valueOf(directory.path().getFileName());
        if (directory.locked()) {
            String why = "a trainer of this stage is still running in " + name + "; following it";
            return new StageSource(directory, Optional.empty(), true, why);
        }
        if (!directory.finished()) {
            return toTrain(directory, "resumed: " + name + " was left unfinished" + at(directory));
        }
        if (!request.reuse()) {
            return again(store, request, key, directory, "reuse is false");
        }
        try {
            FinishedTraining finished = FinishedTraining.read(directory, spec, store.digests()::ofFolder);
            String why = "reused: same content key as " + name + earlier(directory);
            return new StageSource(directory, Optional.of(finished), false, why);
        } catch (StageException damaged) {
            return again(
                    store, request, key, directory, "the earlier result cannot be used (" + damaged.getMessage() + ")");
        }
    }

    private static StageSource again(
            StageStore store, StageRequest request, String key, StageDirectory directory, String why)
            throws StageException {
        Path aside = store.putAside(directory);
        return toTrain(
                store.fresh(key, request.name()),
                "not reused: " + why + "; the earlier attempt is now in " + aside.getFileName());
    }

    private static StageSource different(
            StageRequest request,
            StageSpec spec,
            StageDirectory fresh,
            StageDirectory nearest,
            StageSpec before,
            boolean resume)
            throws StageException {
        boolean unfinished = !nearest.finished();
        String name = String.valueOf(nearest.path().getFileName());
        Optional<String> data = KeyDifference.changedData(before, spec);
        if (unfinished && data.isPresent()) {
            String changed = "the data file " + data.get() + " changed since " + name + " was left unfinished"
                    + at(nearest) + ", so its checkpoint does not fit any more";
            if (resume) {
                throw new StageException("The stage '" + request.name() + "' cannot be resumed: " + changed
                        + "; restore the file, or run without --resume to train it from its beginning");
            }
            return toTrain(fresh, "not resumed: " + changed);
        }
        return toTrain(fresh, "not reused: differs from " + name + ", " + KeyDifference.between(before, spec));
    }

    private static String at(StageDirectory directory) {
        return directory.status().map(StageSource::at).orElse("");
    }

    private static String at(StageStatus status) {
        if (status.step() == 0) {
            return " before its first step";
        }
        return " at " + UntrustedFile.printable(status.phase()) + " step " + status.step() + " of "
                + status.totalSteps();
    }

    private static String earlier(StageDirectory directory) {
        return directory.state().map(StageSource::earlier).orElse("");
    }

    private static String earlier(StageState state) {
        String verdict = state.status().name().toLowerCase(Locale.ROOT);
        String build =
                " in build " + (state.job() == null ? "" : UntrustedFile.printable(state.job()) + " #") + state.build();
        return state.status() == StageRecord.Status.ACCEPTED
                ? ", accepted" + build
                : ", " + verdict + build + " and judged again";
    }
}
