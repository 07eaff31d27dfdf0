package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.gate.Baseline;
import io.jenkins.plugins.cascade.gate.ScoreFile;
import io.jenkins.plugins.cascade.recipe.CanonicalJson;
import io.jenkins.plugins.cascade.recipe.StageFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the scores of the baselines that a stage or a gate names. What is not a stage of this build is copied into the build's folder,
 * so that later looks, debts and a controller that was restarted have the very same scores.
 */
final class Baselines {
    /** Largest score file, in bytes. */
    static final long MOST_SCORES = 64L << 20;

    private static final String FOLDER = "baselines";
    private static final String ABOUT = "baseline.json";
    private static final int MOST_ABOUT = 1 << 16;

    private final CascadeOptions options;
    private final BaselineSource source;

    /** Which stages a reference may mean. */
    interface Stages {
        /** The stage that the judged one builds on; null for none. */
        AcceptedStage parent();

        /** The build's first accepted stage without a parent; null for none. */
        AcceptedStage anchor();

        /**
         * An accepted stage.
         *
         * @throws StageException when there is none of that name
         */
        AcceptedStage named(String name) throws StageException;
    }

    /**
     * What is known of the copy of an earlier build's scores.
     *
     * @param asked the reference as the step named it
     * @param found what that came to
     * @param digest of the scores, see {@link Baseline#digest}
     */
    record About(String asked, String found, String digest) {}

    Baselines(CascadeOptions options, BaselineSource source) {
        this.options = options;
        this.source = source;
    }

    /**
     * The baselines, a stage that is named twice only once.
     *
     * @param judged name of the stage or of the gate
     * @param attempt names the folder of the copies; an earlier build that was found before is not asked for again
     * @throws IOException when the machine of the files is away
     * @throws StageException with one sentence when one of them has no scores that can be read
     */
    List<ComparedBaseline> find(
            List<String> references, String judged, String attempt, Stages stages, BaselineFiles files)
            throws IOException, InterruptedException, StageException {
        List<ComparedBaseline> found = new ArrayList<>();
        for (int i = 0; i < references.size(); i++) {
            BaselineReference reference = BaselineReference.parse(references.get(i));
            Path copy =
                    options.buildDirectory().resolve(FOLDER).resolve(attempt).resolve(Integer.toString(i + 1));
            ComparedBaseline baseline = isStage(reference)
                    ? ComparedBaseline.of(stage(reference, judged, stages))
                    : kept(reference, judged, files, copy);
            boolean again = baseline.isStage()
                    && found.stream()
                            .anyMatch(other -> other.isStage() && other.name().equals(baseline.name()));
            if (!again) {
                found.add(baseline);
            }
        }
        return found;
    }

    private static boolean isStage(BaselineReference reference) {
        return switch (reference.kind()) {
            case PARENT, ANCHOR, STAGE -> true;
            case FILE, MLFLOW -> false;
        };
    }

    private static AcceptedStage stage(BaselineReference reference, String judged, Stages stages)
            throws StageException {
        AcceptedStage stage =
                switch (reference.kind()) {
                    case PARENT -> stages.parent();
                    case ANCHOR -> stages.anchor();
                    default -> stages.named(reference.value());
                };
        if (stage == null) {
            throw new StageException("'" + judged + "' is to be compared with its " + reference.text()
                    + ", but has none; leave that baseline out, or name a score file");
        }
        return stage;
    }

    private ComparedBaseline kept(BaselineReference reference, String judged, BaselineFiles files, Path copy)
            throws IOException, InterruptedException, StageException {
        Path scores = copy.resolve(StageFiles.SCORES);
        if (reference.kind() == BaselineReference.Kind.FILE) {
            createFolder(copy);
            files.copy(reference.value(), MOST_SCORES, scores);
            Baseline baseline = read(reference.value(), scores);
            return new ComparedBaseline(reference.value(), relative(copy), baseline.scores(), null);
        }
        Optional<About> known = Reopening.read(copy.resolve(ABOUT), MOST_ABOUT, About.class)
                .filter(about -> about.asked().equals(reference.value()));
        if (known.isEmpty()) {
            createFolder(copy);
            String found = fetch(reference, judged, scores);
            String digest = read(reference.value(), scores).digest();
            known = Optional.of(new About(reference.value(), found, digest));
            LocalOutput.write(copy.resolve(ABOUT), CanonicalJson.bytes(known.get()));
        }
        Baseline baseline = read(reference.value(), scores);
        if (!baseline.digest().equals(known.get().digest())) {
            throw Reopening.damaged(scores + " holds other scores than those that were compared with");
        }
        return new ComparedBaseline(known.get().found(), relative(copy), baseline.scores(), null);
    }

    private String fetch(BaselineReference reference, String judged, Path scores)
            throws InterruptedException, StageException {
        Baseline baseline =
                source.scores(new BaselineSource.Wanted(reference.value(), options.cascade(), options.build(), judged));
        if (baseline.scores().isEmpty()) {
            throw new StageException("The baseline '" + reference.value() + "' has no scores");
        }
        try {
            ScoreFile.write(scores, baseline.scores().values());
        } catch (IOException e) {
            throw LocalOutput.failed(scores.toString(), e);
        }
        return UntrustedFile.printable(baseline.reference());
    }

    /**
     * Reads a score file.
     *
     * @param name as the step named it
     * @throws StageException with one sentence when it is none
     */
    static Baseline read(String name, Path scores) throws StageException {
        try {
            return Baseline.file(scores);
        } catch (IOException e) {
            throw new StageException(
                    "The baseline '" + name + "' is no score file: " + UntrustedFile.printable(e.getMessage()), e);
        }
    }

    private static void createFolder(Path folder) throws StageException {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw LocalOutput.failed(folder.toString(), e);
        }
    }

    private String relative(Path copy) {
        return options.workspace().relativize(copy).toString().replace('\\', '/');
    }
}
