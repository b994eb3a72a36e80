package io.halcyon.notify.snmp;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** Keys of the type {@code snmp}. */
@ObjectClassDefinition(name = "snmp", description = "Sends traps or informs with keepalived's OIDs.")
@interface SnmpKeys {

    @AttributeDefinition(name = "Server", description = "Name or address of the machine that receives traps.")
    String server();

    @AttributeDefinition(name = "Port", description = "Its port.", min = "1", max = "65535")
    int port() default 162;

    @AttributeDefinition(
            name = "Version",
            description = "v2c: with a community, in clear text; v3: with a user, authenticated and encrypted.",
            options = {@Option("v2c"), @Option("v3")})
    String version() default "v2c";

    @AttributeDefinition(
            name = "Community",
            description = "Community of v2c, without which nothing is sent.",
            required = false,
            type = AttributeType.PASSWORD)
    String community() default "";

    @AttributeDefinition(name = "User", description = "User of v3.", required = false)
    String user() default "";

    @AttributeDefinition(
            name = "Authentication protocol",
            description = "How messages of v3 are authenticated; MD5 for receivers that know nothing better.",
            options = {
                @Option("SHA256"),
                @Option("SHA224"),
                @Option("SHA384"),
                @Option("SHA512"),
                @Option("SHA"),
                @Option("MD5")
            })
    String auth_protocol() default "SHA256";

    @AttributeDefinition(
            name = "Authentication password",
            description = "Password of the user of v3, at least 8 characters.",
            required = false,
            type = AttributeType.PASSWORD)
    String auth_password() default "";

    @AttributeDefinition(
            name = "Privacy protocol",
            description = "How messages of v3 are encrypted: AES with 128 bits, or AES256.",
            options = {@Option("AES"), @Option("AES256")})
    String priv_protocol() default "AES";

    @AttributeDefinition(
            name = "Privacy password",
            description = "Password for the encryption of v3, at least 8 characters; empty: not encrypted.",
            required = false,
            type = AttributeType.PASSWORD)
    String priv_password() default "";

    @AttributeDefinition(
            name = "Engine ID",
            description =
                    "Engine ID of this node for traps of v3, hexadecimal, 5 to 32 bytes; empty: made of router.id.",
            required = false)
    String engine_id() default "";

    @AttributeDefinition(
            name = "Inform",
            description = "Whether the receiver is asked for an answer; without, nobody knows whether a trap arrived.")
    boolean inform() default true;

    @AttributeDefinition(
            name = "Timeout",
            description = "Seconds within which the receiver must answer each message.",
            min = "0.1",
            max = "9")
    double timeout() default 5;

    @AttributeDefinition(
            name = "Retries",
            description = "How often a message without an answer is sent again before the attempt has failed.",
            min = "0",
            max = "5")
    int retries() default 2;

    @AttributeDefinition(
            name = "RFC MIB",
            description = "Whether a new master is told of by the notification of RFC 2787 or RFC 6527 as well.",
            options = {@Option("none"), @Option("2787"), @Option("6527")})
    String rfc_mib() default "none";

    @AttributeDefinition(
            name = "Event OID",
            description =
                    "OID of your own under which every event is told of, also those that keepalived has no trap for;"
                            + " empty: only those that it has one for.",
            required = false)
    String event_oid() default "";
}
