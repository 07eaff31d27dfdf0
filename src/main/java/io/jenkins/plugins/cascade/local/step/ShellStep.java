package io.jenkins.plugins.cascade.local.step;

import io.jenkins.plugins.cascade.local.binding.Argument;
import io.jenkins.plugins.cascade.local.binding.Signature;
import io.jenkins.plugins.cascade.local.build.StepContext;
import io.jenkins.plugins.cascade.local.build.StepFailedException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** {@code sh}: runs a shell script, {@code sh -xe} unless it names its own interpreter. */
final class ShellStep implements LocalStep {
    @Override
    public Signature signature() {
        return new Signature(
                "sh",
                List.of(
                        Argument.required("script", String.class),
                        Argument.optional("returnStdout", boolean.class),
                        Argument.optional("returnStatus", boolean.class),
                        Argument.optional("encoding", String.class),
                        Argument.optional("label", String.class)),
                false);
    }

    @Override
    public boolean needsWorkspace() {
        return true;
    }

    @Override
    public Object run(StepArguments arguments, StepContext context) throws Exception {
        boolean returnStdout = arguments.flag("returnStdout");
        boolean returnStatus = arguments.flag("returnStatus");
        if (returnStdout && returnStatus) {
            throw new StepFailedException("sh: you may not set both returnStatus and returnStdout");
        }
        Charset charset = charset(arguments.get("encoding", String.class, "UTF-8"));
        Path folder = Files.createTempDirectory("cascade-sh");
        try {
            Path script = write(folder.resolve("script.sh"), arguments.text("script"));
            ShellProcess process = ShellProcess.start(commandFor(script), context, returnStdout);
            int status = await(process, context);
            if (returnStatus) {
                return status;
            }
            if (status != 0) {
                throw new StepFailedException("script returned exit code " + status);
            }
            return returnStdout ? process.capturedText(charset) : null;
        } finally {
            Files.deleteIfExists(folder.resolve("script.sh"));
            Files.deleteIfExists(folder);
        }
    }

    private static Charset charset(String name) throws StepFailedException {
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new StepFailedException("sh: there is no encoding \"" + name + "\"", e);
        }
    }

    private static int await(ShellProcess process, StepContext context) throws Exception {
        StopRequest stop = StopRequest.to(context);
        CompletableFuture.anyOf(process.exit(), stop.future()).get();
        if (!process.exit().isDone()) {
            context.console().println("Sending interrupt signal to process");
            process.stop();
            process.finishOutput();
            context.check();
        }
        process.finishOutput();
        return process.exit().get();
    }

    private static Path write(Path file, String script) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        return Files.writeString(file, script, StandardCharsets.UTF_8);
    }

    private static List<String> commandFor(Path script) throws IOException {
        return Files.readString(script).startsWith("#!")
                ? List.of(script.toString())
                : List.of("sh", "-xe", script.toString());
    }
}
