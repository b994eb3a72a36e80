package io.halcyon.vip.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.net.VirtualAddress;
import io.halcyon.spi.vip.VipListener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Keeps what the manager told, and waits for it. */
final class Recorder implements VipListener {

    final List<List<VirtualAddress>> installed = new ArrayList<>();
    final List<VirtualAddress> released = new ArrayList<>();
    final List<String> troubles = new ArrayList<>();
    int renewals;
    long renewedAtNanos;
    int late;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();

    @Override
    public void onInstalled(List<VirtualAddress> addresses) {
        told(() -> installed.add(addresses));
    }

    @Override
    public void onRenewed(long atBoottimeNanos) {
        told(() -> {
            renewals++;
            renewedAtNanos = atBoottimeNanos;
        });
    }

    @Override
    public void onLate() {
        told(() -> late++);
    }

    @Override
    public void onReleased(List<VirtualAddress> addresses) {
        told(() -> released.addAll(addresses));
    }

    @Override
    public void onTrouble(VirtualAddress address, String what, boolean restored) {
        told(() -> troubles.add(address.cidr() + " " + what + (restored ? " (well)" : "")));
    }

    void awaitInstalled(int count) {
        await("installed", () -> installedCount() >= count);
    }

    void awaitReleased(int count) {
        await("released", () -> released.size() >= count);
    }

    void awaitRenewals(int count) {
        await("renewed", () -> renewals >= count);
    }

    void awaitLate(int count) {
        await("late", () -> late >= count);
    }

    void awaitTrouble(String what) {
        await(what, () -> troubles.stream().anyMatch(trouble -> trouble.contains(what)));
    }

    int installedCount() {
        return installed.stream().mapToInt(List::size).sum();
    }

    private void told(Runnable change) {
        lock.lock();
        try {
            change.run();
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void await(String what, BooleanSupplier done) {
        lock.lock();
        try {
            long left = TimeUnit.SECONDS.toNanos(10);
            while (!done.getAsBoolean()) {
                assertThat(left)
                        .as("time for: %s; troubles: %s", what, troubles)
                        .isPositive();
                left = news.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            lock.unlock();
        }
    }
}
