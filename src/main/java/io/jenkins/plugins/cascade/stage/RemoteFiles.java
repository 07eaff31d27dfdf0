package io.jenkins.plugins.cascade.stage;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Reads whole files of a site, a bounded piece at a time, and trusts nothing of them: neither that they are as large as they say, nor that
 * they stay the same.
 */
final class RemoteFiles {
    /** Bytes of a piece, at most. */
    static final int PIECE = 1 << 18;

    private static final int MOST_TRIES = 5;

    private final StageSite site;

    RemoteFiles(StageSite site) {
        this.site = site;
    }

    /**
     * A file's content; empty when there is no such file.
     *
     * @param most largest size in bytes
     * @throws IOException when the site is away
     * @throws StageException when the file is larger, or does not stay the same while it is read
     */
    Optional<byte[]> read(String path, int most) throws IOException, InterruptedException, StageException {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            Outcome outcome = once(path, most, content);
            if (outcome != Outcome.CHANGED) {
                return outcome == Outcome.WHOLE ? Optional.of(content.toByteArray()) : Optional.empty();
            }
        }
        throw changing(path);
    }

    /**
     * Copies a file, which then takes the place of an older copy at once.
     *
     * @return false when there is no such file
     * @throws IOException when the site is away
     * @throws StageException when the file is larger than {@code most} bytes, does not stay the same, or the copy cannot be written
     */
    boolean copy(String path, long most, Path target) throws IOException, InterruptedException, StageException {
        Path temporary = RenamedFile.temporary(target);
        try {
            for (int tries = 0; tries < MOST_TRIES; tries++) {
                Outcome outcome;
                try (OutputStream out = LocalOutput.to(temporary)) {
                    outcome = once(path, most, out);
                }
                if (outcome == Outcome.WHOLE) {
                    LocalOutput.rename(temporary, target);
                }
                if (outcome != Outcome.CHANGED) {
                    return outcome == Outcome.WHOLE;
                }
            }
        } finally {
            Files.deleteIfExists(temporary);
        }
        throw changing(path);
    }

    /**
     * The beginning of a file.
     *
     * @param bytes its first bytes
     * @param whole whether there are no others
     */
    record Head(byte[] bytes, boolean whole) {}

    /**
     * The beginning of a file; empty when there is no such file.
     *
     * @param most bytes wanted, at most
     */
    Optional<Head> head(String path, int most) throws IOException, InterruptedException, StageException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        StageSite.Piece piece = piece(new StageSite.Want(path, null, 0, Math.min(PIECE, most)));
        if (piece.identity() == null) {
            return Optional.empty();
        }
        String identity = piece.identity();
        boolean more = true;
        while (more) {
            content.writeBytes(piece.bytes());
            int wanted = Math.min(PIECE, most - content.size());
            more = piece.bytes().length > 0 && wanted > 0 && content.size() < piece.size();
            if (more) {
                piece = piece(new StageSite.Want(path, identity, content.size(), wanted));
                if (!identity.equals(piece.identity())) {
                    throw changing(path);
                }
            }
        }
        return Optional.of(new Head(content.toByteArray(), content.size() >= piece.size()));
    }

    private enum Outcome {
        WHOLE,
        MISSING,
        CHANGED
    }

    private Outcome once(String path, long most, OutputStream out)
            throws IOException, InterruptedException, StageException {
        StageSite.Piece piece = piece(new StageSite.Want(path, null, 0, PIECE));
        if (piece.identity() == null) {
            return Outcome.MISSING;
        }
        String identity = piece.identity();
        long size = piece.size();
        if (size > most) {
            throw new StageException(path + " on the agent is larger than " + most + " bytes and is not read");
        }
        long offset = 0;
        while (true) {
            LocalOutput.write(out, piece.bytes());
            offset += piece.bytes().length;
            if (offset == size) {
                return Outcome.WHOLE;
            }
            if (piece.bytes().length == 0) {
                return Outcome.CHANGED;
            }
            int wanted = (int) Math.min(PIECE, size - offset);
            piece = piece(new StageSite.Want(path, identity, offset, wanted));
            if (!identity.equals(piece.identity()) || piece.size() != size) {
                return Outcome.CHANGED;
            }
        }
    }

    private StageSite.Piece piece(StageSite.Want want) throws IOException, InterruptedException, StageException {
        return checked(want, site.fetch(List.of(want), null));
    }

    private static StageSite.Piece checked(StageSite.Want want, List<StageSite.Piece> pieces) throws StageException {
        if (pieces.size() != 1) {
            throw new StageException("The agent answered with " + pieces.size() + " pieces where one was asked for");
        }
        return checked(want, pieces.get(0));
    }

    /**
     * Checks that a piece answers a want.
     *
     * @throws StageException when it does not
     */
    static StageSite.Piece checked(StageSite.Want want, StageSite.Piece piece) throws StageException {
        boolean missing = piece.identity() == null && piece.bytes().length == 0;
        boolean sameFile = want.identity() == null || want.identity().equals(piece.identity());
        // Whoever asked knows that a file which became shorter cannot be gone on with, and uses none of the bytes.
        boolean shorter = sameFile && piece.size() < want.offset();
        boolean begins = piece.offset() == (sameFile ? want.offset() : 0);
        boolean fits = piece.bytes().length <= want.most() && piece.size() >= 0;
        if (!missing && !(fits && (begins || shorter))) {
            throw new StageException("The agent answered with bytes of " + want.path() + " that were not asked for");
        }
        return piece;
    }

    private static StageException changing(String path) {
        return new StageException(path + " on the agent does not stay the same while it is read");
    }
}
