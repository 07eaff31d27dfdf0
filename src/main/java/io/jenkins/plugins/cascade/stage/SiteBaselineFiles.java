package io.jenkins.plugins.cascade.stage;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Score files in a folder of another machine.
 *
 * @param folder the step's folder there, in which the files must be; null where the step has none
 */
public record SiteBaselineFiles(StageSite folder) implements BaselineFiles {
    @Override
    public void copy(String path, long most, Path target) throws IOException, InterruptedException, StageException {
        if (folder == null) {
            throw new StageException("The baseline '" + path
                    + "' is a file of an agent, but the step runs on none; put it into a stage that has an agent");
        }
        String plain = Path.of(path).normalize().toString().replace('\\', '/');
        if (!new RemoteFiles(folder).copy(plain, most, target)) {
            throw new StageException("The baseline '" + path + "' is not there: no such file in the step's folder");
        }
    }
}
