package io.jenkins.plugins.cascade.track;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a server with a certificate that no authority of the JVM knows, made here by the JDK's own tool. */
class MlflowTlsTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    static Path folder;

    private static HttpsServer server;

    @BeforeAll
    static void start() throws Exception {
        keytool(
                "-genkeypair",
                "-alias",
                "mlflow",
                "-keyalg",
                "EC",
                "-dname",
                "CN=mlflow",
                "-ext",
                "SAN=ip:127.0.0.1",
                "-validity",
                "2");
        keytool(
                "-exportcert",
                "-alias",
                "mlflow",
                "-rfc",
                "-file",
                folder.resolve("ca.pem").toString());
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve("server.p12"))) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/api/2.0/mlflow/experiments/get-by-name", exchange -> {
            byte[] body = "{\"experiment\":{\"experiment_id\":\"7\"}}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of(
                "-storepass",
                PASSWORD,
                "-keystore",
                folder.resolve("server.p12").toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue(), Files.readString(folder.resolve("keytool.log")));
    }

    private static MlflowRest rest(String host, String... variables) throws TrackingException {
        Map<String, String> environment = new HashMap<>();
        environment.put(
                "MLFLOW_TRACKING_URI",
                "https://" + host + ":" + server.getAddress().getPort());
        for (int i = 0; i < variables.length; i += 2) {
            environment.put(variables[i], variables[i + 1]);
        }
        return MlflowRest.of(
                TrackingEnvironment.from(environment),
                new HttpLimits(
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(20),
                        1,
                        new Backoff(Duration.ofMillis(10), Duration.ofMillis(20)),
                        100_000));
    }

    @Test
    void aCertificateOfOnesOwnIsTrustedWhenItsFileIsNamed() throws Exception {
        String file = folder.resolve("ca.pem").toString();
        assertEquals(
                Optional.of("7"),
                rest("127.0.0.1", "MLFLOW_TRACKING_SERVER_CERT_PATH", file)
                        .search()
                        .experimentId("any"));
    }

    @Test
    void anUnknownCertificateIsRefusedAndTheWayToTrustItIsSaid() throws Exception {
        TrackingException refused = assertThrows(
                TrackingException.class, () -> rest("127.0.0.1").search().experimentId("any"));
        assertTrue(refused.getMessage().contains("no secure connection: "), refused.getMessage());
        assertTrue(
                refused.getMessage().contains("MLFLOW_TRACKING_SERVER_CERT_PATH names the file of its authority"),
                refused.getMessage());
    }

    @Test
    void aCertificateForAnotherHostIsRefused() throws Exception {
        String file = folder.resolve("ca.pem").toString();
        TrackingException refused =
                assertThrows(TrackingException.class, () -> rest("localhost", "MLFLOW_TRACKING_SERVER_CERT_PATH", file)
                        .search()
                        .experimentId("any"));
        assertTrue(refused.getMessage().contains("no secure connection: "), refused.getMessage());
    }

    @Test
    void connectionsThatCheckNothingAreRefused() throws Exception {
        TrackingEnvironment environment = TrackingEnvironment.from(
                Map.of("MLFLOW_TRACKING_URI", "https://127.0.0.1:1", "MLFLOW_TRACKING_INSECURE_TLS", "true"));
        TrackingException refused = assertThrows(TrackingException.class, () -> MlflowRest.in(environment));
        assertTrue(
                refused.getMessage().startsWith("MLFLOW_TRACKING_INSECURE_TLS is not honoured"), refused.getMessage());
        try (Tracker tracker = Tracker.open(folder.resolve("journal.jsonl"), environment)) {
            assertEquals(
                    List.of(refused.getMessage() + " Everything is kept in " + folder.resolve("journal.jsonl")
                            + " instead."),
                    tracker.warnings());
        }
    }

    @Test
    void aFileThatHoldsNoCertificateIsSaid() throws Exception {
        for (String file : List.of(
                folder.resolve("missing.pem").toString(),
                Files.writeString(folder.resolve("empty.pem"), "").toString(),
                Files.writeString(
                                folder.resolve("text.pem"),
                                "-----BEGIN CERTIFICATE-----\nno\n-----END CERTIFICATE-----\n")
                        .toString(),
                folder.toString())) {
            TrackingEnvironment environment = TrackingEnvironment.from(
                    Map.of("MLFLOW_TRACKING_URI", "https://127.0.0.1:1", "MLFLOW_TRACKING_SERVER_CERT_PATH", file));
            TrackingException refused = assertThrows(TrackingException.class, () -> MlflowRest.in(environment));
            assertTrue(
                    refused.getMessage()
                            .startsWith("The file " + file
                                    + " that MLFLOW_TRACKING_SERVER_CERT_PATH names cannot be used ("),
                    refused.getMessage());
        }
    }
}
