package io.halcyon.vip.exec;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Keys of the type {@code exec}. */
@ObjectClassDefinition(name = "exec", description = "Claims, releases and verifies addresses by commands.")
@interface ExecKeys {

    @AttributeDefinition(
            name = "Claim",
            description =
                    "Command that takes an address to this node, also from another one. {address}, {prefix}, {cidr}"
                            + " and {dev} are replaced; no shell looks at it.")
    String claim();

    @AttributeDefinition(
            name = "Release",
            description = "Command that takes an address from this node, and from no other.")
    String release();

    @AttributeDefinition(
            name = "Verify",
            description = "Command that tells whether this node has an address: exit status 0 yes, 1 no, anything else"
                    + " does not know.")
    String verify();

    @AttributeDefinition(
            name = "User",
            description = "Who runs them: 'user', 'user group' or 'user:group'; empty means the user of the container.",
            required = false)
    String user() default "";

    @AttributeDefinition(
            name = "Timeout",
            description = "Limit of one run in seconds, and how long verify may take to see what claim or release did.",
            min = "0.1",
            max = "300")
    double timeout() default 10;

    @AttributeDefinition(
            name = "Verify interval",
            description = "Seconds between two looks at an address that is held.",
            min = "0.1",
            max = "86400")
    double verify_interval() default 10;

    @AttributeDefinition(
            name = "Retry delay",
            description = "Seconds before a failed attempt is repeated; doubled after each further one, up to 60.",
            min = "0.1",
            max = "60")
    double retry_delay() default 1;

    @AttributeDefinition(
            name = "Parallel",
            description = "Commands that run at the same time, for different addresses.",
            min = "1",
            max = "64")
    int parallel() default 4;

    @AttributeDefinition(
            name = "Secret",
            description = "A token or password for the commands, which find it in their environment as HALCYON_SECRET.",
            type = AttributeType.PASSWORD,
            required = false)
    String secret();
}
