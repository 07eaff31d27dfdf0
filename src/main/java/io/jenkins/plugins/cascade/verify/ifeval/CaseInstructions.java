package io.jenkins.plugins.cascade.verify.ifeval;

import io.jenkins.plugins.cascade.verify.ifeval.Arguments.Comparison;
import java.util.Optional;
import java.util.Set;

/** Capital letters, small letters and languages. */
final class CaseInstructions {

    private static final Set<String> LANGUAGES = Set.of(
            "en", "es", "pt", "ar", "hi", "fr", "ru", "de", "ja", "it", "bn", "uk", "th", "ur", "ta", "te", "bg", "ko",
            "pl", "he", "fa", "vi", "ne", "sw", "kn", "mr", "gu", "pa", "ml", "fi");

    private CaseInstructions() {}

    /** As in IFEval, a text whose language cannot be told counts as followed. */
    static Instruction responseLanguage(Arguments arguments) {
        String language = arguments.text("language");
        if (!LANGUAGES.contains(language)) {
            throw arguments.wrong(
                    "language", "one of " + LANGUAGES.stream().sorted().toList());
        }
        return response -> isIn(language, response);
    }

    static Instruction capitalWords(Arguments arguments) {
        Comparison comparison = arguments.comparison("capital_relation", arguments.count("capital_frequency"));
        return response -> comparison.holds(Words.capitals(response));
    }

    static Instruction englishCapital(Arguments arguments) {
        return response -> PythonText.isUpper(response) && isIn("en", response);
    }

    static Instruction englishLowercase(Arguments arguments) {
        return response -> PythonText.isLower(response) && isIn("en", response);
    }

    private static boolean isIn(String language, String text) {
        Optional<String> detected = LanguageDetection.detect(text);
        return detected.isEmpty() || detected.get().equals(language);
    }
}
