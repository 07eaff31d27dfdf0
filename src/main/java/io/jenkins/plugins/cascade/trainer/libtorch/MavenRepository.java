package io.jenkins.plugins.cascade.trainer.libtorch;

import io.jenkins.plugins.cascade.recipe.ExitCode;
import io.jenkins.plugins.cascade.recipe.StageFailure;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A Maven repository that is read over HTTP. What it sends is not trusted: the archive's digest is known. */
final class MavenRepository {
    private static final Duration CONNECT = Duration.ofSeconds(30);

    /** The archive has 70 to 110 MB. */
    private static final Duration WHOLE = Duration.ofMinutes(30);

    private final URI root;
    private final Duration patience;

    /**
     * @param root address, ending in {@code /}
     * @param patience how long a whole download may take
     */
    MavenRepository(URI root, Duration patience) {
        this.root = root;
        this.patience = patience;
    }

    /**
     * The repository at an address.
     *
     * @param address {@code http} or {@code https}, without user or password
     * @param variable where it was given
     * @throws StageFailure when it is no such address; the sentence does not show it, for it may hold a password
     */
    static MavenRepository at(String address, String variable) {
        try {
            URI uri = URI.create(address.endsWith("/") ? address : address + "/");
            boolean web = Set.of("http", "https")
                    .contains(String.valueOf(uri.getScheme()).toLowerCase());
            if (web && uri.getHost() != null && uri.getUserInfo() == null) {
                return new MavenRepository(uri, WHOLE);
            }
        } catch (IllegalArgumentException e) {
            throw noAddress(variable, e);
        }
        throw noAddress(variable, null);
    }

    private static StageFailure noAddress(String variable, Throwable cause) {
        return new StageFailure(
                ExitCode.BAD_INPUT,
                variable + " must be the address of a Maven repository, http:// or https:// without user and password.",
                cause);
    }

    /**
     * Downloads a file.
     *
     * @param path in the repository
     * @param file is written; part of it may be there after a failure
     * @throws StageFailure when the repository does not answer, has no such file or takes too long
     */
    void download(String path, Path file) throws IOException {
        URI address = root.resolve(path);
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        CompletableFuture<HttpResponse<Path>> answer =
                client.sendAsync(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofFile(file));
        try {
            int status = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS).statusCode();
            if (status != 200) {
                throw failed(address, "it answered with status " + status, null);
            }
        } catch (ExecutionException e) {
            throw failed(address, String.valueOf(e.getCause()), e);
        } catch (TimeoutException e) {
            throw failed(address, "it took longer than " + patience.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("the download was interrupted").initCause(e);
        } finally {
            answer.cancel(true);
        }
    }

    private static StageFailure failed(URI address, String reason, Throwable cause) {
        return new StageFailure(
                ExitCode.BAD_INPUT,
                "libtorch could not be downloaded from " + address + ": " + reason
                        + "; see that the address is right and can be reached from this machine.",
                cause);
    }

    @Override
    public String toString() {
        return root.toString();
    }
}
