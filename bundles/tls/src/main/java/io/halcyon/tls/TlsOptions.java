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
 * @param applicationProtocols what is offered by ALPN, best first
 * @param closeNotify whether an end of ours is announced to the server before the connection is closed
 */
public record TlsOptions(
        @Nullable Path caFile,
        @Nullable ClientCertificate clientCertificate,
        boolean verify,
        String verifyName,
        String minimumProtocol,
        List<String> applicationProtocols,
        boolean closeNotify) {

    /** Authorities of the JDK, everything verified, TLS 1.2 and 1.3, no ALPN. */
    public static final TlsOptions DEFAULT = new TlsOptions(null, null, true, "", "TLSv1.2", List.of(), false);

    /**
     * Certificate of a client.
     *
     * @param chainFile PEM file with the client's certificate, then those of its authorities
     * @param keyFile PEM file with the private key (PKCS#8, RSA or EC, not encrypted)
     */
    public record ClientCertificate(Path chainFile, Path keyFile) {}

    /**
     * @throws IllegalArgumentException if the protocol is none of the two
     */
    public TlsOptions {
        applicationProtocols = List.copyOf(applicationProtocols);
        if (!minimumProtocol.equals("TLSv1.2") && !minimumProtocol.equals("TLSv1.3")) {
            throw new IllegalArgumentException("protocol " + minimumProtocol + ": allowed is TLSv1.2 or TLSv1.3");
        }
    }

    public TlsOptions withCaFile(Path file) {
        return new TlsOptions(
                file, clientCertificate, verify, verifyName, minimumProtocol, applicationProtocols, closeNotify);
    }

    public TlsOptions withClientCertificate(Path chainFile, Path keyFile) {
        var certificate = new ClientCertificate(chainFile, keyFile);
        return new TlsOptions(
                caFile, certificate, verify, verifyName, minimumProtocol, applicationProtocols, closeNotify);
    }

    public TlsOptions withVerify(boolean on) {
        return new TlsOptions(
                caFile, clientCertificate, on, verifyName, minimumProtocol, applicationProtocols, closeNotify);
    }

    public TlsOptions withVerifyName(String name) {
        return new TlsOptions(
                caFile, clientCertificate, verify, name, minimumProtocol, applicationProtocols, closeNotify);
    }

    public TlsOptions withMinimumProtocol(String protocol) {
        return new TlsOptions(
                caFile, clientCertificate, verify, verifyName, protocol, applicationProtocols, closeNotify);
    }

    public TlsOptions withApplicationProtocols(String... protocols) {
        return new TlsOptions(
                caFile, clientCertificate, verify, verifyName, minimumProtocol, List.of(protocols), closeNotify);
    }

    public TlsOptions withCloseNotify(boolean on) {
        return new TlsOptions(caFile, clientCertificate, verify, verifyName, minimumProtocol, applicationProtocols, on);
    }
}
