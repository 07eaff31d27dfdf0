package io.jenkins.plugins.cascade.verify.ifeval;

import com.cybozu.labs.langdetect.Detector;
import com.cybozu.labs.langdetect.DetectorFactory;
import com.cybozu.labs.langdetect.LangDetectException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The language of a text by the library whose Python port IFEval calls. Its seed is fixed, so that a text always has the same
 * language; the port's own random numbers differ, so a text on the border of two languages may come out otherwise there.
 */
final class LanguageDetection {

    private static final String PROFILES =
            "af ar bg bn cs da de el en es et fa fi fr gu he hi hr hu id it ja kn ko lt lv mk ml mr ne nl no pa pl pt ro ru sk sl "
                    + "so sq sv sw ta te th tl tr uk ur vi zh-cn zh-tw";

    private static final int MAX_LENGTH = 10_000;

    static {
        load();
    }

    private LanguageDetection() {}

    /** The two-letter code of the language, empty where the text has no letters to tell it by. */
    static Optional<String> detect(String text) {
        try {
            Detector detector = DetectorFactory.create();
            detector.append(text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH));
            String language = detector.detect();
            return Optional.of(language);
        } catch (LangDetectException e) {
            return Optional.empty();
        }
    }

    private static void load() {
        List<String> profiles = new ArrayList<>();
        for (String language : PROFILES.split(" ")) {
            try (InputStream stream = DetectorFactory.class.getResourceAsStream("/profiles/" + language)) {
                if (stream == null) {
                    throw new IllegalStateException("The langdetect library has no profile for '" + language + "'.");
                }
                profiles.add(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException("A profile of the langdetect library cannot be read.", e);
            }
        }
        try {
            DetectorFactory.loadProfile(profiles);
        } catch (LangDetectException e) {
            throw new IllegalStateException("The profiles of the langdetect library cannot be loaded.", e);
        }
        DetectorFactory.setSeed(0);
    }
}
