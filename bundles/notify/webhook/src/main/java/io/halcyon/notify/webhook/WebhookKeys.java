package io.halcyon.notify.webhook;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** Keys of the type {@code webhook}. */
@ObjectClassDefinition(name = "webhook", description = "Sends an HTTP request with JSON per event.")
@interface WebhookKeys {

    @AttributeDefinition(
            name = "URL",
            description = "Where to send to, http or https. It is treated as a secret, since it may hold one.",
            type = AttributeType.PASSWORD)
    String url();

    @AttributeDefinition(
            name = "Preset",
            description = "Form of the body. plain: the event as JSON; slack: a message for an incoming webhook;"
                    + " alertmanager: alerts that begin and end.",
            options = {@Option("plain"), @Option("slack"), @Option("alertmanager")})
    String preset() default "plain";

    @AttributeDefinition(
            name = "Template",
            description = "JSON with placeholders, sent instead of the event's own form; better kept in a file.",
            required = false)
    String template() default "";

    @AttributeDefinition(
            name = "Template file",
            description = "File with the template; read when the configuration is.",
            required = false)
    String template_file() default "";

    @AttributeDefinition(
            name = "Method",
            description = "Method of the requests.",
            options = {@Option("POST"), @Option("PUT")})
    String method() default "POST";

    @AttributeDefinition(
            name = "Headers",
            description = "Further header fields, each written as NAME: VALUE. Treated as secrets.",
            type = AttributeType.PASSWORD,
            required = false)
    String[] headers() default {};

    @AttributeDefinition(
            name = "Token",
            description = "Sent as Authorization: Bearer TOKEN; better kept in a file named by token.file.",
            type = AttributeType.PASSWORD,
            required = false)
    String token() default "";

    @AttributeDefinition(name = "User", description = "Name for basic authentication; empty: none.", required = false)
    String user() default "";

    @AttributeDefinition(
            name = "Password",
            description = "Password for basic authentication; better kept in a file named by password.file.",
            type = AttributeType.PASSWORD,
            required = false)
    String password() default "";

    @AttributeDefinition(
            name = "HMAC secret",
            description = "Signs each request; better kept in a file named by hmac.secret.file.",
            type = AttributeType.PASSWORD,
            required = false)
    String hmac_secret() default "";

    @AttributeDefinition(name = "HMAC header", description = "Header field that carries the signature.")
    String hmac_header() default "X-Halcyon-Signature";

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
            description = "Whether the server's certificate must be valid, known, and issued for the host.",
            required = false)
    boolean tls_verify() default true;

    @AttributeDefinition(
            name = "Connect timeout",
            description = "Seconds within which the connection must be open.",
            min = "0.1",
            max = "30")
    double connect_timeout() default 10;

    @AttributeDefinition(
            name = "Timeout",
            description = "Seconds within which the whole answer must be there.",
            min = "0.1",
            max = "55")
    double timeout() default 30;

    @AttributeDefinition(
            name = "Lasting alerts",
            description = "Seconds after which an alert ends by itself when nothing ended it (preset alertmanager).",
            min = "60",
            max = "31536000")
    int alert_lasting() default 86_400;

    @AttributeDefinition(
            name = "Passing alerts",
            description = "Seconds that an alert lasts whose end nobody sees, such as a stall (preset alertmanager).",
            min = "60",
            max = "31536000")
    int alert_passing() default 900;
}
