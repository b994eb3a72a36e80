package io.halcyon.vip.netlink;

import io.halcyon.api.net.VirtualAddress;
import io.halcyon.spi.vip.VipListener;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Breaks the rules: holds the manager's thread when a release is over. */
record Stalling(CountDownLatch standing, CountDownLatch finished) implements VipListener {

    @Override
    public void onReleased(List<VirtualAddress> addresses) {
        standing.countDown();
        try {
            if (!finished.await(20, TimeUnit.SECONDS)) {
                throw new AssertionError("nobody ended the stall");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void onInstalled(List<VirtualAddress> addresses) {}

    @Override
    public void onRenewed(long atBoottimeNanos) {}

    @Override
    public void onLeftOvers(long provenAgoNanos) {}

    @Override
    public void onLate() {}

    @Override
    public void onTrouble(VirtualAddress address, String what, boolean restored) {}
}
