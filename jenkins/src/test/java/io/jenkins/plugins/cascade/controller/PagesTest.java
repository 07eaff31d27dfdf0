package io.jenkins.plugins.cascade.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.HttpURLConnection;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jenkins.model.Jenkins;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Pages and JSON of a build that trained for real. */
@WithJenkins
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class PagesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void buildAndJobShowTheCascadeToWhoMayReadTheJobAndToNobodyElse(JenkinsRule jenkins, @TempDir Path folder)
            throws Exception {
        TinyCascade cascade = TinyCascade.in(folder);
        WorkflowJob job =
                TinyCascade.job(jenkins, "shown", "node { " + cascade.sft("sft", 4, cascade.benchmarks()) + " }");
        WorkflowRun build = jenkins.buildAndAssertSuccess(job);
        assertEquals(1, build.getNumber());

        JenkinsRule.WebClient client = jenkins.createWebClient();
        HtmlPage page = client.goTo(build.getUrl());
        assertTrue(page.getAnchors().stream().anyMatch(a -> a.getHrefAttribute().endsWith("cascade/")));
        assertTrue(page.getWebResponse().getContentAsString().contains("sft"), "no summary");

        HtmlPage report = client.goTo(build.getUrl() + "cascade/");
        String html = report.getWebResponse().getContentAsString();
        assertTrue(html.contains("<svg"), "no chart");
        assertTrue(html.contains("copying"), "no benchmark");
        assertTrue(client.goTo(build.getUrl() + "cascade/report.html", null)
                .getWebResponse()
                .getContentAsString()
                .startsWith("<!DOCTYPE html>"));

        HtmlPage trend = client.goTo(job.getUrl() + "cascade/");
        assertTrue(trend.getWebResponse().getContentAsString().contains("<svg"), "no trend");
        assertTrue(
                client.goTo(job.getUrl()).getWebResponse().getContentAsString().contains("cascade"));

        JsonNode record = json(client, build.getUrl() + "cascade/api/json");
        assertEquals("shown", record.path("cascade").asText());
        assertEquals(
                "ACCEPTED",
                record.path("stages").path(0).path("status").asText().toUpperCase());
        assertEquals(
                1,
                json(client, job.getUrl() + "cascade/api/json").path("builds").size());

        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(
                new MockAuthorizationStrategy().grant(Jenkins.READ).everywhere().toEveryone());
        JenkinsRule.WebClient stranger = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false);
        for (String address : List.of(
                build.getUrl() + "cascade/",
                build.getUrl() + "cascade/api/json",
                build.getUrl() + "cascade/report.html",
                job.getUrl() + "cascade/",
                job.getUrl() + "cascade/api/json")) {
            int status = stranger.goTo(address, null).getWebResponse().getStatusCode();
            assertTrue(
                    status == HttpURLConnection.HTTP_NOT_FOUND || status == HttpURLConnection.HTTP_FORBIDDEN,
                    address + " answers " + status);
        }
    }

    @Test
    void aBuildWithoutACascadeHasNoPage(JenkinsRule jenkins) throws Exception {
        WorkflowRun build = jenkins.buildAndAssertSuccess(TinyCascade.job(jenkins, "plain", "echo 'nothing'"));
        assertFalse(jenkins.createWebClient()
                .goTo(build.getUrl())
                .getWebResponse()
                .getContentAsString()
                .contains("cascade/"));
    }

    private static JsonNode json(JenkinsRule.WebClient client, String address) throws Exception {
        return JSON.readTree(
                client.goTo(address, "application/json").getWebResponse().getContentAsString());
    }
}
