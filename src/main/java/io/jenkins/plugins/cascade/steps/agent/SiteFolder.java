package io.jenkins.plugins.cascade.steps.agent;

import io.jenkins.plugins.cascade.stage.StageSite.Piece;
import io.jenkins.plugins.cascade.stage.StageSite.Want;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A folder with {@code stages/} and {@code orders/} as the machine that holds it sees it. Links are not followed where a file is named.
 *
 * @param root the folder
 */
record SiteFolder(Path root) {

    /** The pieces that are there, in the order of the wants. */
    List<Piece> fetch(List<Want> wants) throws IOException {
        List<Piece> pieces = new ArrayList<>();
        for (Want want : wants) {
            pieces.add(piece(want));
        }
        return pieces;
    }

    /** Sets the file's time of change to now, or makes it; its folder must be there. */
    void touch(String path) throws IOException {
        Path file = resolve(path);
        try {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        } catch (NoSuchFileException missing) {
            if (Files.isDirectory(file.resolveSibling(""))) {
                Files.write(file, new byte[0], StandardOpenOption.CREATE);
            }
        }
    }

    /** Writes a file under a temporary name and renames it; folders are made. */
    void write(String path, byte[] bytes) throws IOException {
        Path file = resolve(path);
        Files.createDirectories(file.resolveSibling(""));
        Path part = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID());
        try {
            Files.write(part, bytes, StandardOpenOption.CREATE_NEW);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private Piece piece(Want want) throws IOException {
        Path file = resolve(want.path());
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException missing) {
            return absent(want);
        }
        if (!attributes.isRegularFile()) {
            return absent(want);
        }
        String identity = String.valueOf(attributes.fileKey());
        long offset = identity.equals(want.identity()) ? want.offset() : 0;
        if (offset > attributes.size()) {
            // The same file, cut shorter: what was read of it no longer holds.
            offset = 0;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            return new Piece(want.path(), identity, offset, attributes.size(), read(channel, offset, want.most()));
        } catch (NoSuchFileException gone) {
            return absent(want);
        }
    }

    private static byte[] read(FileChannel channel, long offset, int most) throws IOException {
        long there = Math.max(0, channel.size() - offset);
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(there, most));
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, offset + buffer.position()) < 0) {
                break;
            }
        }
        byte[] bytes = new byte[buffer.position()];
        buffer.flip().get(bytes);
        return bytes;
    }

    private static Piece absent(Want want) {
        return new Piece(want.path(), null, 0, 0, new byte[0]);
    }

    private Path resolve(String path) throws IOException {
        try {
            Path relative = Path.of(path);
            if (path.isEmpty()
                    || relative.isAbsolute()
                    || !relative.normalize().equals(relative)
                    || path.startsWith("..")) {
                throw new IOException("'" + path + "' is not a path inside " + root);
            }
            return root.resolve(relative);
        } catch (InvalidPathException e) {
            throw new IOException("'" + path + "' is not a path: " + e.getReason(), e);
        }
    }
}
