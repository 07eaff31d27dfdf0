package io.jenkins.plugins.cascade.stage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A site whose machine is this one. */
class FolderSite implements StageSite {
    private final Path root;

    FolderSite(Path root) {
        this.root = root;
    }

    @Override
    public List<Piece> fetch(List<Want> wants, String touch) throws IOException, InterruptedException {
        if (touch != null) {
            touch(root.resolve(touch));
        }
        List<Piece> pieces = new ArrayList<>();
        for (Want want : wants) {
            pieces.add(piece(want));
        }
        return pieces;
    }

    private static void touch(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        if (!Files.exists(file)) {
            Files.createFile(file);
        }
        Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis()));
    }

    private Piece piece(Want want) throws IOException {
        Path file = root.resolve(want.path());
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return new Piece(want.path(), null, 0, 0, new byte[0]);
        }
        try (SeekableByteChannel channel =
                Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
            String identity = String.valueOf(key);
            long offset = want.identity() == null || want.identity().equals(identity) ? want.offset() : 0;
            long size = channel.size();
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.max(0, Math.min(want.most(), size - offset)));
            channel.position(offset);
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // A read may return fewer bytes than there are.
            }
            byte[] read = java.util.Arrays.copyOf(bytes.array(), bytes.position());
            return new Piece(want.path(), identity, offset, size, read);
        }
    }

    @Override
    public void write(String path, byte[] bytes) throws IOException, InterruptedException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        RenamedFile.write(file, bytes);
    }
}
