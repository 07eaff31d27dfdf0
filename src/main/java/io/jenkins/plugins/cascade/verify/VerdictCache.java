package io.jenkins.plugins.cascade.verify;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** Verdicts of identical responses to identical specifications, least recently used out first. */
final class VerdictCache {

    private final Map<String, Verdict> verdicts;

    VerdictCache(int capacity) {
        verdicts = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Verdict> eldest) {
                return size() > capacity;
            }
        };
    }

    /** The key of a task under one version of its verifier. */
    static String key(Verifier verifier, VerificationTask task) {
        MessageDigest digest = sha256();
        for (String part : new String[] {
            verifier.type(), verifier.version(), task.spec().toString(), task.prompt(), task.response()
        }) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
            digest.update(bytes);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    synchronized Verdict get(String key) {
        return verdicts.get(key);
    }

    /** Remembers a verdict about the response; what the machinery failed at is tried again instead. */
    synchronized void put(String key, Verdict verdict) {
        if (!verdict.outcome().isInfrastructure()) {
            verdicts.put(key, verdict);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java runtime has no SHA-256.", e);
        }
    }
}
