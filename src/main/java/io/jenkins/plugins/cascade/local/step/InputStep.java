package io.jenkins.plugins.cascade.local.step;

import io.jenkins.plugins.cascade.local.binding.Argument;
import io.jenkins.plugins.cascade.local.binding.Signature;
import io.jenkins.plugins.cascade.local.build.InterruptedRunException;
import io.jenkins.plugins.cascade.local.build.Interruption;
import io.jenkins.plugins.cascade.local.build.Result;
import io.jenkins.plugins.cascade.local.build.StepContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * {@code input}: asks a person whether the build goes on. A local run asks at its terminal, or takes the answer of {@code --input}; who
 * answers is the user of the machine, so {@code submitter} is not looked at. Parameters are not known here.
 */
final class InputStep implements LocalStep {
    private static final Set<String> YES = Set.of("y", "yes");
    private static final Set<String> NO = Set.of("n", "no");
    private static final long POLL_MILLIS = 50;

    private final InputStream answers;

    /**
     * The step.
     *
     * @param answers what the person types
     */
    InputStep(InputStream answers) {
        this.answers = answers;
    }

    @Override
    public Signature signature() {
        return new Signature(
                "input",
                List.of(
                        Argument.required("message", String.class),
                        Argument.optional("id", String.class),
                        Argument.optional("ok", String.class),
                        Argument.optional("cancel", String.class),
                        Argument.optional("submitter", String.class),
                        Argument.optional("submitterParameter", String.class)),
                false);
    }

    /**
     * Waits for the answer.
     *
     * @return who answered, where {@code submitterParameter} is given, otherwise null
     * @throws InterruptedRunException if the answer is no, or nobody can be asked
     */
    @Override
    public Object run(StepArguments arguments, StepContext context) throws Exception {
        String message = arguments.text("message");
        String user = System.getProperty("user.name");
        context.console().println(message);
        boolean goesOn =
                switch (context.build().input()) {
                    case PROCEED -> true;
                    case ABORT -> false;
                    case ASK -> asked(arguments.get("ok", String.class, "Proceed"), context);
                };
        if (!goesOn) {
            throw aborted("Rejected by " + user);
        }
        context.console().println("Approved by " + user);
        return arguments.text("submitterParameter").isEmpty() ? null : user;
    }

    private boolean asked(String ok, StepContext context) throws Exception {
        if (!context.build().log().isInteractive()) {
            throw aborted("input: there is no terminal to ask at; run with --input proceed or --input abort");
        }
        while (true) {
            context.console().println(ok + "? Type yes or no:");
            String answer = line(context).strip().toLowerCase(Locale.ROOT);
            if (YES.contains(answer)) {
                return true;
            }
            if (NO.contains(answer)) {
                return false;
            }
        }
    }

    /** A line of the person, read so that a stop of the build is noticed while nothing is typed. */
    private String line(StepContext context) throws IOException, InterruptedException, InterruptedRunException {
        ByteArrayOutputStream typed = new ByteArrayOutputStream();
        while (true) {
            context.check();
            if (answers.available() == 0) {
                Thread.sleep(POLL_MILLIS);
                continue;
            }
            int next = answers.read();
            if (next < 0) {
                throw aborted("input: the terminal was closed");
            }
            if (next == '\n') {
                return typed.toString(Charset.defaultCharset());
            }
            typed.write(next);
        }
    }

    private static InterruptedRunException aborted(String reason) {
        return new InterruptedRunException(new Interruption(Result.ABORTED, true, reason));
    }
}
