package io.halcyon.check.tcp;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** Keys of the type {@code tcp}. */
@ObjectClassDefinition(name = "tcp", description = "Up while a TCP connection can be opened, and answers as expected.")
@interface TcpKeys {

    @AttributeDefinition(name = "Connect to", description = "Address or host name to connect to.")
    String connect_ip() default "127.0.0.1";

    @AttributeDefinition(name = "Port", description = "Port to connect to.", min = "1", max = "65535")
    int connect_port();

    @AttributeDefinition(
            name = "Connect timeout",
            description = "Seconds within which the connection must be open; 0 means that timeout alone limits it.",
            min = "0",
            max = "3600")
    double connect_timeout() default 0;

    @AttributeDefinition(
            name = "Send",
            description =
                    "What is sent once connected; %XX is the byte with that hexadecimal number, %25 a percent sign."
                            + " Empty: nothing.",
            required = false)
    String send() default "";

    @AttributeDefinition(
            name = "Expect",
            description = "What must come within the first mebibyte of the answer, written like send. Empty: nothing.",
            required = false)
    String expect() default "";

    @AttributeDefinition(name = "TLS", description = "Whether the server is spoken to in TLS.", required = false)
    boolean tls() default false;

    @AttributeDefinition(
            name = "SNI name",
            description = "The host that TLS asks for, and the certificate is for; empty: connect.ip.",
            required = false)
    String sni_name() default "";

    @AttributeDefinition(
            name = "Verify",
            description =
                    "Whether the certificate must be valid, signed by a known authority, and issued for the host.",
            required = false)
    boolean verify() default true;

    @AttributeDefinition(
            name = "Authorities",
            description = "PEM file with the certificates of the known authorities; empty: those of the JDK.",
            required = false)
    String ca() default "";

    @AttributeDefinition(
            name = "Client certificate",
            description = "PEM file with the certificate that the client shows, and those above it; empty: none.",
            required = false)
    String certificate() default "";

    @AttributeDefinition(
            name = "Client key",
            description = "PEM file with its private key: PKCS#8, RSA or EC, not encrypted.",
            required = false)
    String key() default "";

    @AttributeDefinition(
            name = "Oldest TLS",
            description = "Oldest version of TLS that is spoken.",
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
