package io.jenkins.plugins.cascade.local.step;

import io.jenkins.plugins.cascade.local.binding.Argument;
import io.jenkins.plugins.cascade.local.binding.Signature;
import io.jenkins.plugins.cascade.local.build.StepContext;
import io.jenkins.plugins.cascade.local.build.StepFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code dir}: runs a block in another directory, which is made if it is missing. */
final class DirStep implements LocalStep {
    @Override
    public Signature signature() {
        return new Signature("dir", List.of(Argument.required("path", String.class)), true);
    }

    @Override
    public boolean needsWorkspace() {
        return true;
    }

    @Override
    public Object run(StepArguments arguments, StepContext context) throws Exception {
        Path directory = context.directory().resolve(arguments.text("path")).normalize();
        context.console().println("Running in " + directory);
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new StepFailedException("dir: " + directory + " cannot be made a directory (" + e + ")", e);
        }
        return arguments.body().run(context.withDirectory(directory));
    }
}
