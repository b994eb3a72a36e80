package io.halcyon.tls;

import io.halcyon.spi.check.CheckRun;
import javax.net.ssl.SSLSession;
import org.osgi.annotation.versioning.ProviderType;

/** What a handler gets from {@link TlsClient}: a connection whose handshake is done. Plaintext goes in and comes out. */
@ProviderType
public interface TlsConnection extends CheckRun.Connection {

    /** Certificates of the peer, protocol and cipher. */
    SSLSession session();

    /** What was agreed upon by ALPN, empty if nothing was. */
    String applicationProtocol();
}
