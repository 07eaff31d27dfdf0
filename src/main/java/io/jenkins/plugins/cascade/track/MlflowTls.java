package io.jenkins.plugins.cascade.track;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Whom a secure connection trusts: the JVM's authorities, or, as in MLflow's own clients, only those of the file that
 * {@value #CA_FILE} names. Certificates and host names are always checked: {@value #INSECURE}{@code =true} is refused, because with it
 * anybody on the way could take the credentials.
 *
 * @param caFile file of one or more certificates in PEM
 * @param insecure whether {@value #INSECURE} asks for no checks
 */
public record MlflowTls(Optional<String> caFile, boolean insecure) {
    /** MLflow's own name for the file of the authorities' certificates. */
    public static final String CA_FILE = "MLFLOW_TRACKING_SERVER_CERT_PATH";

    /** MLflow's own name for connections that check nothing. */
    public static final String INSECURE = "MLFLOW_TRACKING_INSECURE_TLS";

    private static final long MAX_BYTES = 4 << 20;

    /** The JVM's own authorities. */
    public static MlflowTls usual() {
        return new MlflowTls(Optional.empty(), false);
    }

    /** Reads the two variables. */
    public static MlflowTls from(Map<String, String> variables) {
        return new MlflowTls(
                Optional.ofNullable(variables.get(CA_FILE)).map(String::strip).filter(text -> !text.isEmpty()),
                "true".equalsIgnoreCase(variables.getOrDefault(INSECURE, "").strip())
                        || "1".equals(variables.getOrDefault(INSECURE, "").strip()));
    }

    /**
     * What connections are made with; empty for the JVM's own.
     *
     * @throws IllegalArgumentException with one sentence when the checks are to be left out, or the file is no file of certificates
     */
    Optional<SSLContext> context() {
        if (insecure) {
            throw new IllegalArgumentException(INSECURE + " is not honoured, because anybody on the way could take the"
                    + " credentials: name the file of the server's certificate authority in " + CA_FILE + ".");
        }
        return caFile.map(MlflowTls::trusting);
    }

    private static SSLContext trusting(String file) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (Certificate certificate : certificates(Path.of(file))) {
                store.setCertificateEntry("ca-" + number++, certificate);
            }
            if (number == 0) {
                throw unusable(file, "it holds no certificate", null);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | InvalidPathException e) {
            throw unusable(file, e.getClass().getSimpleName() + ": " + e.getMessage(), e);
        } catch (GeneralSecurityException e) {
            throw unusable(file, "it is no file of certificates in PEM", e);
        }
    }

    private static Collection<? extends Certificate> certificates(Path file)
            throws IOException, GeneralSecurityException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("it is not there, or is no file");
        }
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException("it is longer than " + MAX_BYTES + " bytes");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(in);
        }
    }

    private static IllegalArgumentException unusable(String file, String why, Exception cause) {
        return new IllegalArgumentException(
                "The file " + Answers.printable(file) + " that " + CA_FILE + " names cannot be used (" + why + ").",
                cause);
    }
}
