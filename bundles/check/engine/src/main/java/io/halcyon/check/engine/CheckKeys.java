package io.halcyon.check.engine;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Keys that every check has, whatever its type. */
@ObjectClassDefinition(
        name = "Health check",
        description = "Looks at something at regular intervals; routers track its verdict by the name of its file.",
        factoryPid = CheckKeys.PID)
@interface CheckKeys {

    String PID = "io.halcyon.check";

    @AttributeDefinition(name = "Type", description = "What looks: exec, nginx, or another type that is installed.")
    String type();

    @AttributeDefinition(name = "Interval", description = "Seconds between two starts.", min = "0.001", max = "86400")
    double interval() default 1;

    @AttributeDefinition(
            name = "Timeout",
            description =
                    "Limit of one run in seconds, after which it counts as failed; 0 means as long as the interval.",
            required = false,
            min = "0",
            max = "86400")
    double timeout() default 0;

    @AttributeDefinition(name = "Rise", description = "Successes in a row that make it UP.", min = "1", max = "10000")
    int rise() default 1;

    @AttributeDefinition(name = "Fall", description = "Failures in a row that make it DOWN.", min = "1", max = "10000")
    int fall() default 1;

    @AttributeDefinition(
            name = "Weight",
            description = "For trackers without a weight of their own, -253..253: positive is added while UP, negative"
                    + " subtracted while DOWN, 0 means FAULT while DOWN; 'reverse' behind it swaps UP and DOWN.")
    String weight() default "0";

    @AttributeDefinition(name = "Initial failure", description = "Starts as DOWN until it rises.", required = false)
    boolean init_fail() default false;
}
