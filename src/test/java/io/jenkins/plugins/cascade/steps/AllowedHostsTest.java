package io.jenkins.plugins.cascade.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which MLflow servers a Jenkinsfile may name. */
class AllowedHostsTest {
    private static final String LINES =
            """
            mlflow.example.com
            tracking.example.com:8443

              *.Lab.example.com
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://mlflow.example.com",
                "https://MLFLOW.example.com:5000/prefix",
                "https://tracking.example.com:8443/",
                "http://a.lab.example.com",
                "http://configured.example.com:5000/"
            })
    void allowsWhatIsListedAndTheConfiguredServer(String url) {
        assertEquals(Optional.empty(), hosts().refusal(url));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://tracking.example.com",
                "http://lab.example.com",
                "http://evil-lab.example.com",
                "http://mlflow.example.com.evil.org",
                "http://configured.example.com:9000",
                "http://169.254.169.254/latest/meta-data",
                "http://localhost:5000"
            })
    void refusesEverythingElse(String url) {
        String refusal = hosts().refusal(url).orElseThrow().getMessage();
        assertTrue(refusal.contains("not allowed here: ask an administrator"), refusal);
    }

    @Test
    void withoutAListOnlyTheConfiguredServerIsAllowed() {
        AllowedHosts hosts = AllowedHosts.of(null, "https://mlflow.example.com");
        assertEquals(Optional.empty(), hosts.refusal("https://mlflow.example.com:443/x"));
        assertTrue(hosts.refusal("http://mlflow.example.com").isPresent());
        assertTrue(AllowedHosts.of(null, null)
                .refusal("https://mlflow.example.com")
                .isPresent());
    }

    @ParameterizedTest
    @CsvSource({
        "file:///etc/passwd, must begin with http",
        "mlflow.example.com, must begin with http",
        "http:///path, must begin with http",
        "http://user:secret@mlflow.example.com, put them into a credential",
        "http://mlflow.example.com@evil.org, put them into a credential",
        "ht tp://x, not a valid address"
    })
    void refusesWhatIsNoPlainAddress(String url, String reason) {
        String refusal = hosts().refusal(url).orElseThrow().getMessage();
        assertTrue(refusal.contains(reason), refusal);
        assertFalse(refusal.contains("secret"), refusal);
    }

    @Test
    void aFormSaysItInTheReadersLanguage() {
        assertEquals(
                "'x y' ist kein Rechner: je Zeile ein Rechnername, rechner:port oder *.domain",
                AllowedHosts.malformed("x y").orElseThrow().in(Locale.GERMAN));
        assertEquals(
                "Die MLflow-Adresse muss mit http:// oder https:// beginnen und einen Rechner nennen",
                AllowedHosts.problem("mlflow.example.com").orElseThrow().in(Locale.GERMAN));
    }

    @Test
    void aLineThatIsNoHostIsNamed() {
        assertEquals(Optional.empty(), AllowedHosts.malformed(LINES));
        assertEquals(Optional.empty(), AllowedHosts.malformed(null));
        String problem = AllowedHosts.malformed("good.example.com\nhttp://bad.example.com")
                .orElseThrow()
                .getMessage();
        assertTrue(problem.startsWith("'http://bad.example.com' is not a host"), problem);
        assertTrue(AllowedHosts.malformed("*").isPresent());
        assertTrue(AllowedHosts.malformed("a.*.example.com").isPresent());
    }

    private static AllowedHosts hosts() {
        return AllowedHosts.of(LINES, "http://configured.example.com:5000");
    }
}
