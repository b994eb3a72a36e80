package io.halcyon.tls;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a client speaks TLS. Begin with {@link #DEFAULT}.
 *
 * @param caFile PEM file with the certificates of the authorities that are trusted, null for those of the JDK
 * @param clientCertificate what the client shows when it is asked, null for nothing
 * @param verify whether the server's certificate must be valid, signed by an authority that is trusted, and issued for the name
 * @param verifyName name or address that the certificate must be issued for, empty for the server's name or its address
 * @param minimumProtocol oldest protocol that is spoken: {@code TLSv1.2} or {@code TLSv1.3}
 * @param maximumProtocol newest protocol that is spoken, of the same two. A session of TLS 1.2 is resumed without any public
 *     key operation; one of TLS 1.3 takes a new key agreement each time, several times the work
 * @param applicationProtocols what is offered by ALPN, best first
 * @param closeNotify whether an end of ours is announced to the server before the connection is closed
 */
public record TlsOptions(
        @Nullable Path caFile,
        @Nullable ClientCertificate clientCertificate,
        boolean verify,
        String verifyName,
        String minimumProtocol,
        String maximumProtocol,
        List<String> applicationProtocols,
        boolean closeNotify) {

    /** Authorities of the JDK, everything verified, TLS 1.2 and 1.3, no ALPN. */
    public static final TlsOptions DEFAULT =
            new TlsOptions(null, null, true, "", "TLSv1.2", "TLSv1.3", List.of(), false);

    /**
     * Certificate of a client.
     *
     * @param chainFile PEM file with the client's certificate, then those of its authorities
     * @param keyFile PEM file with the private key (PKCS#8, RSA or EC, not encrypted)
     */
    public record ClientCertificate(Path chainFile, Path keyFile) {}

    /**
     * @throws IllegalArgumentException if a protocol is none of the two, or the oldest is newer than the newest
     */
    public TlsOptions {
        applicationProtocols = List.copyOf(applicationProtocols);
        requireProtocol(minimumProtocol);
        requireProtocol(maximumProtocol);
        if (minimumProtocol.compareTo(maximumProtocol) > 0) {
            throw new IllegalArgumentException("protocols from " + minimumProtocol + " to " + maximumProtocol
                    + ": allowed is from the older to the newer");
        }
    }

    private static void requireProtocol(String protocol) {
        if (!protocol.equals("TLSv1.2") && !protocol.equals("TLSv1.3")) {
            throw new IllegalArgumentException("protocol " + protocol + ": allowed is TLSv1.2 or TLSv1.3");
        }
    }

    /** All that are spoken, newest first. */
    List<String> protocols() {
        return minimumProtocol.equals(maximumProtocol)
                ? List.of(minimumProtocol)
                : List.of(maximumProtocol, minimumProtocol);
    }

    public TlsOptions withCaFile(Path file) {
        return new TlsOptions(
                file,
                clientCertificate,
                verify,
                verifyName,
                minimumProtocol,
                maximumProtocol,
                applicationProtocols,
                closeNotify);
    }

    public TlsOptions withClientCertificate(Path chainFile, Path keyFile) {
        var certificate = new ClientCertificate(chainFile, keyFile);
        return new TlsOptions(
                caFile,
                certificate,
                verify,
                verifyName,
                minimumProtocol,
                maximumProtocol,
                applicationProtocols,
                closeNotify);
    }

    public TlsOptions withVerify(boolean on) {
        return new TlsOptions(
                caFile,
                clientCertificate,
                on,
                verifyName,
                minimumProtocol,
                maximumProtocol,
                applicationProtocols,
                closeNotify);
    }

    public TlsOptions withVerifyName(String name) {
        return new TlsOptions(
                caFile,
                clientCertificate,
                verify,
                name,
                minimumProtocol,
                maximumProtocol,
                applicationProtocols,
                closeNotify);
    }

    public TlsOptions withMinimumProtocol(String protocol) {
        return new TlsOptions(
                caFile,
                clientCertificate,
                verify,
                verifyName,
                protocol,
                maximumProtocol,
                applicationProtocols,
                closeNotify);
    }

    public TlsOptions withMaximumProtocol(String protocol) {
        return new TlsOptions(
                caFile,
                clientCertificate,
                verify,
                verifyName,
                minimumProtocol,
                protocol,
                applicationProtocols,
                closeNotify);
    }

    public TlsOptions withApplicationProtocols(String... protocols) {
        return new TlsOptions(
                caFile,
                clientCertificate,
                verify,
                verifyName,
                minimumProtocol,
                maximumProtocol,
                List.of(protocols),
                closeNotify);
    }

    public TlsOptions withCloseNotify(boolean on) {
        return new TlsOptions(
                caFile,
                clientCertificate,
                verify,
                verifyName,
                minimumProtocol,
                maximumProtocol,
                applicationProtocols,
                on);
    }
}
