package io.jenkins.plugins.cascade.steps;

import java.text.MessageFormat;
import java.util.Arrays;
import java.util.Locale;
import java.util.ResourceBundle;
import org.jvnet.localizer.LocaleProvider;

/**
 * The sentences of this package in the languages it speaks, from {@code Wording.properties}. It reads the bundle itself: refused arguments
 * are also reported by the local runner, where Jenkins' message classes do not exist. Build logs are English; what a browser shows is in
 * the reader's language.
 */
final class Wording {
    private static final String BUNDLE = Wording.class.getName();
    private static final ResourceBundle.Control NO_FALLBACK =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private Wording() {}

    /** The sentence in English. */
    static String english(String key, Object... arguments) {
        return in(Locale.ROOT, key, arguments);
    }

    /** The sentence in the language of the browser that Jenkins answers right now; only on a controller. */
    static String forReader(String key, Object... arguments) {
        return in(LocaleProvider.getLocale(), key, arguments);
    }

    /** The sentence in a language, English where there is no translation. Numbers stand as Java writes them. */
    static String in(Locale locale, String key, Object... arguments) {
        ResourceBundle bundle = ResourceBundle.getBundle(BUNDLE, locale, Wording.class.getClassLoader(), NO_FALLBACK);
        Object[] texts = Arrays.stream(arguments).map(String::valueOf).toArray();
        return new MessageFormat(bundle.getString(key), locale).format(texts);
    }
}
