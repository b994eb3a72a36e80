package io.halcyon.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Certificates and keys as text. What cannot be used is an {@link IllegalArgumentException} that names the file.
 *
 * @param file where the text is from
 * @param text what it says
 */
record PemFile(Path file, String text) {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([^-]{1,100000})-----END \\1-----");
    private static final long MOST_BYTES = 2 << 20;

    static PemFile read(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw refused(file, "it is longer than 2 MiB", "a PEM file");
            }
            return new PemFile(file, Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "file " + file + " cannot be read (" + e.getClass().getSimpleName()
                            + "): allowed is a PEM file that Halcyon's user can read",
                    e);
        }
    }

    /** All certificates in their order, at least one. */
    List<X509Certificate> certificates() {
        var allowed = "a PEM file with -----BEGIN CERTIFICATE-----";
        var certificates = new ArrayList<X509Certificate>();
        var blocks = BLOCK.matcher(text);
        while (blocks.find()) {
            if (blocks.group(1).equals("CERTIFICATE") || blocks.group(1).equals("X509 CERTIFICATE")) {
                certificates.add(certificate(decoded(blocks.group(2), allowed), allowed));
            }
        }
        if (certificates.isEmpty()) {
            throw refused(file, "it holds no certificate", allowed);
        }
        return List.copyOf(certificates);
    }

    /** The first private key. */
    PrivateKey privateKey() {
        var allowed = "a private key in PKCS#8 (-----BEGIN PRIVATE KEY-----), RSA or EC";
        var blocks = BLOCK.matcher(text);
        while (blocks.find()) {
            var kind = blocks.group(1);
            if (kind.equals("PRIVATE KEY")) {
                return key(decoded(blocks.group(2), allowed), allowed);
            }
            if (kind.equals("ENCRYPTED PRIVATE KEY")) {
                throw refused(file, "its key is encrypted", allowed + "; to convert: " + conversion());
            }
            if (kind.endsWith("PRIVATE KEY")) {
                throw refused(
                        file, "its key is not in PKCS#8 (" + kind + ")", allowed + "; to convert: " + conversion());
            }
        }
        throw refused(file, "it holds no private key", allowed);
    }

    static KeyStore emptyStore() throws GeneralSecurityException {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            return store;
        } catch (IOException e) {
            throw new GeneralSecurityException(e);
        }
    }

    static IllegalArgumentException refused(Path file, String fault, String allowed) {
        return new IllegalArgumentException("file " + file + " cannot be used, " + fault + ": allowed is " + allowed);
    }

    private String conversion() {
        return "openssl pkcs8 -topk8 -nocrypt -in " + file + " -out NEW.pem";
    }

    private byte[] decoded(String base64, String allowed) {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw refused(file, "it is not Base64 between its dashes", allowed);
        }
    }

    private X509Certificate certificate(byte[] encoded, String allowed) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
        } catch (CertificateException e) {
            throw refused(file, "one of its certificates is damaged", allowed);
        }
    }

    private PrivateKey key(byte[] encoded, String allowed) {
        var key = key("RSA", encoded);
        var found = key == null ? key("EC", encoded) : key;
        if (found == null) {
            throw refused(file, "its key is damaged or neither RSA nor EC", allowed);
        }
        return found;
    }

    private static @Nullable PrivateKey key(String algorithm, byte[] encoded) {
        try {
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (InvalidKeySpecException otherAlgorithm) {
            return null;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no " + algorithm, e);
        }
    }
}
