package io.jenkins.plugins.cascade.stage;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;

/**
 * The machine where a stage runs, as its follower on another machine sees it: a folder that holds {@code stages/} and {@code orders/}.
 * On Jenkins it is reached over Remoting, in the benchmark over plain files. Every method is one round trip, may take long and throws
 * when the machine is away. All paths are relative to the folder, separated by {@code /}, without {@code ..}.
 */
public interface StageSite {
    /**
     * A piece of a file that is wanted.
     *
     * @param path the file
     * @param identity what {@link Piece#identity} said last time; null for never seen. When the file is another one now, the piece begins
     *     at 0
     * @param offset first byte wanted
     * @param most bytes wanted at most, at least 0
     */
    record Want(String path, String identity, long offset, int most) implements Serializable {}

    /**
     * What came of it.
     *
     * @param path the file
     * @param identity tells this file from another of the same name; null when there is no regular file of that name (links are not
     *     followed)
     * @param offset where the bytes begin: the wanted offset, or 0 when the file was replaced
     * @param size the whole file's size, in bytes
     * @param bytes at most what was wanted; empty at the end
     */
    record Piece(String path, String identity, long offset, long size, byte[] bytes) implements Serializable {}

    /**
     * Brings pieces of several files at once, and shows that somebody follows.
     *
     * @param wants what is wanted
     * @param touch a file whose time of change is set to now, and which is made where it is missing; null for none
     * @return one piece for each want, in the same order
     */
    List<Piece> fetch(List<Want> wants, String touch) throws IOException, InterruptedException;

    /** Writes a file under a temporary name and renames it; folders are made. */
    void write(String path, byte[] bytes) throws IOException, InterruptedException;
}
