package io.jenkins.plugins.cascade.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The sentences that people read. */
class WordingTest {
    private static final Path SOURCES = Path.of("src/main/java/io/jenkins/plugins/cascade/steps");
    private static final Pattern USE =
            Pattern.compile("(?:RefusedArgumentException|refused|Wording\\.\\w+)\\(\\s*\"([\\w.]+)\"\\s*[,)]");

    @Test
    void logsAreEnglishWhateverTheReaderSpeaks() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertEquals("steps must be at least 1, but is 0", Wording.english("atLeast", "steps", 1, 0));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void formsAreInTheReadersLanguageAndEnglishWhereThereIsNoTranslation() {
        assertEquals("steps muss mindestens 1 sein, ist aber 0", Wording.in(Locale.GERMANY, "atLeast", "steps", 1, 0));
        assertEquals("steps must be at least 1, but is 0", Wording.in(Locale.FRENCH, "atLeast", "steps", 1, 0));
    }

    @Test
    void numbersStandAsInAJenkinsfile() {
        assertEquals(
                "steps muss mindestens 20000 sein, ist aber 1.5E-5",
                Wording.in(Locale.GERMAN, "atLeast", "steps", 20_000, 1.5e-5));
    }

    @Test
    void whatIsTypedIsNeverTakenForAPattern() {
        assertEquals("data must not be empty", Wording.english("blank", "data"));
        assertEquals(
                "steps must be a whole number, but is '{0} it's'", Wording.english("notWhole", "steps", "{0} it's"));
    }

    @Test
    void everySentenceThatIsUsedExistsAndEveryOneThatExistsIsUsed() throws IOException {
        Set<String> used = new TreeSet<>();
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : (Iterable<Path>) files.filter(f -> f.toString().endsWith(".java"))::iterator) {
                String source = Files.readString(file);
                all.append(source);
                Matcher uses = USE.matcher(source);
                while (uses.find()) {
                    used.add(uses.group(1));
                }
            }
        }
        Set<String> known = new TreeSet<>(
                ResourceBundle.getBundle(Wording.class.getName(), Locale.ROOT).keySet());
        assertTrue(known.containsAll(used), () -> used + " are not all in " + known);
        known.removeAll(used);
        known.removeIf(key -> key.matches(
                "(reaction|gateKind|schedule|preset|modes|filter|languageRule|checkpoints|aggregation|precision"
                        + "|savePrecision)\\..*"));
        known.removeIf(key -> all.indexOf("super(\"" + key + "\")") >= 0);
        assertEquals(Set.of(), known);
    }
}
