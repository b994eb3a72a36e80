package io.halcyon.notify.smtp;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** Keys of the type {@code smtp}. */
@ObjectClassDefinition(name = "smtp", description = "Sends a mail per event.")
@interface SmtpKeys {

    @AttributeDefinition(name = "Recipients", description = "Addresses to send to.")
    String[] notification_email();

    @AttributeDefinition(
            name = "Sender",
            description = "Address to send from; empty: the user of the container at the host name.",
            required = false)
    String notification_email_from() default "";

    @AttributeDefinition(name = "Server", description = "Name or address of the mail server.")
    String smtp_server() default "127.0.0.1";

    @AttributeDefinition(
            name = "Port",
            description = "Port of the mail server; 0 means 25, with smtps 465.",
            min = "0",
            max = "65535")
    int smtp_port() default 0;

    @AttributeDefinition(
            name = "Connect timeout",
            description = "Seconds within which the server must accept the connection, and give each answer.",
            min = "0.1",
            max = "60")
    double smtp_connect_timeout() default 30;

    @AttributeDefinition(
            name = "TLS",
            description =
                    "none: plain text; starttls: encrypted before anything is said, or not at all; smtps: encrypted"
                            + " from the first byte.",
            options = {@Option("none"), @Option("starttls"), @Option("smtps")})
    String smtp_tls() default "none";

    @AttributeDefinition(
            name = "CA file",
            description = "PEM file with the certificates to trust instead of the JDK's; empty: the JDK's.",
            required = false)
    String smtp_tls_ca_file() default "";

    @AttributeDefinition(name = "User", description = "Name to log in with; empty: no login.", required = false)
    String smtp_user() default "";

    @AttributeDefinition(
            name = "Password",
            description = "Password to log in with; better kept in a file named by smtp.password.file.",
            required = false,
            type = AttributeType.PASSWORD)
    String smtp_password() default "";

    @AttributeDefinition(
            name = "Password variable",
            description = "Name of an environment variable of the container that holds the password; empty: none.",
            required = false)
    String smtp_password_env() default "";

    @AttributeDefinition(
            name = "HELO name",
            description = "Name to greet the server with; empty: the host name.",
            required = false)
    String smtp_helo_name() default "";

    @AttributeDefinition(
            name = "HTML",
            description = "Whether the mail has an HTML part beside the text, for readers that show it.")
    boolean html() default false;

    @AttributeDefinition(
            name = "Suppress repeated",
            description = "Whether an object's state that was mailed last is not mailed again; a failure always is.")
    boolean suppress_repeated() default true;

    @AttributeDefinition(
            name = "No mail on FAULT",
            description = "Whether no mail is sent when a router or a group enters FAULT.")
    boolean no_email_faults() default false;
}
