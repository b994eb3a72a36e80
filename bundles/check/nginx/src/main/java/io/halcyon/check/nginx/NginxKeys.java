package io.halcyon.check.nginx;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Keys of the type {@code nginx}. */
@ObjectClassDefinition(name = "nginx", description = "Up while nginx lives and answers; can restart it.")
@interface NginxKeys {

    @AttributeDefinition(
            name = "Pid file",
            description = "Where nginx writes the number of its master process; if the file is there, it decides.",
            required = false)
    String pid_file() default "/run/nginx.pid";

    @AttributeDefinition(
            name = "Process",
            description = "Name of the process; without a pid file the master of this name in our network namespace is"
                    + " looked for. Empty: the pid file alone decides.",
            required = false)
    String process() default "nginx";

    @AttributeDefinition(
            name = "HTTP probe",
            description = "URL (http://...) that must answer; empty: none is asked for.",
            required = false)
    String http_url() default "";

    @AttributeDefinition(
            name = "HTTP status",
            description = "Status codes that count as an answer: numbers and ranges, such as 200-299, 404.")
    String[] http_status() default {"200-299"};

    @AttributeDefinition(name = "HTTP body", description = "Text that the answer must contain.", required = false)
    String http_body() default "";

    @AttributeDefinition(
            name = "HTTP host",
            description = "Host header of the probe, if it is not the host of the URL.",
            required = false)
    String http_host() default "";

    @AttributeDefinition(
            name = "Status page",
            description = "URL of a stub_status page; empty: it is not read.",
            required = false)
    String status_url() default "";

    @AttributeDefinition(
            name = "Active connections",
            description = "DEGRADED above this number; -1 means no limit.",
            min = "-1")
    int active_max() default -1;

    @AttributeDefinition(
            name = "Waiting connections",
            description = "DEGRADED above this number; -1 means no limit.",
            min = "-1")
    int waiting_max() default -1;

    @AttributeDefinition(
            name = "Dropped connections",
            description = "DEGRADED if more were accepted but not handled since the run before; -1 means no limit.",
            min = "-1")
    int dropped_max() default -1;

    @AttributeDefinition(
            name = "Restart command",
            description =
                    "Run when the master process is gone; split at blanks, quotes respected, no shell. Empty: none.",
            required = false)
    String restart_command() default "";

    @AttributeDefinition(
            name = "Restart wait",
            description = "Seconds after the command within which nginx must work again; the verdict holds meanwhile.",
            min = "0",
            max = "3600")
    double restart_wait() default 2;

    @AttributeDefinition(
            name = "Restarts",
            description = "How often the command is run at most within the window before the verdict turns DOWN.",
            min = "1",
            max = "1000")
    int restart_max() default 3;

    @AttributeDefinition(name = "Restart window", description = "Length of that window in seconds.", min = "1")
    double restart_window() default 300;
}
