package io.halcyon.notify.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Proves that a request is ours and of this moment: HMAC-SHA256 over the time, a dot and the body. */
final class Signature {

    /** Header field with the seconds since 1970 at which the request was made. */
    static final String TIMESTAMP = "X-Halcyon-Timestamp";

    private static final String ALGORITHM = "HmacSHA256";

    private final String header;
    private final SecretKeySpec key;

    Signature(String header, String secret) {
        this.header = header;
        this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    /** Header field that carries it. */
    String header() {
        return header;
    }

    /** {@code sha256=} and hexadecimal digits. */
    String of(long epochSeconds, byte[] body) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((epochSeconds + ".").getBytes(StandardCharsets.US_ASCII));
            return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no " + ALGORITHM, e);
        }
    }
}
