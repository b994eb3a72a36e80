package io.halcyon.tls;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Who a server has to be. Looked at after every handshake: a resumed one shows no certificate, but dates go by.
 *
 * @param name host name, or address as a literal
 */
record ServerIdentity(String name) {

    private static final int SAN_DNS = 2;
    private static final int SAN_ADDRESS = 7;
    private static final int NAMES_SHOWN = 5;
    private static final Pattern IPV4 =
            Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}(25[0-5]|2[0-4]\\d|1?\\d?\\d)");
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /**
     * Looks at the certificate of a session.
     *
     * @throws RefusedCertificate if it is not valid today, or not issued for the name
     */
    void check(SSLSession session) throws RefusedCertificate {
        X509Certificate certificate;
        try {
            certificate = (X509Certificate) session.getPeerCertificates()[0];
        } catch (SSLPeerUnverifiedException e) {
            throw new RefusedCertificate("the server showed no certificate", e);
        }
        var fault = faultOfDates(certificate);
        if (fault != null) {
            throw new RefusedCertificate(fault, null);
        }
        if (!isIssuedFor(certificate, name)) {
            throw new RefusedCertificate(
                    "the certificate is issued for " + String.join(", ", namesOf(certificate)) + ", not for " + name,
                    null);
        }
    }

    /** What is wrong with the dates of a certificate, null if nothing is. */
    static @Nullable String faultOfDates(X509Certificate certificate) {
        try {
            certificate.checkValidity();
            return null;
        } catch (CertificateExpiredException e) {
            return "the certificate of " + nameOf(certificate) + " expired on " + day(certificate.getNotAfter());
        } catch (CertificateNotYetValidException e) {
            return "the certificate of " + nameOf(certificate) + " is not valid before "
                    + day(certificate.getNotBefore());
        }
    }

    /** The name that a person knows a certificate by. */
    static String nameOf(X509Certificate certificate) {
        return namesOf(certificate).get(0);
    }

    static boolean isAddress(String name) {
        // Exact, since the JDK asks DNS for what looks like an address and is none.
        return name.indexOf(':') >= 0 || IPV4.matcher(name).matches();
    }

    static boolean isIssuedFor(X509Certificate certificate, String name) {
        try {
            var alternatives = certificate.getSubjectAlternativeNames();
            if (isAddress(name)) {
                return alternatives != null && hasAddress(alternatives, InetAddress.getByName(name));
            }
            if (alternatives == null) {
                return matches(commonName(certificate), name);
            }
            return texts(alternatives, SAN_DNS).stream().anyMatch(pattern -> matches(pattern, name));
        } catch (CertificateException | UnknownHostException e) {
            return false;
        }
    }

    private static boolean hasAddress(Collection<List<?>> alternatives, InetAddress address)
            throws UnknownHostException {
        for (var text : texts(alternatives, SAN_ADDRESS)) {
            if (isAddress(text) && InetAddress.getByName(text).equals(address)) {
                return true;
            }
        }
        return false;
    }

    // RFC 9525 section 6.3: the wildcard is the whole left-most label and stands for one label.
    private static boolean matches(String pattern, String name) {
        if (!pattern.startsWith("*.")) {
            return pattern.equalsIgnoreCase(name);
        }
        int dot = name.indexOf('.');
        return dot > 0 && pattern.indexOf('.', 2) > 0 && pattern.substring(1).equalsIgnoreCase(name.substring(dot));
    }

    private static List<String> namesOf(X509Certificate certificate) {
        var names = new ArrayList<String>();
        try {
            var alternatives = certificate.getSubjectAlternativeNames();
            if (alternatives != null) {
                names.addAll(texts(alternatives, SAN_DNS));
                names.addAll(texts(alternatives, SAN_ADDRESS));
            }
        } catch (CertificateParsingException e) {
            names.clear();
        }
        if (names.isEmpty()) {
            names.add(Sentence.oneLine(commonName(certificate)));
        }
        if (names.size() > NAMES_SHOWN) {
            names.subList(NAMES_SHOWN, names.size()).clear();
            names.add("and others");
        }
        return names;
    }

    private static List<String> texts(Collection<List<?>> alternatives, int kind) {
        var texts = new ArrayList<String>();
        for (var alternative : alternatives) {
            if (alternative.get(0) instanceof Integer number
                    && number == kind
                    && alternative.get(1) instanceof String text) {
                texts.add(Sentence.oneLine(text));
            }
        }
        return texts;
    }

    private static String commonName(X509Certificate certificate) {
        var subject = certificate.getSubjectX500Principal().getName();
        try {
            for (var part : new LdapName(subject).getRdns()) {
                if (part.getType().equalsIgnoreCase("CN")) {
                    return String.valueOf(part.getValue());
                }
            }
        } catch (InvalidNameException e) {
            return subject;
        }
        return subject;
    }

    private static String day(Date date) {
        return DAY.format(date.toInstant());
    }
}
