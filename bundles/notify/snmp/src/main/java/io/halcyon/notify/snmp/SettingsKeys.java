package io.halcyon.notify.snmp;

import io.halcyon.spi.keys.KeyValue;
import java.util.Locale;
import java.util.regex.Pattern;

/** Turns keys into settings, or says which key contradicts which. */
final class SettingsKeys {

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:_-]+");
    private static final Pattern OID = Pattern.compile("[012](\\.(0|[1-9][0-9]{0,8})){3,40}");
    private static final String MASK = "***";

    /** RFC 3414 section 11.2. */
    private static final int LEAST_PASSWORD = 8;

    private final SnmpKeys keys;

    private SettingsKeys(SnmpKeys keys) {
        this.keys = keys;
    }

    /**
     * Reads settings.
     *
     * @throws IllegalArgumentException naming the key and what is allowed
     */
    static SnmpSettings read(SnmpKeys keys) {
        return new SettingsKeys(keys).settings();
    }

    private SnmpSettings settings() {
        return new SnmpSettings(
                matching(HOST, "server", keys.server(), "a host name or an IP address"),
                keys.port(),
                keys.version().equals("v3") ? user() : community(),
                keys.inform(),
                new SnmpSettings.Patience(Math.round(keys.timeout() * 1_000), keys.retries()),
                new SnmpSettings.Contents(keys.rfc_mib(), eventOid()),
                engineId());
    }

    private SnmpSettings.Access community() {
        if (keys.community().isEmpty()) {
            throw KeyValue.refused("community", "", "a community, or version = v3 with a user");
        }
        if (!keys.user().isEmpty()) {
            throw KeyValue.refused("user", keys.user(), "nothing unless version = v3");
        }
        if (!keys.auth_password().isEmpty()) {
            throw KeyValue.refused("auth.password", MASK, "nothing unless version = v3");
        }
        if (!keys.priv_password().isEmpty()) {
            throw KeyValue.refused("priv.password", MASK, "nothing unless version = v3");
        }
        return new SnmpSettings.Access.Community(keys.community());
    }

    private SnmpSettings.Access user() {
        if (!keys.community().isEmpty()) {
            throw KeyValue.refused("community", MASK, "nothing unless version = v2c");
        }
        if (keys.user().isBlank() || keys.user().length() > 32) {
            throw KeyValue.refused("user", keys.user(), "a name of 1 to 32 characters with version = v3");
        }
        if (keys.auth_password().length() < LEAST_PASSWORD) {
            throw KeyValue.refused("auth.password", MASK, "at least 8 characters with version = v3");
        }
        var privacy = keys.priv_password();
        if (!privacy.isEmpty() && privacy.length() < LEAST_PASSWORD) {
            throw KeyValue.refused("priv.password", MASK, "at least 8 characters, or nothing");
        }
        return new SnmpSettings.Access.User(
                keys.user(), keys.auth_protocol(), keys.auth_password(), keys.priv_protocol(), privacy);
    }

    private String engineId() {
        var written = keys.engine_id();
        if (written.isEmpty()) {
            return written;
        }
        var allowed = "5 to 32 bytes in hexadecimal, such as 0x80001370046c6231, not all of them 00 or ff";
        var digits = written.replaceFirst("^0[xX]", "").replace(":", "");
        if (!digits.matches("([0-9a-fA-F]{2}){5,32}") || digits.matches("0+|[fF]+")) {
            throw KeyValue.refused("engine.id", written, allowed);
        }
        return digits.toLowerCase(Locale.ROOT);
    }

    private String eventOid() {
        var written = keys.event_oid();
        if (written.isEmpty()) {
            return written;
        }
        var oid = written.replaceFirst("^\\.", "");
        if (oid.equals(Oids.KEEPALIVED) || oid.startsWith(Oids.KEEPALIVED + ".")) {
            throw KeyValue.refused("event.oid", written, "an OID that is yours, not keepalived's");
        }
        var allowed = "an OID such as 1.3.6.1.4.1.NUMBER.1, with the number of your enterprise";
        return matching(OID, "event.oid", oid, allowed);
    }

    private static String matching(Pattern pattern, String key, String value, String allowed) {
        if (!pattern.matcher(value).matches()) {
            throw KeyValue.refused(key, value, allowed);
        }
        return value;
    }
}
