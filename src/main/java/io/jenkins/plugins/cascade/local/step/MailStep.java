package io.jenkins.plugins.cascade.local.step;

import io.jenkins.plugins.cascade.local.binding.Argument;
import io.jenkins.plugins.cascade.local.binding.Signature;
import io.jenkins.plugins.cascade.local.build.StepContext;
import java.util.List;

/** {@code mail}: a local run sends none, it prints whom Jenkins would write to. */
final class MailStep implements LocalStep {
    @Override
    public Signature signature() {
        return new Signature(
                "mail",
                List.of(
                        Argument.required("subject", String.class),
                        Argument.required("body", String.class),
                        Argument.optional("to", String.class),
                        Argument.optional("cc", String.class),
                        Argument.optional("bcc", String.class),
                        Argument.optional("from", String.class),
                        Argument.optional("replyTo", String.class),
                        Argument.optional("charset", String.class),
                        Argument.optional("mimeType", String.class)),
                false);
    }

    @Override
    public Object run(StepArguments arguments, StepContext context) {
        context.console()
                .println("mail: a local run sends none; to " + arguments.get("to", String.class, "nobody") + ": "
                        + arguments.text("subject"));
        return null;
    }
}
