package io.halcyon.notify.smtp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A self-signed certificate, made by the JDK's own tool.
 *
 * @param keyStore PKCS 12, with the private key
 * @param pem the certificate alone
 */
record TestCertificate(Path keyStore, Path pem) {

    static final String PASSWORD = "changeit";

    /** Makes one for a name such as {@code ip:127.0.0.1}. */
    static TestCertificate make(Path directory, String name) throws IOException, InterruptedException {
        return make(directory, name, "EC");
    }

    static TestCertificate make(Path directory, String name, String algorithm)
            throws IOException, InterruptedException {
        var keyStore = directory.resolve("key.p12");
        var pem = directory.resolve("ca.pem");
        keytool(
                keyStore,
                List.of(
                        "-genkeypair",
                        "-keyalg",
                        algorithm,
                        "-dname",
                        "CN=halcyon test",
                        "-ext",
                        "san=" + name,
                        "-validity",
                        "2"));
        keytool(keyStore, List.of("-exportcert", "-rfc", "-file", pem.toString()));
        return new TestCertificate(keyStore, pem);
    }

    SSLContext serverContext() throws IOException, GeneralSecurityException {
        var keys = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(keyStore)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    /** The private key and the certificate, as servers that are not written in Java want them. */
    void writePem(Path file) throws IOException, GeneralSecurityException {
        var keys = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(keyStore)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        var key = keys.getKey("test", PASSWORD.toCharArray()).getEncoded();
        var encoded = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key);
        Files.writeString(
                file,
                "-----BEGIN PRIVATE KEY-----\n" + encoded + "\n-----END PRIVATE KEY-----\n" + Files.readString(pem));
    }

    private static void keytool(Path keyStore, List<String> arguments) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        Collections.addAll(
                command,
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(arguments);
        Collections.addAll(command, "-keystore", keyStore.toString(), "-storetype", "PKCS12");
        Collections.addAll(command, "-storepass", PASSWORD, "-alias", "test");
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), java.nio.charset.Charset.defaultCharset());
        if (process.waitFor() != 0) {
            throw new AssertionError(said);
        }
    }
}
