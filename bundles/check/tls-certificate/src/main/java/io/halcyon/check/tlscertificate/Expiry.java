package io.halcyon.check.tlscertificate;

import io.halcyon.spi.check.CheckResult;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * How long certificates have to be good for. Immutable.
 *
 * @param warn with less left it is DEGRADED
 * @param down with less left it is DOWN
 */
record Expiry(Duration warn, Duration down) {

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /**
     * Judges a chain as a server sends it. Its own certificate is the first; a root that it sends needlessly does not matter, since
     * who trusts it has a copy.
     */
    CheckResult judge(String server, List<X509Certificate> chain, Instant now) {
        var soonest = soonest(chain);
        for (var certificate : chain) {
            if (counts(chain, certificate) && begin(certificate).isAfter(now)) {
                return CheckResult.down(server + ": " + nameIn(chain, certificate) + " is not valid before "
                        + DAY.format(begin(certificate)));
            }
        }
        var left = Duration.between(now, end(soonest));
        var words = server + ": " + nameIn(chain, soonest);
        var day = DAY.format(end(soonest));
        if (left.isNegative()) {
            return CheckResult.down(words + " expired on " + day);
        }
        if (left.compareTo(down) < 0) {
            return CheckResult.down(words + " expires on " + day + ", days.down is " + Days.text(down));
        }
        if (left.compareTo(warn) < 0) {
            return CheckResult.degraded(words + " expires on " + day + ", days.warn is " + Days.text(warn));
        }
        return CheckResult.up(words + " is valid until " + day);
    }

    /** The certificate that expires first. */
    static X509Certificate soonest(List<X509Certificate> chain) {
        var soonest = chain.get(0);
        for (var certificate : chain) {
            if (counts(chain, certificate) && end(certificate).isBefore(end(soonest))) {
                soonest = certificate;
            }
        }
        return soonest;
    }

    static Instant end(X509Certificate certificate) {
        return certificate.getNotAfter().toInstant();
    }

    private static Instant begin(X509Certificate certificate) {
        return certificate.getNotBefore().toInstant();
    }

    private static boolean counts(List<X509Certificate> chain, X509Certificate certificate) {
        boolean root = certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
        return certificate.equals(chain.get(0)) || !root;
    }

    private static String nameIn(List<X509Certificate> chain, X509Certificate certificate) {
        return certificate.equals(chain.get(0))
                ? "the certificate"
                : "the certificate of its authority " + Facts.subject(certificate);
    }
}
