package io.halcyon.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.net.VirtualAddress;
import io.halcyon.spi.vip.VipListener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Keeps what a VIP manager told, and waits for it at most ten seconds. Thread-safe. */
public final class VipRecorder implements VipListener {

    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final List<List<VirtualAddress>> installed = new ArrayList<>();
    private final List<VirtualAddress> reachable = new ArrayList<>();
    private final List<VirtualAddress> released = new ArrayList<>();
    private final List<String> troubles = new ArrayList<>();
    private final List<String> leasesLost = new ArrayList<>();
    private final List<String> sequence = new ArrayList<>();
    private final List<Long> leftOvers = new ArrayList<>();
    private int renewals;
    private int late;

    @Override
    public void onInstalled(List<VirtualAddress> addresses) {
        told("installed", () -> installed.add(addresses));
    }

    @Override
    public void onReachable(List<VirtualAddress> addresses) {
        told("reachable", () -> reachable.addAll(addresses));
    }

    @Override
    public void onRenewed(long atBoottimeNanos) {
        told("renewed", () -> renewals++);
    }

    @Override
    public void onLeftOvers(long provenAgoNanos) {
        told("left over", () -> leftOvers.add(provenAgoNanos));
    }

    @Override
    public void onLate() {
        told("late", () -> late++);
    }

    @Override
    public void onReleased(List<VirtualAddress> addresses) {
        told("released", () -> released.addAll(addresses));
    }

    @Override
    public void onTrouble(VirtualAddress address, String what, boolean restored) {
        told("trouble", () -> troubles.add(address.cidr() + " " + what + (restored ? " (well)" : "")));
    }

    @Override
    public void onLeaseLost(VirtualAddress address, String what) {
        told("lease lost", () -> {
            leasesLost.add(address.cidr() + " " + what);
            troubles.add(address.cidr() + " " + what);
        });
    }

    /** Waits until so many addresses were told to be installed, counting repetitions. */
    public void awaitInstalled(int count) {
        await("installed", () -> installed.stream().mapToInt(List::size).sum() >= count);
    }

    public void awaitReleased(int count) {
        await("released", () -> released.size() >= count);
    }

    public void awaitRenewals(int count) {
        await("renewed", () -> renewals >= count);
    }

    public void awaitLate(int count) {
        await("late", () -> late >= count);
    }

    /** Waits until left-overs were found and returns how long ago they were last proven. */
    public long awaitLeftOversNanos() {
        await("left over", () -> !leftOvers.isEmpty());
        return copy(leftOvers).get(0);
    }

    /** Waits for a lost lease whose text contains this; it is among the troubles, too. */
    public void awaitLeaseLost(String text) {
        await(text, () -> leasesLost.stream().anyMatch(lost -> lost.contains(text)));
    }

    /** Waits for a trouble that contains this text. */
    public void awaitTrouble(String text) {
        await(text, () -> troubles.stream().anyMatch(trouble -> trouble.contains(text)));
    }

    /** The batches in which addresses were installed. */
    public List<List<VirtualAddress>> installed() {
        return copy(installed);
    }

    /** What was reachable before it was installed. */
    public List<VirtualAddress> reachable() {
        return copy(reachable);
    }

    public List<VirtualAddress> released() {
        return copy(released);
    }

    /** {@code CIDR WHAT}, with {@code (well)} at the end where all is well again. */
    public List<String> troubles() {
        return copy(troubles);
    }

    /** The kinds of calls in their order: reachable, installed, renewed, late, released, trouble. */
    public List<String> sequence() {
        return copy(sequence);
    }

    private <T> List<T> copy(List<T> list) {
        lock.lock();
        try {
            return List.copyOf(list);
        } finally {
            lock.unlock();
        }
    }

    private void told(String kind, Runnable change) {
        lock.lock();
        try {
            change.run();
            sequence.add(kind);
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void await(String what, BooleanSupplier done) {
        lock.lock();
        try {
            long left = LIMIT_NANOS;
            while (!done.getAsBoolean()) {
                assertThat(left).as("time for %s; troubles: %s", what, troubles).isPositive();
                left = news.awaitNanos(left);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + what, interrupted);
        } finally {
            lock.unlock();
        }
    }
}
