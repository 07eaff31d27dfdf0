package io.jenkins.plugins.cascade.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Score files of this machine.
 *
 * @param workingDirectory folder that relative paths begin at
 */
record LocalBaselineFiles(Path workingDirectory) implements BaselineFiles {
    @Override
    public void copy(String path, long most, Path target) throws StageException {
        Path file = workingDirectory.resolve(path).normalize();
        if (!Files.isRegularFile(file)) {
            throw new StageException("The baseline '" + path + "' is not there: no file " + file);
        }
        try {
            if (Files.size(file) > most) {
                throw new StageException("The baseline " + file + " is larger than " + most + " bytes and is not read");
            }
            Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new StageException("The baseline " + file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
