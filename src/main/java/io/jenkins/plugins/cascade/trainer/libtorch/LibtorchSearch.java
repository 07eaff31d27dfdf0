package io.jenkins.plugins.cascade.trainer.libtorch;

import io.jenkins.plugins.cascade.recipe.ExitCode;
import io.jenkins.plugins.cascade.recipe.StageFailure;
import java.io.File;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks for libtorch in one place after the other, for one user of one machine. */
final class LibtorchSearch {
    private static final String REPOSITORY = "CASCADE_MAVEN_REPOSITORY";
    private static final Pattern LOCAL_REPOSITORY = Pattern.compile("-Dmaven\\.repo\\.local=(\\S+)");

    private final LibtorchArchive archive;
    private final Map<String, String> environment;
    private final Path home;
    private final PrintStream log;

    /**
     * @param archive the archive for this machine
     * @param environment variables that name places
     * @param home the user's home directory
     * @param log is told when something takes long
     */
    LibtorchSearch(LibtorchArchive archive, Map<String, String> environment, Path home, PrintStream log) {
        this.archive = archive;
        this.environment = Map.copyOf(environment);
        this.home = home;
        this.log = log;
    }

    /**
     * The folder that holds {@code libtorch.so}.
     *
     * @throws StageFailure when there is none, with the command that brings it
     */
    Path find() {
        String given = NativeLibraries.value(environment, NativeLibraries.PATH);
        if (!given.isEmpty()) {
            return given(given);
        }
        LibtorchCache cache = new LibtorchCache(archive, cacheFolder(), log);
        return cache.find()
                .or(() -> local().map(cache::unpack))
                .or(() -> remote().map(cache::download))
                .orElseThrow(() -> notFound(cache));
    }

    private static Path given(String paths) {
        for (String path : paths.split(File.pathSeparator)) {
            Path place = path(path, NativeLibraries.PATH);
            if (Files.isRegularFile(place.resolve(NativeLibraries.LIBTORCH))) {
                return place.toAbsolutePath();
            }
            if (place.endsWith(NativeLibraries.LIBTORCH) && Files.isRegularFile(place)) {
                return place.toAbsolutePath().getParent();
            }
        }
        throw badInput(NativeLibraries.PATH + " is " + paths + ", but there is no " + NativeLibraries.LIBTORCH
                + " in it; name the folder of libtorch " + LibtorchArchive.VERSION + " that holds this file.");
    }

    /** As the Deep Java Library chooses it, but never a folder that other users of the machine can write. */
    private Path cacheFolder() {
        for (String name : List.of("ENGINE_CACHE_DIR", "DJL_CACHE_DIR")) {
            String value = NativeLibraries.value(environment, name);
            if (!value.isEmpty()) {
                return path(value, name).toAbsolutePath().resolve("pytorch");
            }
        }
        if (!Files.isWritable(home)) {
            throw badInput("The home directory " + home + " cannot be written, so there is no place for the native"
                    + " libraries; set DJL_CACHE_DIR to a folder with 500 MB of room that only this user can write.");
        }
        return home.resolve(".djl.ai").resolve("pytorch");
    }

    private Optional<Path> local() {
        return localRepositories().stream()
                .map(repository -> repository.resolve(archive.repositoryPath()))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /** Where Maven keeps what it downloaded: where its options say, else in the home directory. */
    private List<Path> localRepositories() {
        List<Path> repositories = new ArrayList<>();
        for (String name : List.of("MAVEN_ARGS", "MAVEN_OPTS")) {
            Matcher option = LOCAL_REPOSITORY.matcher(NativeLibraries.value(environment, name));
            if (option.find()) {
                repositories.add(path(option.group(1), name));
            }
        }
        repositories.add(home.resolve(".m2").resolve("repository"));
        return repositories;
    }

    private Optional<MavenRepository> remote() {
        String address = NativeLibraries.value(environment, REPOSITORY);
        return address.isEmpty() ? Optional.empty() : Optional.of(MavenRepository.at(address, REPOSITORY));
    }

    private StageFailure notFound(LibtorchCache cache) {
        String repositories = localRepositories().stream()
                .map(Path::toString)
                .reduce((first, second) -> first + " or " + second)
                .orElseThrow();
        return badInput("libtorch " + archive.version() + " was not found: " + NativeLibraries.PATH
                + " is not set, and it is neither in " + cache.folder() + " nor in the Maven repository " + repositories
                + "; run 'mvn dependency:get -Dtransitive=false -Dartifact=" + archive.coordinates()
                + "' on this machine as this user, or set " + REPOSITORY
                + " to the address of a Maven repository from which the trainer may download it.");
    }

    private static Path path(String text, String variable) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new StageFailure(ExitCode.BAD_INPUT, variable + " is no path: " + e.getMessage() + ".", e);
        }
    }

    private static StageFailure badInput(String sentence) {
        return new StageFailure(ExitCode.BAD_INPUT, sentence);
    }
}
