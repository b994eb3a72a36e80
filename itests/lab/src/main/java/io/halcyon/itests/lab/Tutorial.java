package io.halcyon.itests.lab;

/** The tutorial's files in a host: nginx where the tutorial has it, and its script. */
final class Tutorial {

    static final String DIRECTORY = "/usr/local/nginx";

    private Tutorial() {}

    /** Puts them into the host's own {@code /usr/local}; the script fails where the tutorial's stops keepalived. */
    static void install(Host host) {
        host.shell(
                """
                mount -t tmpfs -o mode=755 tmpfs /usr/local
                mkdir -p /usr/local/nginx/sbin
                ln -s /usr/sbin/nginx /usr/local/nginx/sbin/nginx
                """);
        script(
                host,
                "nginx_check.sh",
                """
                counter=$(ps -C nginx --no-heading|wc -l)
                if [ "${counter}" = "0" ]; then
                    /usr/local/nginx/sbin/nginx
                    sleep 2
                    counter=$(ps -C nginx --no-heading|wc -l)
                    if [ "${counter}" = "0" ]; then
                        exit 1
                    fi
                fi
                """);
    }

    /** Puts a script beside the tutorial's. */
    static void script(Host host, String name, String text) {
        var path = DIRECTORY + "/" + name;
        host.shell("cat >%1$s <<'END'\n#!/bin/bash\n%2$s\nEND\nchmod 755 %1$s\n".formatted(path, text));
    }
}
