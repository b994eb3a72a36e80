package io.halcyon.notify.syslog;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** Keys of the type {@code syslog}. */
@ObjectClassDefinition(name = "syslog", description = "Writes a line to syslog per event.")
@interface SyslogKeys {

    @AttributeDefinition(
            name = "Transport",
            description = "local: the socket of this machine; udp, tcp, tls: a server.",
            options = {@Option("local"), @Option("udp"), @Option("tcp"), @Option("tls")})
    String transport() default "local";

    @AttributeDefinition(name = "Server", description = "Name or address of the server, unless transport is local.")
    String server() default "127.0.0.1";

    @AttributeDefinition(
            name = "Port",
            description = "Port of the server; 0 means 514, with tls 6514.",
            min = "0",
            max = "65535")
    int port() default 0;

    @AttributeDefinition(name = "Socket", description = "Path of the socket with transport = local.")
    String socket() default "/dev/log";

    @AttributeDefinition(
            name = "Facility",
            description = "What part of the system it is said to come from.",
            options = {
                @Option("kern"),
                @Option("user"),
                @Option("mail"),
                @Option("daemon"),
                @Option("auth"),
                @Option("syslog"),
                @Option("lpr"),
                @Option("news"),
                @Option("uucp"),
                @Option("cron"),
                @Option("authpriv"),
                @Option("ftp"),
                @Option("local0"),
                @Option("local1"),
                @Option("local2"),
                @Option("local3"),
                @Option("local4"),
                @Option("local5"),
                @Option("local6"),
                @Option("local7")
            })
    String facility() default "daemon";

    @AttributeDefinition(name = "Application", description = "APP-NAME of the header, 1-48 visible ASCII characters.")
    String app_name() default "halcyon";

    @AttributeDefinition(
            name = "Host name",
            description = "HOSTNAME of the header; empty: the node's router.id.",
            required = false)
    String hostname() default "";

    @AttributeDefinition(
            name = "Header",
            description =
                    "rfc5424: version, structured data, UTF-8; rfc3164: the old one, which the sockets of this machine"
                            + " are read with; auto: rfc3164 with transport = local, otherwise rfc5424.",
            options = {@Option("auto"), @Option("rfc5424"), @Option("rfc3164")})
    String header() default "auto";

    @AttributeDefinition(
            name = "Format",
            description =
                    "Words of the text. halcyon: object and what happened to it; keepalived: keepalived's log lines"
                            + " where it has one.",
            options = {@Option("halcyon"), @Option("keepalived")})
    String format() default "halcyon";

    @AttributeDefinition(
            name = "Structured data",
            description = "Whether the event's parts are told as structured data, too (header rfc5424).",
            required = false)
    boolean structured_data() default true;

    @AttributeDefinition(
            name = "Structured data's name",
            description = "SD-ID of the structured data, NAME@NUMBER with the private enterprise number of your own.")
    String structured_id() default "halcyon@32473";

    @AttributeDefinition(
            name = "Framing",
            description = "How messages are told apart over tcp and tls.",
            options = {@Option("octet-counting"), @Option("lf")})
    String framing() default "octet-counting";

    @AttributeDefinition(
            name = "Longest message",
            description = "Bytes of a message at most, 480 or more; 0 means 2048 over udp, otherwise 8192.",
            min = "0",
            max = "65000")
    int message_max() default 0;

    @AttributeDefinition(
            name = "Authorities",
            description = "PEM file with the certificates to trust instead of the JDK's; empty: the JDK's.",
            required = false)
    String tls_ca_file() default "";

    @AttributeDefinition(
            name = "Client certificate",
            description = "PEM file with the certificate that we show, and those above it; empty: none.",
            required = false)
    String tls_certificate_file() default "";

    @AttributeDefinition(
            name = "Client key",
            description = "PEM file with its private key: PKCS#8, RSA or EC, not encrypted.",
            required = false)
    String tls_key_file() default "";

    @AttributeDefinition(
            name = "Verify",
            description = "Whether the server's certificate must be valid, known, and issued for the server's name.",
            required = false)
    boolean tls_verify() default true;

    @AttributeDefinition(
            name = "Connect timeout",
            description = "Seconds within which the connection must be open, and TLS agreed upon.",
            min = "0.1",
            max = "20")
    double connect_timeout() default 10;
}
