package io.halcyon.lvs.engine.server;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Keys below {@code real.server.NAME}. Those that the virtual server has as well are its unless they are given here. Below {@code
 * real.server.NAME.check.CHECK} stand keys of a check that are different for this real server.
 */
@ObjectClassDefinition(name = "Real server", description = "One of those who serve.")
@interface RealServerKeys {

    @AttributeDefinition(
            name = "Weight",
            description = "Its share; 0 gets no new connections.",
            min = "0",
            max = "2147483647")
    int weight() default 1;

    @AttributeDefinition(name = "Forwarding method", description = "As the virtual server's.")
    String lvs_method() default "NAT";

    @AttributeDefinition(
            name = "Upper threshold",
            description = "Connections above which it gets no new ones; 0: no limit.",
            min = "0",
            max = "4294967295")
    long uthreshold() default 0;

    @AttributeDefinition(
            name = "Lower threshold",
            description = "Connections below which it gets new ones again; 0: three quarters of the upper threshold.",
            min = "0",
            max = "4294967295")
    long lthreshold() default 0;

    @AttributeDefinition(
            name = "Checks",
            description =
                    "Which checks it is looked at with: names of check.NAME here, or of checks that have a file of"
                            + " their own; all must succeed. Empty: all of check.NAME; 'none': it is always up.",
            required = false)
    String[] checks() default {};

    @AttributeDefinition(name = "Up", description = "Script that runs when it comes up.", required = false)
    String notify_up() default "";

    @AttributeDefinition(name = "Down", description = "Script that runs when it goes down.", required = false)
    String notify_down() default "";

    @AttributeDefinition(name = "Inhibit on failure", description = "As the virtual server's.")
    boolean inhibit_on_failure() default false;

    @AttributeDefinition(name = "Alpha", description = "As the virtual server's.")
    boolean alpha() default false;

    @AttributeDefinition(name = "Virtual host", description = "As the virtual server's.", required = false)
    String virtualhost() default "";

    @AttributeDefinition(name = "Delay loop", description = "As the virtual server's.", min = "0.001", max = "86400")
    double delay_loop() default 60;

    @AttributeDefinition(
            name = "Connect timeout",
            description = "As the virtual server's.",
            min = "0.001",
            max = "86400")
    double connect_timeout() default 5;

    @AttributeDefinition(name = "Retry", description = "As the virtual server's.", min = "0", max = "9999")
    int retry() default 1;

    @AttributeDefinition(
            name = "Delay before retry",
            description = "As the virtual server's.",
            min = "0.001",
            max = "86400")
    double delay_before_retry() default 1;

    @AttributeDefinition(name = "Warmup", description = "As the virtual server's.", min = "-1", max = "86400")
    double warmup() default -1;
}
