package io.halcyon.itests.lab.bench;

import io.halcyon.itests.lab.Directories;
import io.halcyon.itests.lab.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What is checked how often in {@link Checks}: the targets, and how both daemons are told to look at them. */
enum Traffic {
    /** A connection. */
    TCP("10,000 tcp/s", 10_000, 500),
    /** A page over TLS, whose sessions are resumed. */
    HTTPS("2,000 https/s", 2_000, 100);

    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final String NGINX =
            """
            worker_processes 1;
            daemon off;
            pid %s/nginx-%d.pid;
            error_log stderr error;
            events { worker_connections 8192; }
            http {
                access_log off;
                ssl_session_cache shared:s:16m;
                client_body_temp_path /run/nginx-%2$d;
                proxy_temp_path /run/nginx-%2$d;
                fastcgi_temp_path /run/nginx-%2$d;
                uwsgi_temp_path /run/nginx-%2$d;
                scgi_temp_path /run/nginx-%2$d;
                server {
                    listen %2$d ssl backlog=4096;
                    ssl_certificate %1$s/cert.pem;
                    ssl_certificate_key %1$s/key.pem;
                    location / { return 200 "fine"; }
                }
            }
            """;
    private static final String CERTIFICATE =
            """
            cd %s
            openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=bench.example \
                -addext subjectAltName=DNS:bench.example -keyout key.pem -out cert.pem 2>/dev/null
            """;

    private final String title;
    private final int checks;
    private final int victims;

    Traffic(String title, int checks, int victims) {
        this.title = title;
        this.checks = checks;
        this.victims = victims;
    }

    /** How its rows begin. */
    String title() {
        return title;
    }

    CheckLoad.Size size() {
        return new CheckLoad.Size(checks, victims);
    }

    /** Makes what the targets need. */
    void prepare(CheckStage stage) {
        if (this == HTTPS) {
            stage.host().shell(CERTIFICATE.formatted(stage.directory()));
        }
    }

    /** Starts the targets on one port of all addresses. */
    Program targets(CheckStage stage, int port) {
        if (this == HTTPS) {
            var file = stage.directory().resolve("nginx-" + port + ".conf");
            Directories.write(file, NGINX.formatted(stage.directory(), port));
            return Program.start(
                    stage.host(),
                    List.of(
                            "/usr/sbin/nginx",
                            "-e",
                            "stderr",
                            "-p",
                            stage.directory().toString(),
                            "-c",
                            file.toString()));
        }
        var program = stage.java(
                List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                CheckTargets.class,
                List.of(Integer.toString(port)));
        program.await("listening", START_LIMIT);
        return program;
    }

    /** The factory's class and the keys of each check; see {@link CheckLoad}. */
    List<String> type(Path directory) {
        return switch (this) {
            case TCP -> List.of(
                    "io.halcyon.check.tcp.TcpCheckFactory",
                    "type=tcp",
                    "connect.ip=ADDRESS",
                    "connect.port=PORT",
                    "interval=1");
            case HTTPS -> List.of(
                    "io.halcyon.check.http.HttpsCheckFactory",
                    "type=https",
                    "connect.ip=ADDRESS",
                    "connect.port=PORT",
                    "virtualhost=bench.example",
                    "ca=" + directory.resolve("cert.pem"),
                    // The JDK's client makes a key for each kind of curve with every handshake of TLS 1.3, also of one
                    // that resumes.
                    "tls.max=TLSv1.2",
                    "interval=1");
        };
    }

    /** HAProxy's words for each server. */
    String haproxy(Path directory) {
        var every = "    default-server check inter 1s rise 1 fall 1";
        return switch (this) {
            case TCP -> every;
            case HTTPS -> "    option httpchk GET /\n" + every + " check-ssl verify required ca-file "
                    + directory.resolve("cert.pem");
        };
    }
}
