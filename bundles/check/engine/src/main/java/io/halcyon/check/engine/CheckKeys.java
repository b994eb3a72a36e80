package io.halcyon.check.engine;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

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
            name = "Interval while up",
            description = "Seconds between two starts while it is UP and steady; 0 means as interval.",
            required = false,
            min = "0",
            max = "86400")
    double interval_up() default 0;

    @AttributeDefinition(
            name = "Interval while down",
            description = "Seconds between two starts while it is DOWN and steady; 0 means as interval.",
            required = false,
            min = "0",
            max = "86400")
    double interval_down() default 0;

    @AttributeDefinition(
            name = "Interval while changing",
            description =
                    "Seconds between two starts while results contradict the verdict, or it flaps; 0 means as interval.",
            required = false,
            min = "0",
            max = "86400")
    double interval_changing() default 0;

    @AttributeDefinition(
            name = "Backoff",
            description =
                    "Factor by which the interval grows with each further failure while it is DOWN; 1 means not at all.",
            required = false,
            min = "1",
            max = "10")
    double backoff() default 1;

    @AttributeDefinition(
            name = "Longest interval while down",
            description = "Seconds that the interval may become by backoff; 0 means ten times the interval while DOWN.",
            required = false,
            min = "0",
            max = "86400")
    double interval_down_max() default 0;

    @AttributeDefinition(
            name = "Timeout",
            description =
                    "Limit of one run in seconds, after which it counts as failed; 0 means as long as the interval.",
            required = false,
            min = "0",
            max = "86400")
    double timeout() default 0;

    @AttributeDefinition(
            name = "Warmup",
            description =
                    "Seconds within which the first look comes, at random; 0: at once. Not given: checks that come"
                            + " together look one after the other within a second.",
            required = false,
            min = "0",
            max = "86400")
    double warmup();

    @AttributeDefinition(name = "Rise", description = "Successes in a row that make it UP.", min = "1", max = "10000")
    int rise() default 1;

    @AttributeDefinition(name = "Fall", description = "Failures in a row that make it DOWN.", min = "1", max = "10000")
    int fall() default 1;

    @AttributeDefinition(
            name = "Flapping",
            description =
                    "Changes of the verdict within flap.window that make it flapping: it is held at the worse state"
                            + " until it was steady for flap.hold; 0 means never.",
            required = false,
            min = "0",
            max = "1000")
    int flap_changes() default 0;

    @AttributeDefinition(
            name = "Window of flapping",
            description = "Seconds within which flap.changes are counted.",
            required = false,
            min = "1",
            max = "86400")
    double flap_window() default 60;

    @AttributeDefinition(
            name = "Hold of flapping",
            description = "Seconds for which a check that flaps has to be steady to be believed again.",
            required = false,
            min = "1",
            max = "86400")
    double flap_hold() default 60;

    @AttributeDefinition(
            name = "Weight",
            description = "For trackers without a weight of their own, -253..253: positive is added while UP, negative"
                    + " subtracted while DOWN, 0 means FAULT while DOWN; 'reverse' behind it swaps UP and DOWN.")
    String weight() default "0";

    @AttributeDefinition(
            name = "Initial verdict",
            description =
                    "What it is before its first result: unknown lets that decide at once, up holds until it falls,"
                            + " down until it rises.",
            required = false,
            options = {@Option("unknown"), @Option("up"), @Option("down")})
    String init() default "unknown";

    @AttributeDefinition(
            name = "Initial failure",
            description = "Starts as DOWN until it rises, as init = down.",
            required = false)
    boolean init_fail() default false;

    @AttributeDefinition(
            name = "Unknown",
            description =
                    "What it is told as when nobody knows, such as when its type is removed: keep tells UNKNOWN, at"
                            + " which trackers keep the last verdict they know; down tells DOWN.",
            required = false,
            options = {@Option("keep"), @Option("down")})
    String unknown() default "keep";

    @AttributeDefinition(
            name = "Log",
            description = "What gets into the log: none, transitions of the verdict, or all runs that fail as well.",
            required = false,
            options = {@Option("none"), @Option("transitions"), @Option("all")})
    String log() default "transitions";
}
