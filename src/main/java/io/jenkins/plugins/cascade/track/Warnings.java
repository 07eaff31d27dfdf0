package io.jenkins.plugins.cascade.track;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sentences for a person, each once, at most fifty; those with a key can be replaced and taken back. */
final class Warnings {
    private static final int LIMIT = 50;

    private final Map<String, String> sentences = new LinkedHashMap<>();

    synchronized void add(String sentence) {
        set(sentence, sentence);
    }

    synchronized void set(String key, String sentence) {
        if (sentences.size() < LIMIT || sentences.containsKey(key)) {
            sentences.put(key, sentence);
        }
    }

    synchronized void remove(String key) {
        sentences.remove(key);
    }

    synchronized List<String> all() {
        return List.copyOf(sentences.values());
    }
}
