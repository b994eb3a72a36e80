package io.halcyon.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A private certificate authority in a directory of a test; the JDK's keytool does the work. */
public final class TestAuthority {

    private static final String PASSWORD = "not-a-secret";
    private static final String CA = "ca";

    private final Path directory;
    private final Path store;

    public TestAuthority(Path directory) throws IOException, InterruptedException {
        this.directory = directory;
        this.store = directory.resolve("authority.p12");
        keytool(
                "-alias",
                CA,
                "-keyalg",
                "EC",
                "-dname",
                "CN=Halcyon test authority",
                "-ext",
                "bc:c",
                "-validity",
                "30");
    }

    /**
     * Makes a key and a certificate.
     *
     * @param alias common name, and the name of its files
     * @param more options of keytool, such as {@code -keyalg RSA}, {@code -ext san=dns:www.example.org}
     */
    public void issue(String alias, String... more) throws IOException, InterruptedException {
        var arguments = new ArrayList<>(List.of("-alias", alias, "-dname", "CN=" + alias, "-signer", CA));
        arguments.addAll(List.of(more));
        keytool(arguments.toArray(String[]::new));
    }

    /** The authority's own certificate as PEM. */
    public Path caFile() throws IOException, GeneralSecurityException {
        var certificate = read().getCertificate(CA).getEncoded();
        return Files.writeString(directory.resolve("ca.pem"), pem("CERTIFICATE", certificate));
    }

    /** A certificate and those above it as PEM. */
    public Path chainFile(String alias) throws IOException, GeneralSecurityException {
        var text = new StringBuilder();
        for (var certificate : read().getCertificateChain(alias)) {
            text.append(pem("CERTIFICATE", certificate.getEncoded()));
        }
        return Files.writeString(directory.resolve(alias + ".pem"), text);
    }

    /** A private key as PEM. */
    public Path keyFile(String alias) throws IOException, GeneralSecurityException {
        var key = read().getKey(alias, PASSWORD.toCharArray()).getEncoded();
        return Files.writeString(directory.resolve(alias + ".key"), pem("PRIVATE KEY", key));
    }

    /** What a server of the JDK needs to show that certificate; it trusts clients with certificates of this authority. */
    public SSLContext serverContext(String alias) throws IOException, GeneralSecurityException {
        var all = read();
        var own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        var password = PASSWORD.toCharArray();
        own.setKeyEntry(alias, all.getKey(alias, password), password, all.getCertificateChain(alias));
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, password);
        var authorities = KeyStore.getInstance("PKCS12");
        authorities.load(null, null);
        authorities.setCertificateEntry(CA, all.getCertificate(CA));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(authorities);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private KeyStore read() throws IOException, GeneralSecurityException {
        var read = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(store)) {
            read.load(in, PASSWORD.toCharArray());
        }
        return read;
    }

    private void keytool(String... options) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-genkeypair",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD));
        command.addAll(List.of(options));
        if (!command.contains("-keyalg")) {
            command.addAll(List.of("-keyalg", "EC"));
        }
        var output = directory.resolve("keytool.log");
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("keytool ended").isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
    }

    private static String pem(String kind, byte[] encoded) {
        var lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
        return "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n";
    }
}
