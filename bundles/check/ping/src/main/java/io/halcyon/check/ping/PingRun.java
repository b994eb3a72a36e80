package io.halcyon.check.ping;

import io.halcyon.linux.Errno;
import io.halcyon.linux.LinuxException;
import io.halcyon.linux.socket.EchoSocket.Way;
import io.halcyon.spi.check.CheckResult;
import io.halcyon.spi.check.CheckRun;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The requests of one run. Owned by the loop's thread. */
final class PingRun {

    private final CheckRun run;
    private final EchoLoop loop;
    private final Way way;
    private final PingPlan plan;
    private final Tally tally;
    private final Set<Integer> waiting = new HashSet<>();
    private int sent;
    private boolean over;

    PingRun(CheckRun run, EchoLoop loop, Way way, PingPlan plan, Tally tally) {
        this.run = run;
        this.loop = loop;
        this.way = way;
        this.plan = plan;
        this.tally = tally;
    }

    void begin() {
        send();
    }

    /** The engine has given it up, or nobody wants to know any more. */
    void abandon() {
        over = true;
        waiting.forEach(loop::forget);
        waiting.clear();
    }

    private void send() {
        if (over) {
            return;
        }
        sent++;
        try {
            var request = new Request(System.nanoTime());
            request.key = loop.send(new Echo(way, ByteBuffer.wrap(loop.data(plan.size())), request));
            waiting.add(request.key);
        } catch (LinuxException e) {
            complete(notSent(e));
            return;
        }
        if (sent < plan.count()) {
            loop.after(plan.intervalNanos(), this::send);
        } else {
            loop.after(plan.waitNanos(), () -> complete(tally.result()));
        }
    }

    /** Without a way the host cannot be reached; whatever else keeps us from sending says nothing about it. */
    private CheckResult notSent(LinuxException e) {
        if (!isSourceHere()) {
            return CheckResult.unknown("bindto = " + way.source().getHostAddress() + " is no address of this machine");
        }
        var message = String.valueOf(e.getMessage());
        return switch (e.errno()) {
                // The last two are what a blackhole and a prohibiting route answer.
            case Errno.ENETUNREACH,
                    Errno.EHOSTUNREACH,
                    Errno.ENETDOWN,
                    Errno.ENODEV,
                    Errno.EINVAL,
                    Errno.EACCES -> CheckResult.down(message);
            default -> CheckResult.unknown(message);
        };
    }

    private boolean isSourceHere() {
        try {
            return way.source().isAnyLocalAddress() || NetworkInterface.getByInetAddress(way.source()) != null;
        } catch (SocketException e) {
            return true;
        }
    }

    private void complete(CheckResult result) {
        if (!over) {
            abandon();
            run.complete(result);
        }
    }

    /** One request of the run. */
    private final class Request implements Echo.Outcome {

        private final long sentNanos;
        private int key;

        Request(long sentNanos) {
            this.sentNanos = sentNanos;
        }

        @Override
        public void replied(long atNanos) {
            waiting.remove(key);
            // One that comes later than that was lost, however long the run still takes.
            if (atNanos - sentNanos <= plan.waitNanos()) {
                tally.replied(atNanos - sentNanos);
                completeWithTheLast();
            }
        }

        @Override
        public void refused(@Nullable String words) {
            waiting.remove(key);
            if (words == null) {
                complete(CheckResult.unknown("the socket for pings broke"));
            } else {
                tally.refused(words);
                completeWithTheLast();
            }
        }

        private void completeWithTheLast() {
            if (tally.isComplete()) {
                complete(tally.result());
            }
        }
    }
}
