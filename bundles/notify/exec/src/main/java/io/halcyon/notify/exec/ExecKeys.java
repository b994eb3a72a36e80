package io.halcyon.notify.exec;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Keys of the type {@code exec}. */
@ObjectClassDefinition(name = "exec", description = "Runs scripts, with keepalived's arguments and more.")
@interface ExecKeys {

    @AttributeDefinition(
            name = "To MASTER",
            description = "Run when a router or a group becomes MASTER.",
            required = false)
    String notify_master() default "";

    @AttributeDefinition(
            name = "To BACKUP",
            description = "Run when a router or a group becomes BACKUP.",
            required = false)
    String notify_backup() default "";

    @AttributeDefinition(
            name = "To FAULT",
            description = "Run when a router or a group becomes FAULT.",
            required = false)
    String notify_fault() default "";

    @AttributeDefinition(
            name = "Stop",
            description = "Run when a router or a group goes because the node is stopped.",
            required = false)
    String notify_stop() default "";

    @AttributeDefinition(
            name = "Deleted",
            description = "Run when a router or a group goes because its configuration was removed.",
            required = false)
    String notify_deleted() default "";

    @AttributeDefinition(
            name = "Any transition",
            description = "Run after the one above with INSTANCE or GROUP, name, state and priority behind its own"
                    + " arguments.",
            required = false)
    String notify$() default "";

    @AttributeDefinition(
            name = "Lower priority heard",
            description = "Run when a master hears another one with a lower priority (kind rival).",
            required = false)
    String notify_master_rx_lower_pri() default "";

    @AttributeDefinition(
            name = "Quorum gained",
            description = "Run when a virtual server has gained its quorum (kind server).",
            required = false)
    String quorum_up() default "";

    @AttributeDefinition(
            name = "Quorum lost",
            description = "Run when a virtual server has lost its quorum (kind server).",
            required = false)
    String quorum_down() default "";

    @AttributeDefinition(
            name = "Real server up",
            description = "Run when a real server has come up (kind server).",
            required = false)
    String notify_up() default "";

    @AttributeDefinition(
            name = "Real server down",
            description = "Run when a real server has gone down (kind server).",
            required = false)
    String notify_down() default "";

    @AttributeDefinition(
            name = "Real servers",
            description = "Those that notify.up and notify.down are for, as events name them:"
                    + " [address]:protocol:port. Empty: all.",
            required = false)
    String[] real_server() default {};

    @AttributeDefinition(
            name = "Every event",
            description = "Run for every event of whatever kind, after those above.",
            required = false)
    String script() default "";

    @AttributeDefinition(
            name = "User",
            description = "Who runs them: 'user', 'user group' or 'user:group'; empty: the user of the container.",
            required = false)
    String user() default "";

    @AttributeDefinition(
            name = "Script timeout",
            description = "Seconds one script may take; then its process group gets TERM, and KILL two seconds later.",
            min = "0.1",
            max = "3600")
    double script_timeout() default 25;

    @AttributeDefinition(
            name = "Status to try again",
            description = "Exit statuses after which a script is run again later; after any other but 0 the event is"
                    + " given up.",
            required = false,
            min = "1",
            max = "255")
    int[] retry_status() default {75};
}
