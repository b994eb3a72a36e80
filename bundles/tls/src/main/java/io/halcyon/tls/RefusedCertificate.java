package io.halcyon.tls;

import java.security.cert.CertificateException;
import org.jspecify.annotations.Nullable;

/** A certificate that we do not take, with one sentence that says why. */
final class RefusedCertificate extends CertificateException {

    private static final long serialVersionUID = 1L;

    RefusedCertificate(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
