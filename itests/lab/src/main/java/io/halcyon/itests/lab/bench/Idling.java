package io.halcyon.itests.lab.bench;

import io.halcyon.itests.lab.Await;
import io.halcyon.itests.lab.Directories;
import io.halcyon.itests.lab.HalcyonNode;
import io.halcyon.itests.lab.MailCatcher;
import io.halcyon.itests.lab.Node;
import io.halcyon.itests.lab.Pair;
import io.halcyon.itests.lab.Router;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a pair with one router at 1 s uses while nothing happens. The backup of a Halcyon pair has sent a mail before. */
final class Idling {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration WARM_UP = Duration.ofSeconds(30);
    private static final Duration WINDOW = Duration.ofSeconds(6);
    private static final int WINDOWS = 10;
    private static final double SECONDS_PER_HOUR = 3600;
    private static final int SMTP = 25;
    private static final String NOTIFIER =
            """
            type = smtp
            notification.email = ops@example.com
            notification.email.from = halcyon@example.com
            smtp.server = 127.0.0.1
            """;

    private final Consumer master = new Consumer();
    private final Consumer backup = new Consumer();

    /** What one daemon used in each window. */
    private static final class Consumer {

        private final List<Double> memory = new ArrayList<>();
        private final List<Double> work = new ArrayList<>();

        void window(Node node, Map<Path, Long> before) {
            var grip = node.grip();
            work.add(Usage.secondsBetween(before, Usage.threadNanos(grip)) / WINDOW.toSeconds() * SECONDS_PER_HOUR);
            memory.add(Usage.residentMebibytes(grip));
        }
    }

    static Idling of(Daemon daemon, Progress progress) {
        progress.say("footprint, %s: idle".formatted(daemon.title()));
        var home = Router.version2(51, 100, Pace.VIP);
        var idling = new Idling();
        try (var mails = new MailCatcher();
                var pair = new Pair("bench-idle-" + daemon.title(), daemon.maker(), daemon.maker(), List.of())) {
            pair.a().configure(List.of(home));
            pair.b().configure(List.of(home.withPriority(90)));
            pair.a().start();
            sendMails(pair, mails);
            pair.b().start();
            pair.b().awaitBackup(LIMIT);
            if (daemon == Daemon.HALCYON) {
                mails.await("of the backup", LIMIT, mail -> true);
            }
            Await.pass(WARM_UP, "the start is no idling");
            for (int i = 0; i < WINDOWS; i++) {
                idling.window(pair);
            }
        }
        return idling;
    }

    private static void sendMails(Pair pair, MailCatcher mails) {
        if (pair.b() instanceof HalcyonNode halcyon) {
            mails.listen(pair.lab().host(halcyon.host()), "127.0.0.1", SMTP);
            Directories.write(halcyon.etc().resolve("io.halcyon.notify-ops.cfg"), NOTIFIER);
        }
    }

    private void window(Pair pair) {
        var ofMaster = Usage.threadNanos(pair.a().grip());
        var ofBackup = Usage.threadNanos(pair.b().grip());
        Await.pass(WINDOW, "time itself is measured");
        master.window(pair.a(), ofMaster);
        backup.window(pair.b(), ofBackup);
    }

    Samples masterMemory() {
        return Samples.of(master.memory);
    }

    Samples backupMemory() {
        return Samples.of(backup.memory);
    }

    Samples masterWork() {
        return Samples.of(master.work);
    }

    Samples backupWork() {
        return Samples.of(backup.work);
    }
}
