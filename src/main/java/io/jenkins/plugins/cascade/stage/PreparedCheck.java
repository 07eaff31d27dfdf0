package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.recipe.BenchmarkSpec;
import io.jenkins.plugins.cascade.recipe.ContentKey;
import io.jenkins.plugins.cascade.recipe.DataFile;
import io.jenkins.plugins.cascade.recipe.StageSpec;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Whether a {@code prepared.json} is an answer to the order that was written. Only what the controller cannot know is taken from it: where
 * files are, their digests, the versions of verifiers.
 */
final class PreparedCheck {
    private static final int MOST_VERSIONS = 200;
    private static final int LONGEST_VERSION = 200;
    private static final Pattern DIRECTORY = Pattern.compile("stages/([0-9a-f]{12})-[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}");

    private final StageOrder order;
    private final StageRequest request;

    PreparedCheck(StageOrder order) {
        this.order = order;
        this.request = order.request();
    }

    /**
     * Checks an answer.
     *
     * @return the same
     * @throws StageException with one sentence when it answers something else
     */
    PreparedStage check(PreparedStage prepared) throws StageException {
        StageSpec spec = prepared.spec();
        require(prepared.schema() == PreparedStage.SCHEMA, "has the schema " + prepared.schema());
        if (spec == null || spec.schema() != StageSpec.SCHEMA) {
            throw refused("holds no specification of this version");
        }
        require(spec.model() != null && spec.settings() != null, "holds a specification without model or settings");
        checkAsked(spec);
        checkFiles(spec);
        String key = ContentKey.of(spec);
        require(key.equals(prepared.key()), "names a key that is not the one of its specification");
        checkPlace(prepared, key);
        return prepared;
    }

    private void checkAsked(StageSpec spec) throws StageException {
        boolean same = spec.kind() == request.kind()
                && spec.name().equals(request.name())
                && Objects.equals(spec.domain(), request.domain())
                && spec.settings().equals(request.settings())
                && spec.seed() == request.seed()
                && spec.threads() == request.threads()
                && request.device().equals(spec.device())
                && spec.leaseSeconds() == order.leaseSeconds();
        require(same, "holds a specification with other settings than the step's");
        boolean parentsModel = request.model() != null
                || order.parent() != null
                        && order.parent().checkpointDigest().equals(spec.model().digest());
        require(
                order.modelDigest() == null
                        || order.modelDigest().equals(spec.model().digest()),
                "starts from another model than the one that '" + request.model() + "' names");
        require(parentsModel, "starts from another model than the parent's checkpoint");
    }

    private void checkFiles(StageSpec spec) throws StageException {
        require(UntrustedFile.isDigest(spec.model().digest()), "holds a model without a digest");
        require(isPath(spec.model().path()), "names a model by what is no path");
        List<DataRequest> asked = request.data();
        boolean data = spec.data().size() == asked.size();
        for (int i = 0; data && i < asked.size(); i++) {
            DataFile file = spec.data().get(i);
            data = file.role() == asked.get(i).role() && UntrustedFile.isDigest(file.digest()) && isPath(file.path());
        }
        require(data, "holds other data files than the step's");
        require(benchmarks(spec.benchmarks()), "holds other benchmarks than the step's");
        Map<String, String> versions = spec.verifierVersions();
        boolean few = versions.size() <= MOST_VERSIONS
                && versions.entrySet().stream().allMatch(v -> isShort(v.getKey()) && isShort(v.getValue()));
        require(few, "holds versions of verifiers that cannot be");
    }

    private boolean benchmarks(List<BenchmarkSpec> found) {
        List<BenchmarkRequest> asked = request.benchmarks();
        if (asked == null) {
            asked = order.parent() == null
                    ? List.of()
                    : order.parent().benchmarks().stream()
                            .map(b -> new BenchmarkRequest(b.name(), b.path(), b.samples(), b.sampling()))
                            .toList();
        }
        boolean same = found.size() == asked.size();
        for (int i = 0; same && i < found.size(); i++) {
            BenchmarkSpec benchmark = found.get(i);
            BenchmarkRequest wanted = asked.get(i);
            same = benchmark.name().equals(wanted.name())
                    && benchmark.samples() == wanted.samples()
                    && wanted.sampling().equals(benchmark.sampling())
                    && UntrustedFile.isDigest(benchmark.digest())
                    && isPath(benchmark.path());
        }
        return same;
    }

    private static void checkPlace(PreparedStage prepared, String key) throws StageException {
        boolean absolute = PlainPath.isAbsolute(prepared.store());
        require(absolute, "names a store that is no absolute path");
        var directory = DIRECTORY.matcher(prepared.directory() == null ? "" : prepared.directory());
        boolean own = directory.matches() && key.startsWith(directory.group(1), key.indexOf(':') + 1);
        require(
                own,
                "names the directory '" + UntrustedFile.printable(prepared.directory())
                        + "', which is not one of that key");
    }

    private static boolean isPath(String path) {
        return PlainPath.isAbsolute(path);
    }

    private static boolean isShort(String text) {
        return text != null && text.length() <= LONGEST_VERSION && text.equals(UntrustedFile.printable(text));
    }

    private static void require(boolean holds, String otherwise) throws StageException {
        if (!holds) {
            throw refused(otherwise);
        }
    }

    private static StageException refused(String why) {
        return new StageException("The agent's answer to the order cannot be used: it " + why);
    }
}
