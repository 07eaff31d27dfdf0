package io.jenkins.plugins.cascade.evaluate;

import io.jenkins.plugins.cascade.recipe.CanonicalJson;
import io.jenkins.plugins.cascade.recipe.Digests;
import io.jenkins.plugins.cascade.recipe.SamplingSettings;
import io.jenkins.plugins.cascade.verify.Verifiers;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What two evaluations must have in common to be compared: the benchmark's bytes, the prompts as the model's template and tokenizer write
 * them, sampling and longest answer, verifier versions, engine. The number of samples K is no part of it: it changes the precision of a
 * score, not its expectation.
 */
final class Fingerprint {
    private Fingerprint() {}

    private record Content(
            String benchmark,
            String prompts,
            SamplingSettings sampling,
            Map<String, String> verifiers,
            String engine) {}

    /** The fingerprint, {@code sha256:} and 64 hexadecimal digits. */
    static String of(Benchmark benchmark, Verifiers verifiers, String engine) {
        Map<String, String> versions = benchmark.verifierTypes().stream()
                .collect(Collectors.toMap(
                        type -> type, type -> verifiers.of(type).version(), (a, b) -> a, TreeMap::new));
        List<int[]> prompts =
                benchmark.items().stream().map(BenchmarkItem::tokens).toList();
        String promptDigest = Digests.ofBytes(CanonicalJson.bytes(prompts));
        return Digests.ofBytes(CanonicalJson.bytes(new Content(
                benchmark.spec().digest(), promptDigest, benchmark.spec().sampling(), versions, engine)));
    }
}
