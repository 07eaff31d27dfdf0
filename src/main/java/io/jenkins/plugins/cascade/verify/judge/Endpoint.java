package io.jenkins.plugins.cascade.verify.judge;

import io.jenkins.plugins.cascade.verify.InvalidVerifierException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;

/**
 * Where a model answers. Whoever writes a data file must not be able to send the key elsewhere, so an endpoint is made from the
 * environment or by code, never from a specification.
 *
 * @param uri its address, http or https
 * @param key sent as a bearer token; empty for none
 * @param model the model's name there; empty where the endpoint has only one
 */
public record Endpoint(URI uri, String key, String model) {

    /** @throws InvalidVerifierException if the address is not http or https, or holds a user or a password */
    public Endpoint {
        boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        if (!http || uri.getHost() == null || uri.getRawUserInfo() != null) {
            throw new InvalidVerifierException(
                    "The address of a judge or reward model must be http or https with a host and without a user.");
        }
        if (key.chars().anyMatch(character -> character <= ' ' || character > '~')) {
            throw new InvalidVerifierException(
                    "The key of a judge or reward model holds a character that no HTTP header may hold.");
        }
    }

    /**
     * The endpoint that variables {@code NAME_URL}, {@code NAME_KEY} and {@code NAME_MODEL} tell of; empty without a URL.
     *
     * @throws InvalidVerifierException if the address or the key cannot be used
     */
    public static Optional<Endpoint> from(Map<String, String> environment, String name) {
        String url = environment.getOrDefault(name + "_URL", "").strip();
        if (url.isEmpty()) {
            return Optional.empty();
        }
        String key = environment.getOrDefault(name + "_KEY", "").strip();
        String model = environment.getOrDefault(name + "_MODEL", "").strip();
        try {
            return Optional.of(new Endpoint(new URI(url), key, model));
        } catch (URISyntaxException e) {
            throw new InvalidVerifierException("The variable " + name + "_URL is no address; write https://host/path.");
        }
    }

    /** The same endpoint with a path added to its address, unless it ends in it already. */
    Endpoint at(String path) {
        String text = uri.toString();
        String base = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        return base.endsWith(path) ? this : new Endpoint(URI.create(base + path), key, model);
    }

    /** The address without the query, which may hold a secret, and without the key. */
    @Override
    public String toString() {
        return uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
    }
}
