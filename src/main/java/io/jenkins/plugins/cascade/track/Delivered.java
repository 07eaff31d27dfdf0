package io.jenkins.plugins.cascade.track;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How far a journal has been delivered to a server, and which run there is which run here. Only a memory: when it is
 * lost, delivery begins at the first line again and changes nothing on the server.
 *
 * @param server address of the server
 * @param offset byte of the journal up to which everything is on the server
 * @param runs MLflow's runs by the journal's ids
 */
record Delivered(String server, long offset, Map<String, RemoteRun> runs) {
    private static final JsonMapper JSON = new JsonMapper();

    /**
     * A run on the server.
     *
     * @param gone whether it was deleted there, so that nothing is sent to it any more
     */
    record RemoteRun(String experimentId, String runId, boolean gone) {}

    Delivered {
        runs = Map.copyOf(runs);
    }

    /** What is remembered beside a journal about this server; nothing when that is absent or about another server. */
    static Delivered load(Path journal, String server) throws IOException {
        Delivered nothing = new Delivered(server, 0, Map.of());
        Path file = file(journal);
        if (Files.notExists(file)) {
            return nothing;
        }
        try {
            Delivered known = JSON.readValue(Files.readString(file), Delivered.class);
            boolean fits = server.equals(known.server) && known.offset <= Files.size(journal);
            return fits ? known : nothing;
        } catch (JsonProcessingException damaged) {
            return nothing;
        }
    }

    void save(Path journal) throws IOException {
        Path file = file(journal);
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        Files.writeString(temporary, JSON.writeValueAsString(this));
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Path file(Path journal) {
        return journal.resolveSibling(journal.getFileName() + ".delivered");
    }

    Delivered upTo(long newOffset) {
        return new Delivered(server, newOffset, runs);
    }

    Delivered with(String run, RemoteRun remote) {
        Map<String, RemoteRun> more = new HashMap<>(runs);
        more.put(run, remote);
        return new Delivered(server, offset, more);
    }

    Optional<RemoteRun> run(String run) {
        return Optional.ofNullable(runs.get(run));
    }
}
