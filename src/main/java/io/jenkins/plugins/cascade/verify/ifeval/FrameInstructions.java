package io.jenkins.plugins.cascade.verify.ifeval;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How a response begins, ends and is divided. */
final class FrameInstructions {

    private FrameInstructions() {}

    /** Two different responses with six asterisks between them. */
    static Instruction twoResponses(Arguments arguments) {
        return response -> {
            List<String> pieces = PythonText.split(response, "******");
            List<String> filled = new ArrayList<>();
            for (int at = 0; at < pieces.size(); at++) {
                String piece = PythonText.strip(pieces.get(at));
                if (!piece.isEmpty()) {
                    filled.add(piece);
                } else if (at != 0 && at != pieces.size() - 1) {
                    return false;
                }
            }
            return filled.size() == 2 && !filled.get(0).equals(filled.get(1));
        };
    }

    static Instruction repeatPrompt(Arguments arguments) {
        String prompt = lower(PythonText.strip(arguments.text("prompt_to_repeat")));
        return response -> lower(PythonText.strip(response)).startsWith(prompt);
    }

    static Instruction end(Arguments arguments) {
        String phrase = lower(PythonText.strip(arguments.text("end_phrase")));
        return response ->
                lower(PythonText.strip(PythonText.strip(response), '"')).endsWith(phrase);
    }

    static Instruction quotation(Arguments arguments) {
        return response -> {
            String text = PythonText.strip(response);
            return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
        };
    }

    static Instruction noComma(Arguments arguments) {
        return response -> response.indexOf(',') < 0;
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
