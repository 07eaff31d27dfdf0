package io.jenkins.plugins.cascade.verify;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One response to judge.
 *
 * @param prompt what the model was asked
 * @param response what it answered
 * @param spec the {@code "verifier"} object of the data line
 */
public record VerificationTask(String prompt, String response, JsonNode spec) {}
