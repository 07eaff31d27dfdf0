package io.jenkins.plugins.cascade.verify;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A response whose verdict is known.
 *
 * @param name what it shows
 * @param prompt the prompt
 * @param response the response
 * @param spec the specification
 * @param expected the outcome it must have
 */
public record Canary(String name, String prompt, String response, JsonNode spec, Outcome expected) {}
