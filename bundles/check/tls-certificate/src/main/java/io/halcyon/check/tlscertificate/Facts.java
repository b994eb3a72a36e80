package io.halcyon.check.tlscertificate;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** What a person wants to know of a session. */
final class Facts {

    private static final int MOST_CHARACTERS = 200;
    private static final int MOST_NAMES = 10;

    private Facts() {}

    /** The certificates that a server showed, its own first; empty if it showed none. */
    static List<X509Certificate> chain(SSLSession session) {
        var chain = new ArrayList<X509Certificate>();
        try {
            for (var certificate : session.getPeerCertificates()) {
                chain.add((X509Certificate) certificate);
            }
        } catch (SSLPeerUnverifiedException none) {
            return List.of();
        }
        return chain;
    }

    static Map<String, String> of(SSLSession session, List<X509Certificate> chain, Instant now) {
        var own = chain.get(0);
        var soonest = Expiry.end(Expiry.soonest(chain));
        var facts = new TreeMap<String, String>();
        facts.put("subject", subject(own));
        facts.put("issuer", shown(own.getIssuerX500Principal().getName()));
        facts.put("names", String.join(", ", names(own)));
        facts.put("serial", own.getSerialNumber().toString(16));
        facts.put("key", own.getPublicKey().getAlgorithm());
        facts.put("chain", Integer.toString(chain.size()));
        facts.put("not.after", soonest.toString());
        facts.put("days.left", Days.text(Duration.between(now, soonest)));
        facts.put("protocol", session.getProtocol());
        facts.put("cipher", session.getCipherSuite());
        return facts;
    }

    static String subject(X509Certificate certificate) {
        return shown(certificate.getSubjectX500Principal().getName());
    }

    private static List<String> names(X509Certificate certificate) {
        try {
            var alternatives = certificate.getSubjectAlternativeNames();
            if (alternatives == null) {
                return List.of();
            }
            return alternatives.stream()
                    .map(alternative -> alternative.get(1))
                    .filter(String.class::isInstance)
                    .map(name -> shown(name.toString()))
                    .limit(MOST_NAMES)
                    .toList();
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }

    /** Printable ASCII, not too much of it: a certificate may say anything. */
    private static String shown(String text) {
        return text.substring(0, Math.min(text.length(), MOST_CHARACTERS)).replaceAll("[^ -~]", ".");
    }
}
