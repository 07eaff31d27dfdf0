package io.jenkins.plugins.cascade.steps;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The MLflow servers that a Jenkinsfile may name. Without such a list whoever may edit a Jenkinsfile could make the controller speak to
 * hosts that only it can reach.
 *
 * @param patterns {@code host}, {@code host:port} or {@code *.domain}, in small letters
 */
record AllowedHosts(List<String> patterns) {
    private static final String PATTERN =
            "(\\*\\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?|\\[[0-9a-f:.]+](:[0-9]{1,5})?";

    /** Copies the list. */
    AllowedHosts {
        patterns = List.copyOf(patterns);
    }

    /**
     * What the administrator allows.
     *
     * @param lines one pattern a line, blank lines ignored; null for none
     * @param configured address of the globally configured server, whose host is always allowed; null for none
     */
    static AllowedHosts of(String lines, String configured) {
        Stream<String> own = configured == null || problem(configured).isPresent()
                ? Stream.empty()
                : Stream.of(authority(URI.create(configured.strip())));
        return new AllowedHosts(Stream.concat(lines(lines), own).toList());
    }

    /** What is wrong with lines that shall become a list, in one sentence; empty when nothing is. */
    static Optional<RefusedArgumentException> malformed(String lines) {
        return lines(lines)
                .filter(line -> !line.matches(PATTERN))
                .findFirst()
                .map(line -> new RefusedArgumentException("noHost", line));
    }

    /** Why the address may not be spoken to, in one sentence; empty when it may. */
    Optional<RefusedArgumentException> refusal(String url) {
        Optional<RefusedArgumentException> problem = problem(url);
        if (problem.isPresent()) {
            return problem;
        }
        URI uri = URI.create(url.strip());
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        String authority = authority(uri);
        boolean allowed = patterns.stream().anyMatch(pattern -> matches(pattern, host, authority));
        return allowed ? Optional.empty() : refused("hostNotAllowed", authority);
    }

    /** What is wrong with the address itself. */
    static Optional<RefusedArgumentException> problem(String url) {
        URI uri;
        try {
            uri = new URI(url.strip());
        } catch (URISyntaxException e) {
            return refused("noAddress", e.getReason());
        }
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (!(scheme.equals("http") || scheme.equals("https")) || uri.getHost() == null) {
            return refused("notHttp");
        }
        if (uri.getRawUserInfo() != null) {
            return refused("secretInAddress");
        }
        return Optional.empty();
    }

    private static Optional<RefusedArgumentException> refused(String key, Object... arguments) {
        return Optional.of(new RefusedArgumentException(key, arguments));
    }

    private static boolean matches(String pattern, String host, String authority) {
        if (pattern.startsWith("*.")) {
            return host.endsWith(pattern.substring(1));
        }
        return pattern.equals(host) || pattern.equals(authority);
    }

    /** Host and port, the usual port of the scheme where none is given. */
    private static String authority(URI uri) {
        int usual = uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
        return uri.getHost().toLowerCase(Locale.ROOT) + ":" + (uri.getPort() < 0 ? usual : uri.getPort());
    }

    private static Stream<String> lines(String lines) {
        return lines == null
                ? Stream.empty()
                : lines.lines()
                        .map(line -> line.strip().toLowerCase(Locale.ROOT))
                        .filter(line -> !line.isEmpty());
    }
}
