package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.recipe.BenchmarkSpec;
import io.jenkins.plugins.cascade.recipe.DataFile;
import io.jenkins.plugins.cascade.recipe.DataRole;
import io.jenkins.plugins.cascade.recipe.ModelSource;
import io.jenkins.plugins.cascade.recipe.StageSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Turns what a step asks for into what a trainer is told: paths found, files hashed, benchmarks inherited. */
final class SpecResolver {
    private static final Set<DataRole> VERIFIED = Set.of(DataRole.PROMPTS, DataRole.REPLAY);

    private final Path root;
    private final Path workingDirectory;
    private final Map<String, String> verifierVersions;
    private final int leaseSeconds;
    private final RegisteredModels models;
    private final FileDigests digests;

    /**
     * A resolver for stages of this machine.
     *
     * @param root the stage store
     * @param workingDirectory folder that the request's paths are relative to
     * @param models finds a model that is named by a reference to MLflow
     */
    SpecResolver(
            Path root,
            Path workingDirectory,
            Map<String, String> verifierVersions,
            int leaseSeconds,
            RegisteredModels models) {
        this.root = root;
        this.workingDirectory = workingDirectory;
        this.verifierVersions = verifierVersions;
        this.leaseSeconds = leaseSeconds;
        this.models = models;
        this.digests = new FileDigests(root);
    }

    /**
     * The specification.
     *
     * @param parent the stage that this one builds on, or null
     * @throws StageException with one sentence when a file is missing, unreadable or not what it should be
     */
    StageSpec resolve(StageRequest request, ParentStage parent) throws StageException {
        Set<String> types = new TreeSet<>();
        List<DataFile> data = new ArrayList<>();
        for (DataRequest file : request.data()) {
            if (file.role() == DataRole.REWARD_MODEL) {
                data.add(rewardModel(request, file));
                continue;
            }
            Path path = file(request, file.path(), "data file");
            if (VERIFIED.contains(file.role())) {
                types.addAll(VerifierTypes.in(path));
            }
            data.add(new DataFile(file.role(), path.toString(), digest(path)));
        }
        List<BenchmarkSpec> benchmarks = benchmarks(request, parent);
        for (BenchmarkSpec benchmark : benchmarks) {
            types.addAll(VerifierTypes.in(Path.of(benchmark.path())));
        }
        checkNames(request, benchmarks);
        return new StageSpec(
                StageSpec.SCHEMA,
                request.kind(),
                request.name(),
                request.domain(),
                model(request, parent),
                data,
                request.settings(),
                benchmarks,
                versions(types),
                request.seed(),
                request.threads(),
                request.device(),
                leaseSeconds);
    }

    private DataFile rewardModel(StageRequest request, DataRequest file) throws StageException {
        Path folder = folder(file.path(), "reward model of the stage '" + request.name() + "'");
        return new DataFile(file.role(), folder.toString(), folderDigest(folder));
    }

    private ModelSource model(StageRequest request, ParentStage parent) throws StageException {
        if (request.model() == null && parent == null) {
            throw new StageException("The stage '" + request.name()
                    + "' has nothing to start from: no earlier stage was accepted, so name a folder with model");
        }
        if (request.model() == null) {
            return new ModelSource(parent.model(root, request.name()).toString(), parent.checkpointDigest());
        }
        if (MlflowReference.is(request.model())) {
            Path fetched = models.folder(request.model());
            return new ModelSource(fetched.toString(), folderDigest(fetched));
        }
        Path folder = folder(request.model(), "model of the stage '" + request.name() + "'");
        return new ModelSource(folder.toString(), folderDigest(folder));
    }

    private Path folder(String path, String what) throws StageException {
        Path folder = workingDirectory.resolve(path).normalize();
        if (!Files.isDirectory(folder)) {
            throw new StageException("The " + what + " is not there: no folder " + folder);
        }
        return folder;
    }

    private String folderDigest(Path folder) throws StageException {
        try {
            return digests.ofFolder(folder);
        } catch (IOException e) {
            throw new StageException("The model " + folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    private List<BenchmarkSpec> benchmarks(StageRequest request, ParentStage parent) throws StageException {
        List<BenchmarkSpec> benchmarks = new ArrayList<>();
        if (request.benchmarks() != null) {
            for (BenchmarkRequest asked : request.benchmarks()) {
                Path file = file(request, asked.data(), what(asked.name()));
                benchmarks.add(new BenchmarkSpec(
                        asked.name(), file.toString(), digest(file), asked.samples(), asked.sampling()));
            }
        } else if (parent != null) {
            for (int i = 0; i < parent.benchmarks().size(); i++) {
                BenchmarkSpec before = parent.benchmarks().get(i);
                Path file = inherited(request, before, parent.files().get(i));
                benchmarks.add(new BenchmarkSpec(
                        before.name(), file.toString(), digest(file), before.samples(), before.sampling()));
            }
        }
        return benchmarks;
    }

    /** The very file that the parent was evaluated on, or where that is not here the one that its step named. */
    private Path inherited(StageRequest request, BenchmarkSpec before, String asked) throws StageException {
        Path same = workingDirectory.resolve(before.path());
        Path named = workingDirectory.resolve(asked).normalize();
        boolean there = Files.isRegularFile(same) && digest(same).equals(before.digest());
        return there || !Files.isRegularFile(named)
                ? file(request, before.path(), what(before.name()))
                : file(request, asked, what(before.name()));
    }

    private static String what(String benchmark) {
        return "file of the benchmark '" + benchmark + "'";
    }

    private static void checkNames(StageRequest request, List<BenchmarkSpec> benchmarks) throws StageException {
        Set<String> names = new TreeSet<>();
        for (BenchmarkSpec benchmark : benchmarks) {
            if (!names.add(benchmark.name())) {
                throw new StageException("The stage '" + request.name() + "' has two benchmarks named '"
                        + benchmark.name() + "'; name them differently");
            }
        }
    }

    private Map<String, String> versions(Set<String> types) throws StageException {
        Map<String, String> versions = new TreeMap<>();
        for (String type : types) {
            String version = verifierVersions.get(type);
            if (version == null) {
                throw new StageException("The data name a verifier of type '" + UntrustedFile.printable(type)
                        + "', which the trainer does not have; it has "
                        + String.join(", ", new TreeSet<>(verifierVersions.keySet())));
            }
            versions.put(type, version);
        }
        return versions;
    }

    private Path file(StageRequest request, String path, String what) throws StageException {
        Path file = workingDirectory.resolve(path).normalize();
        if (!Files.isRegularFile(file)) {
            throw new StageException(
                    "The " + what + " of the stage '" + request.name() + "' is not there: no file " + file);
        }
        if (!Files.isReadable(file)) {
            throw new StageException("The " + what + " of the stage '" + request.name() + "' may not be read: " + file);
        }
        return file;
    }

    private String digest(Path file) throws StageException {
        try {
            return digests.ofFile(file);
        } catch (IOException e) {
            throw new StageException(file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
