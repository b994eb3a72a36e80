package io.halcyon.notify.engine;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** Keys that every notifier has, whatever its type. */
@ObjectClassDefinition(
        name = "Notifier",
        description = "Tells somebody of events, in order, and tries again until they arrived.",
        factoryPid = NotifyKeys.PID)
@interface NotifyKeys {

    String PID = "io.halcyon.notify";

    @AttributeDefinition(name = "Type", description = "How to tell: smtp, or another type that is installed.")
    String type();

    @AttributeDefinition(
            name = "Events",
            description = "Kinds of events to tell of: a router's transition, a check's verdict, a change of priority,"
                    + " a master heard beside ours (rival), a real or virtual server, trouble with an address, a"
                    + " configuration accepted or refused, a stall, a plugin that came or went, maintenance: a verdict"
                    + " held by hand, node: this node started.",
            options = {
                @Option("transition"),
                @Option("verdict"),
                @Option("priority"),
                @Option("rival"),
                @Option("server"),
                @Option("address"),
                @Option("configuration"),
                @Option("stall"),
                @Option("plugin"),
                @Option("maintenance"),
                @Option("node")
            })
    String[] events() default {"transition"};

    @AttributeDefinition(
            name = "Severity",
            description = "Least severity to tell of.",
            options = {@Option("info"), @Option("warning"), @Option("critical")})
    String severity() default "info";

    @AttributeDefinition(
            name = "Objects",
            description =
                    "Patterns of the objects to tell of, such as VI_*: * is any text, ? any character, and one that"
                            + " begins with ! excludes. Empty: all.",
            required = false)
    String[] objects() default {};

    @AttributeDefinition(
            name = "Timeout",
            description = "Seconds for one attempt; then it is interrupted and counts as failed.",
            min = "0.1",
            max = "3600")
    double delivery_timeout() default 60;

    @AttributeDefinition(
            name = "First retry",
            description = "Seconds to the second attempt; the delay doubles with each further one.",
            min = "0.01",
            max = "86400")
    double retry_first() default 1;

    @AttributeDefinition(
            name = "Last retry",
            description = "Seconds at which the delay between attempts stops growing.",
            min = "0.01",
            max = "86400")
    double retry_max() default 60;

    @AttributeDefinition(
            name = "Give up",
            description = "Seconds of trying after which an event is a dead letter and the next one gets its turn.",
            min = "0",
            max = "31536000")
    double give_up() default 259200;

    @AttributeDefinition(
            name = "Rate limit",
            description =
                    "Events told one by one per rate.window; what exceeds it is told as one digest at the window's"
                            + " end. 0: no limit.",
            min = "0",
            max = "1000000")
    int rate_limit() default 0;

    @AttributeDefinition(
            name = "Rate window",
            description = "Seconds that rate.limit is for.",
            min = "0.1",
            max = "86400")
    double rate_window() default 60;

    @AttributeDefinition(
            name = "Maintenance",
            description = "quiet: nothing is told of an object while it is held by hand, nor of what its events caused;"
                    + " that it is held is told. tell: everything is.",
            options = {@Option("tell"), @Option("quiet")})
    String maintenance() default "quiet";
}
