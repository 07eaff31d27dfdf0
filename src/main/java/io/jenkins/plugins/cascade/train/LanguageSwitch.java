package io.jenkins.plugins.cascade.train;

import java.lang.Character.UnicodeScript;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Tells by the writing whether an answer leaves the prompt's language: of its letters more than one in a hundred, and at least three, are
 * of a script that the prompt does not use. Latin and Greek letters are always allowed, for names, code and formulas, and with kana or
 * Hangul in the prompt also Han. Letters count, not digits, signs or emoji; what stands between code fences does not.
 *
 * <p>It does not notice a change between two languages of one script, such as English and French, nor Latin text after a prompt in another
 * script. The paper says that such answers are penalised (sections 4.3 to 4.6) but not how they are told.
 */
final class LanguageSwitch {
    private static final double SHARE = 0.01;
    private static final int LETTERS = 3;
    private static final String FENCE = "```";

    private LanguageSwitch() {}

    static boolean between(String prompt, String response) {
        Set<UnicodeScript> allowed = allowed(letters(prompt).keySet());
        Map<UnicodeScript, Integer> written = letters(withoutCode(response));
        int all = 0;
        int foreign = 0;
        for (Map.Entry<UnicodeScript, Integer> script : written.entrySet()) {
            all += script.getValue();
            foreign += allowed.contains(script.getKey()) ? 0 : script.getValue();
        }
        return foreign >= LETTERS && foreign > SHARE * all;
    }

    private static Set<UnicodeScript> allowed(Set<UnicodeScript> asked) {
        Set<UnicodeScript> allowed =
                EnumSet.of(UnicodeScript.LATIN, UnicodeScript.GREEK, UnicodeScript.COMMON, UnicodeScript.INHERITED);
        allowed.addAll(asked);
        Set<UnicodeScript> kana = EnumSet.of(UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA);
        if (asked.stream().anyMatch(kana::contains)) {
            allowed.addAll(kana);
            allowed.add(UnicodeScript.HAN);
        }
        if (asked.contains(UnicodeScript.HANGUL)) {
            allowed.add(UnicodeScript.HAN);
        }
        return allowed;
    }

    private static Map<UnicodeScript, Integer> letters(String text) {
        Map<UnicodeScript, Integer> counts = new EnumMap<>(UnicodeScript.class);
        text.codePoints()
                .filter(Character::isLetter)
                .forEach(letter -> counts.merge(UnicodeScript.of(letter), 1, Integer::sum));
        return counts;
    }

    /** The text without what stands between fences; an open fence reaches to the end. */
    private static String withoutCode(String text) {
        StringBuilder kept = new StringBuilder();
        int from = 0;
        while (from < text.length()) {
            int open = text.indexOf(FENCE, from);
            kept.append(text, from, open < 0 ? text.length() : open);
            int close = open < 0 ? -1 : text.indexOf(FENCE, open + FENCE.length());
            from = close < 0 ? text.length() : close + FENCE.length();
        }
        return kept.toString();
    }
}
