package io.halcyon.console.shell.page;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Whose certificates are taken. */
public final class Trust {

    private final SSLContext context;
    private final boolean verified;

    private Trust(boolean verified, TrustManager[] managers) {
        this.verified = verified;
        try {
            context = SSLContext.getInstance("TLS");
            context.init(null, managers, null);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK speaks TLS", e);
        }
    }

    /** Anybody's, as keepalived does. */
    public static Trust anybody() {
        return new Trust(false, new TrustManager[] {new AnyCertificate()});
    }

    /**
     * Those that are signed by one of these authorities and issued for the host.
     *
     * @param file with certificates in PEM; empty for the JDK's own
     */
    public static Trust authorities(String file) {
        try {
            KeyStore store = file.isEmpty() ? null : store(file);
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return new Trust(true, factory.getTrustManagers());
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "--ca " + file + " is refused: allowed is a file with certificates in PEM that can be read", e);
        }
    }

    boolean isVerified() {
        return verified;
    }

    SSLSocket over(Socket socket, HostPort name, int port) throws IOException {
        var secure = (SSLSocket) context.getSocketFactory().createSocket(socket, name.host(), port, true);
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setServerNames(name.isAddress() ? List.of() : List.of(new SNIHostName(name.host())));
        parameters.setEndpointIdentificationAlgorithm(verified ? "HTTPS" : "");
        secure.setSSLParameters(parameters);
        return secure;
    }

    private static KeyStore store(String file) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        List<Certificate> certificates = new ArrayList<>();
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            certificates.addAll(CertificateFactory.getInstance("X.509").generateCertificates(in));
        }
        if (certificates.isEmpty()) {
            throw new IOException("there is none");
        }
        for (Certificate certificate : certificates) {
            store.setCertificateEntry("ca" + store.size(), certificate);
        }
        return store;
    }

    /** Takes all of them, with any name and date. */
    private static final class AnyCertificate extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
