package io.halcyon.check.tlscertificate;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** Keys of the type {@code tls-certificate}. */
@ObjectClassDefinition(
        name = "tls-certificate",
        description = "Up while a server's certificates are good for some time.")
@interface TlsCertificateKeys {

    @AttributeDefinition(name = "Connect to", description = "Address or host name to connect to.")
    String connect_ip() default "127.0.0.1";

    @AttributeDefinition(name = "Port", description = "Port to connect to.", min = "1", max = "65535")
    int connect_port() default 443;

    @AttributeDefinition(
            name = "Server name",
            description = "Name that is asked for (SNI) and verified, if it is not the host name.",
            required = false)
    String sni_name() default "";

    @AttributeDefinition(
            name = "STARTTLS",
            description = "Protocol in which TLS is asked for first; none: TLS from the first byte.",
            options = {@Option("none"), @Option("smtp")})
    String starttls() default "none";

    @AttributeDefinition(
            name = "Days, warning",
            description = "DEGRADED with fewer days left.",
            min = "0",
            max = "3650")
    double days_warn() default 14;

    @AttributeDefinition(
            name = "Days, down",
            description = "DOWN with fewer days left; 0 means when it expired.",
            min = "0",
            max = "3650")
    double days_down() default 0;

    @AttributeDefinition(
            name = "Verify",
            description = "Whether the certificate must be trusted and issued for the name, too.")
    boolean verify() default true;

    @AttributeDefinition(
            name = "CA file",
            description = "PEM file with the certificates to trust instead of the JDK's.",
            required = false)
    String ca() default "";

    @AttributeDefinition(
            name = "Oldest protocol",
            description = "Oldest version of TLS that the server may choose.",
            options = {@Option("TLSv1.2"), @Option("TLSv1.3")})
    String tls_min() default "TLSv1.2";

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
