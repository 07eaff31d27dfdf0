package io.jenkins.plugins.cascade.local;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the steps of a Jenkinsfile run: in the root of the git checkout that holds it, as Jenkins runs them in a checkout, else in its
 * own folder.
 *
 * @param root the folder, absolute
 * @param jenkinsfile the path of the Jenkinsfile from there, with slashes
 * @param branch the branch that is checked out, if there is one
 */
record Checkout(Path root, String jenkinsfile, Optional<String> branch) {
    private static final String BRANCH_REFERENCE = "ref: refs/heads/";

    static Checkout of(Path jenkinsfile) throws IOException {
        Path file = jenkinsfile.toRealPath();
        Path folder = file.resolve("..").normalize();
        for (Path at = folder; at != null; at = at.getParent()) {
            Path git = at.resolve(".git");
            if (Files.exists(git)) {
                return new Checkout(at, pathFrom(at, file), branchOf(git));
            }
        }
        return new Checkout(folder, pathFrom(folder, file), Optional.empty());
    }

    /** Stands for the name of the job: the root's name, and the folder of the Jenkinsfile where that is another one. */
    String name() {
        Path name = root.getFileName();
        int slash = jenkinsfile.lastIndexOf('/');
        return (name == null ? "root" : name.toString()) + (slash < 0 ? "" : "/" + jenkinsfile.substring(0, slash));
    }

    /** The last part of the job's name. */
    String baseName() {
        return name().substring(name().lastIndexOf('/') + 1);
    }

    /** The commit that is checked out; empty where git is not installed or does not tell. */
    Optional<String> commit() throws InterruptedException {
        try {
            Process git = new ProcessBuilder("git", "-C", root.toString(), "rev-parse", "--verify", "HEAD")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String commit = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return git.waitFor() == 0 && !commit.isEmpty() ? Optional.of(commit) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String pathFrom(Path root, Path file) {
        return root.relativize(file).toString().replace(File.separatorChar, '/');
    }

    /** Reads {@code .git/HEAD}; in a linked worktree {@code .git} is a file that says where that is. */
    private static Optional<String> branchOf(Path git) throws IOException {
        Path folder = git;
        if (Files.isRegularFile(git)) {
            String pointer = Files.readString(git).strip();
            folder = git.resolveSibling(pointer.replaceFirst("^gitdir: *", "")).normalize();
        }
        Path head = folder.resolve("HEAD");
        if (!Files.isRegularFile(head)) {
            return Optional.empty();
        }
        String reference = Files.readString(head).strip();
        return reference.startsWith(BRANCH_REFERENCE)
                ? Optional.of(reference.substring(BRANCH_REFERENCE.length()))
                : Optional.empty();
    }
}
