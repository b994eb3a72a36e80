package io.halcyon.tls;

import java.net.Socket;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Takes whatever a server shows: for who only wants to know whether it answers. */
final class AnyCertificate extends X509ExtendedTrustManager {

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String method) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String method, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String method, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String method) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String method, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String method, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
