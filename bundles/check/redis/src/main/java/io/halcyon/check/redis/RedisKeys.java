package io.halcyon.check.redis;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** Keys of the type {@code redis}. */
@ObjectClassDefinition(name = "redis", description = "Up while a Redis server answers and is what it should be.")
@interface RedisKeys {

    @AttributeDefinition(name = "Connect to", description = "Address or host name of the server.")
    String connect_ip() default "127.0.0.1";

    @AttributeDefinition(name = "Port", description = "Port of the server.", min = "1", max = "65535")
    int connect_port() default 6379;

    @AttributeDefinition(
            name = "Connect timeout",
            description = "Seconds within which the connection must be open, TLS included; 0 means that timeout alone"
                    + " limits it.",
            min = "0",
            max = "3600")
    double connect_timeout() default 0;

    @AttributeDefinition(
            name = "User",
            description = "ACL user to log in as; empty: the default one.",
            required = false)
    String user() default "";

    @AttributeDefinition(
            name = "Password",
            description = "Password to log in with; better kept in a file named by password.file. Empty: no login.",
            required = false,
            type = AttributeType.PASSWORD)
    String password() default "";

    @AttributeDefinition(
            name = "Role",
            description = "What the server has to be.",
            options = {@Option("any"), @Option("master"), @Option("replica")})
    String role() default "any";

    @AttributeDefinition(
            name = "INFO",
            description = "DOWN unless these hold of INFO: fields with = != < <= > >= and a value.",
            required = false)
    String[] info() default {};

    @AttributeDefinition(name = "INFO, warning", description = "DEGRADED unless these hold of INFO.", required = false)
    String[] info_warn() default {};

    @AttributeDefinition(name = "TLS", description = "Whether the server is spoken to in TLS.")
    boolean tls() default false;

    @AttributeDefinition(
            name = "CA file",
            description = "PEM file with the certificates to trust instead of the JDK's.",
            required = false)
    String ca() default "";

    @AttributeDefinition(
            name = "Verify",
            description = "Whether the certificate must be valid, trusted and issued for the name.")
    boolean verify() default true;

    @AttributeDefinition(
            name = "Client certificate",
            description = "PEM file with a certificate to show, and those above it; needs key.",
            required = false)
    String certificate() default "";

    @AttributeDefinition(
            name = "Client key",
            description = "PEM file with the key of that certificate (PKCS#8).",
            required = false)
    String key() default "";

    @AttributeDefinition(
            name = "Server name",
            description = "Name that is asked for (SNI) and verified, if it is not the host name.",
            required = false)
    String sni_name() default "";

    @AttributeDefinition(
            name = "Source address",
            description = "Address of this machine from which connections come; empty: the route decides.",
            required = false)
    String bindto() default "";

    @AttributeDefinition(
            name = "Source port",
            description = "Port from which connections come; 0: any.",
            min = "0",
            max = "65535")
    int bind_port() default 0;

    @AttributeDefinition(
            name = "Interface",
            description = "Interface by which packets go and come; empty: the route decides.",
            required = false)
    String bind_if() default "";

    @AttributeDefinition(
            name = "Firewall mark",
            description = "Mark of what is sent, for firewall and routing rules; 0 means none.",
            min = "0",
            max = "2147483647")
    int fwmark() default 0;
}
