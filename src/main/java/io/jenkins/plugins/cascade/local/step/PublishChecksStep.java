package io.jenkins.plugins.cascade.local.step;

import io.jenkins.plugins.cascade.local.binding.Argument;
import io.jenkins.plugins.cascade.local.binding.Signature;
import io.jenkins.plugins.cascade.local.build.StepContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code publishChecks}, the step of Jenkins' Checks API plugin: a local run has no pull request and writes the check as a Markdown file
 * into the build's folder, {@code checks/NAME.md}, title and conclusion first. Annotations and actions are not known here.
 */
final class PublishChecksStep implements LocalStep {
    private static final int LONGEST_NAME = 80;

    @Override
    public Signature signature() {
        return new Signature(
                "publishChecks",
                List.of(
                        Argument.optional("name", String.class),
                        Argument.optional("title", String.class),
                        Argument.optional("summary", String.class),
                        Argument.optional("text", String.class),
                        Argument.optional("detailsURL", String.class),
                        Argument.optional("status", Status.class),
                        Argument.optional("conclusion", Conclusion.class)),
                false);
    }

    @Override
    public Object run(StepArguments arguments, StepContext context) throws IOException {
        String name = arguments.get("name", String.class, "Checks");
        Path folder = Files.createDirectories(context.build().folder().resolve("checks"));
        Path file = folder.resolve(fileName(name));
        Files.writeString(file, context.build().secrets().mask(text(name, arguments)));
        context.console().println("Check '" + name + "' (" + conclusion(arguments) + "): " + file);
        return null;
    }

    private static String text(String name, StepArguments arguments) {
        StringBuilder out = new StringBuilder();
        paragraph(out, arguments.text("title"));
        paragraph(out, "Check: " + name + ", conclusion: " + conclusion(arguments));
        paragraph(out, arguments.text("summary"));
        paragraph(out, arguments.text("text"));
        paragraph(out, arguments.text("detailsURL"));
        return out.toString();
    }

    private static void paragraph(StringBuilder out, String text) {
        if (!text.isBlank()) {
            out.append(text.strip()).append("\n\n");
        }
    }

    private static Conclusion conclusion(StepArguments arguments) {
        Status status = arguments.get("status", Status.class, Status.COMPLETED);
        Conclusion byDefault = status == Status.COMPLETED ? Conclusion.SUCCESS : Conclusion.NONE;
        return arguments.get("conclusion", Conclusion.class, byDefault);
    }

    private static String fileName(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9 _-]", "-");
        return plain.substring(0, Math.min(plain.length(), LONGEST_NAME)) + ".md";
    }

    /** How far a check is, as the Checks API names it. */
    enum Status {
        NONE,
        QUEUED,
        IN_PROGRESS,
        COMPLETED
    }

    /** What a check came to, as the Checks API names it. */
    enum Conclusion {
        NONE,
        ACTION_REQUIRED,
        SKIPPED,
        CANCELED,
        TIME_OUT,
        FAILURE,
        NEUTRAL,
        SUCCESS
    }
}
