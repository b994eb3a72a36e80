package io.halcyon.tls;

import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Says whether a server's certificates lead to an authority that we trust, and if not, why in one sentence. */
final class ChainTrust extends X509ExtendedTrustManager {

    private final X509ExtendedTrustManager jdk;

    private ChainTrust(X509ExtendedTrustManager jdk) {
        this.jdk = jdk;
    }

    /** Of the authorities in a file, or of those that the JDK came with. */
    static ChainTrust of(@Nullable Path caFile) {
        try {
            return new ChainTrust(caFile == null ? JdkAuthorities.TRUST : trust(authorities(caFile)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK cannot verify certificates", e);
        }
    }

    private static KeyStore authorities(Path file) throws GeneralSecurityException {
        var store = PemFile.emptyStore();
        int number = 0;
        for (var certificate : PemFile.read(file).certificates()) {
            store.setCertificateEntry("ca" + number++, certificate);
        }
        return store;
    }

    private static X509ExtendedTrustManager trust(@Nullable KeyStore authorities) throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(authorities);
        for (var manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager found) {
                return found;
            }
        }
        throw new GeneralSecurityException("no trust manager for X.509");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String method, SSLEngine engine)
            throws CertificateException {
        try {
            jdk.checkServerTrusted(chain, method, engine);
        } catch (CertificateException e) {
            throw new RefusedCertificate(sentence(chain, e), e);
        }
    }

    private static String sentence(X509Certificate[] chain, CertificateException e) {
        for (var certificate : chain) {
            var fault = ServerIdentity.faultOfDates(certificate);
            if (fault != null) {
                return fault;
            }
        }
        var what = "the certificate of " + ServerIdentity.nameOf(chain[0]);
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertPathBuilderException) {
                return what + " is not signed by a known authority, " + issuer(chain);
            }
            if (cause instanceof CertPathValidatorException invalid
                    && invalid.getReason() == BasicReason.ALGORITHM_CONSTRAINED) {
                return what + " uses an algorithm that this JDK holds for too weak: " + Sentence.oneLine(invalid);
            }
        }
        return what + " is not accepted: " + Sentence.oneLine(e);
    }

    private static String issuer(X509Certificate[] chain) {
        var last = chain[chain.length - 1];
        return last.getSubjectX500Principal().equals(last.getIssuerX500Principal())
                ? "the last of the chain signed itself"
                : "which would be "
                        + Sentence.oneLine(last.getIssuerX500Principal().getName());
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String method) throws CertificateException {
        jdk.checkServerTrusted(chain, method);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String method, Socket socket) throws CertificateException {
        try {
            jdk.checkServerTrusted(chain, method, socket);
        } catch (CertificateException e) {
            throw new RefusedCertificate(sentence(chain, e), e);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String method) throws CertificateException {
        jdk.checkClientTrusted(chain, method);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String method, Socket socket) throws CertificateException {
        jdk.checkClientTrusted(chain, method, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String method, SSLEngine engine)
            throws CertificateException {
        jdk.checkClientTrusted(chain, method, engine);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return jdk.getAcceptedIssuers();
    }

    /** Read once: they are many. */
    private static final class JdkAuthorities {

        static final X509ExtendedTrustManager TRUST = load();

        private static X509ExtendedTrustManager load() {
            try {
                return trust(null);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this JDK cannot verify certificates", e);
            }
        }
    }
}
