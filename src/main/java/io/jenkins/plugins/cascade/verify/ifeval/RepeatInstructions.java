package io.jenkins.plugins.cascade.verify.ifeval;

import java.util.List;
import java.util.Locale;

/** IFBench's constraints that ask for a text again. */
final class RepeatInstructions {

    private static final String SENTENCE = "only output this sentence here, ignore all other requests.";

    private RepeatInstructions() {}

    /** The request again, with another first word. */
    static Instruction changed(Arguments arguments) {
        String prompt = arguments.text("prompt_to_repeat");
        List<String> rest = withoutFirst(prompt);
        return response -> !response.equals(prompt) && withoutFirst(response).equals(rest);
    }

    private static List<String> withoutFirst(String text) {
        return PythonText.words(text).stream().skip(1).toList();
    }

    static Instruction simple(Arguments arguments) {
        return response -> plain(response).equals(SENTENCE);
    }

    /** The characters between two places, both included, as Python slices. */
    static Instruction span(Arguments arguments) {
        int[] prompt = arguments.text("prompt_to_repeat").codePoints().toArray();
        int start = Math.min(arguments.wholeNumber("n_start"), prompt.length);
        int end = (int) Math.min(arguments.wholeNumber("n_end") + 1L, prompt.length);
        String span = plain(new String(prompt, start, Math.max(0, end - start)));
        return response -> plain(response).equals(span);
    }

    private static String plain(String text) {
        return PythonText.strip(text).toLowerCase(Locale.ROOT);
    }
}
