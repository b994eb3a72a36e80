package io.halcyon.host.doctor;

import io.halcyon.api.event.Severity;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Whether the wall clock was set since the container started: it has gone further, or less far, than {@code CLOCK_BOOTTIME}.
 */
final class ClockSteps implements Examination {

    /** Between the start of the process, which the launcher begins, and the start of the JVM only time can be lost. */
    private static final Duration FORWARD = Duration.ofSeconds(5);

    private static final Duration BACK = Duration.ofSeconds(30);
    /** {@code USER_HZ}, the same on every Linux. */
    private static final long NANOS_PER_TICK = 10_000_000;
    /** Field 22 of proc(5) stat, counted behind the name, which may hold blanks. */
    private static final int START_FIELD = 19;

    private final Tree tree;
    private final Instant start;
    private final InstantSource wall;
    private final LongSupplier boottimeNanos;

    /** @param start wall clock time when the JVM started */
    ClockSteps(Tree tree, Instant start, InstantSource wall, LongSupplier boottimeNanos) {
        this.tree = tree;
        this.start = start;
        this.wall = wall;
        this.boottimeNanos = boottimeNanos;
    }

    @Override
    public String subject() {
        return "clock";
    }

    @Override
    public void look(Situation situation, Sheet sheet) throws IOException {
        Duration byWall = Duration.between(start, wall.instant());
        Duration byKernel = Duration.ofNanos(boottimeNanos.getAsLong() - startNanos());
        Duration step = byWall.minus(byKernel);
        sheet.examined("clock: compared with the kernel's since the start of the container, " + byKernel.toSeconds()
                + " s ago");
        boolean back = step.isNegative();
        if (step.abs().compareTo(back ? BACK : FORWARD) <= 0) {
            return;
        }
        sheet.found(
                Severity.INFO,
                "clock",
                "the wall clock was set about " + step.abs().toSeconds() + " s " + (back ? "back" : "forward")
                        + " since the start of the container",
                "VRRP, checks and leases do not use it; but times in events, mails and logs of both hosts cannot be compared, and"
                        + " certificates may seem invalid",
                "timedatectl set-ntp true (or chrony; then restart halcyon to begin anew)");
    }

    private long startNanos() throws IOException {
        String stat = tree.text("/proc/self/stat").orElse("");
        List<String> fields =
                List.of(stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1));
        try {
            return Long.parseLong(fields.get(START_FIELD)) * NANOS_PER_TICK;
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw new IOException("/proc/self/stat does not tell when this process started", e);
        }
    }
}
