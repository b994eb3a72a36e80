package io.halcyon.tls;

import static io.halcyon.spi.keys.KeyValue.refused;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import javax.net.ssl.SNIHostName;
import org.jspecify.annotations.Nullable;

/** Reads the keys that all types have in common that speak TLS. */
public final class TlsKeys {

    private static final String NONE = "";

    private TlsKeys() {}

    /**
     * A client that shows no certificate.
     *
     * @param options whatever else is known
     * @param ca key {@code ca}, empty for the authorities of the JDK
     * @throws IllegalArgumentException if the file cannot be used, naming the key
     */
    public static TlsClient client(TlsOptions options, String ca) {
        return client(options, ca, NONE, NONE);
    }

    /**
     * A client.
     *
     * @param options whatever else is known
     * @param ca key {@code ca}, empty for the authorities of the JDK
     * @param certificate key {@code certificate}, empty for none
     * @param key key {@code key}, empty for none
     * @throws IllegalArgumentException if a file cannot be used, or is there without the other, naming the key
     */
    public static TlsClient client(TlsOptions options, String ca, String certificate, String key) {
        if (certificate.isEmpty() != key.isEmpty()) {
            throw key.isEmpty()
                    ? refused("key", "", "the file with the key of certificate")
                    : refused("certificate", "", "the file with the certificate of key");
        }
        var complete = ca.isEmpty() ? options : options.withCaFile(file("ca", ca));
        if (!certificate.isEmpty()) {
            complete = complete.withClientCertificate(file("certificate", certificate), file("key", key));
        }
        try {
            return TlsClient.of(complete);
        } catch (IllegalArgumentException e) {
            var message = String.valueOf(e.getMessage());
            throw new IllegalArgumentException(keyOf(message, ca, key) + " is refused: " + message, e);
        }
    }

    /**
     * The name that a server is asked for.
     *
     * @param sniName key {@code sni.name}, empty for the name of the target
     * @return null for none, because the target is an address
     * @throws IllegalArgumentException if it is no name, naming the key
     */
    public static @Nullable String serverName(String sniName, InetSocketAddress target) {
        if (sniName.isEmpty()) {
            return target.isUnresolved() ? target.getHostString() : null;
        }
        try {
            return new SNIHostName(sniName).getAsciiName();
        } catch (IllegalArgumentException e) {
            throw refused("sni.name", sniName, "a host name");
        }
    }

    /** Whose file the message names. */
    private static String keyOf(String message, String ca, String key) {
        if (message.contains("file " + ca + " ")) {
            return "ca";
        }
        return message.contains("file " + key + " ") ? "key" : "certificate";
    }

    private static Path file(String key, String name) {
        if (!name.startsWith("/")) {
            throw refused(key, name, "an absolute path");
        }
        return Path.of(name);
    }
}
