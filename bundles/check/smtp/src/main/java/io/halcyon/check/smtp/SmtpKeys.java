package io.halcyon.check.smtp;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** Keys of the type {@code smtp}. */
@ObjectClassDefinition(name = "smtp", description = "Up while mail servers greet, answer HELO and say goodbye.")
@interface SmtpKeys {

    @AttributeDefinition(
            name = "Servers",
            description =
                    "Addresses or host names, each with a port behind a colon if it has another one; asked in turn,"
                            + " all must answer.")
    String[] connect_ip() default {"127.0.0.1"};

    @AttributeDefinition(
            name = "Port",
            description = "Port of servers without one of their own; 0 means 25, with smtps 465.",
            min = "0",
            max = "65535")
    int connect_port() default 0;

    @AttributeDefinition(
            name = "Connect timeout",
            description = "Seconds within which each connection must be open; 0 means that timeout alone limits it.",
            min = "0",
            max = "3600")
    double connect_timeout() default 0;

    @AttributeDefinition(name = "HELO name", description = "What we call ourselves in EHLO and HELO.")
    String helo_name() default "localhost";

    @AttributeDefinition(
            name = "TLS",
            description =
                    "none: plain text; starttls: encrypted after EHLO, or DOWN; smtps: encrypted from the first byte.",
            options = {@Option("none"), @Option("starttls"), @Option("smtps")})
    String tls() default "none";

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
            name = "Oldest protocol",
            description = "Oldest version of TLS that is spoken.",
            options = {@Option("TLSv1.2"), @Option("TLSv1.3")})
    String tls_min() default "TLSv1.2";

    @AttributeDefinition(
            name = "Server name",
            description = "Name that is asked for (SNI) and verified, if it is not the host name of the server.",
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
