package io.halcyon.itests.lab;

import java.util.List;
import java.util.Map;

/** Debian's nginx with Debian's configuration in a host; its page is the host's name. */
public final class Nginx {

    /** Everything nginx writes or is configured by is the host's own; the machine's files stay as they are. */
    private static final String PREPARE =
            """
            mkdir -p /run/lab/nginx /run/lab/bin
            cp -rL /etc/nginx/. /run/lab/nginx
            mount --bind /run/lab/nginx /etc/nginx
            for place in /var/log/nginx /var/lib/nginx /var/www; do
                mkdir -p "$place"
                mount -t tmpfs -o mode=755 tmpfs "$place"
            done
            mkdir -p /var/www/html
            hostname >/var/www/html/index.html
            """;

    /**
     * Where only root is mapped, nginx cannot become www-data: it is started in a user namespace in which it is
     * www-data already, behind its usual path.
     */
    private static final String PREPARE_UNPRIVILEGED =
            """
            grep -q '^ *0 *0 *4294967295$' /proc/self/uid_map && exit 0
            echo 0 >/proc/sys/net/ipv4/ip_unprivileged_port_start
            chmod 777 /var/log/nginx /var/lib/nginx /run
            touch /run/lab/bin/nginx
            mount --bind /usr/sbin/nginx /run/lab/bin/nginx
            printf '#!/bin/sh\\nexec unshare -U --map-user=33 --map-group=33 /run/lab/bin/nginx "$@"\\n' >/run/lab/nginx-as-user
            chmod 755 /run/lab/nginx-as-user
            mount --bind /run/lab/nginx-as-user /usr/sbin/nginx
            """;

    private final Host host;

    /** Prepares the host; nothing runs yet. */
    public Nginx(Host host) {
        this.host = host;
        host.shell(PREPARE);
        host.shell(PREPARE_UNPRIVILEGED);
    }

    public void start() {
        host.run("/usr/sbin/nginx");
    }

    /** Kills the master and its workers at once. */
    public void kill() {
        host.shell("pkill -KILL -x nginx");
    }

    /** Kills it and spoils its configuration, so that no restart can succeed. */
    public void breakForGood() {
        host.shell("echo 'no such directive;' >/etc/nginx/conf.d/broken.conf");
        kill();
    }

    /** Repairs the configuration and starts it. */
    public void repair() {
        host.shell("rm /etc/nginx/conf.d/broken.conf");
        start();
    }

    /** How many nginx processes run in the host. */
    public int processes() {
        var outcome = host.run(Map.of(), "", List.of("pgrep", "-c", "-x", "nginx"));
        return Integer.parseInt(outcome.output().strip());
    }
}
