package io.halcyon.vrrp.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.net.VirtualAddress;
import io.halcyon.spi.vip.AddressSet;
import io.halcyon.spi.vip.VipListener;
import io.halcyon.spi.vip.VipManager;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VipAccountTest {

    private static final VipListener NOBODY = (VipListener) Proxy.newProxyInstance(
            VipAccountTest.class.getClassLoader(),
            new Class<?>[] {VipListener.class},
            (proxy, called, arguments) -> null);

    private final Worker worker = new Worker("orders");
    private final List<String> calls = new ArrayList<>();

    /** Notes what it is told, and fails at a renewal. */
    private final class Manager implements VipManager, AddressSet {

        private final boolean neverBlocks;

        Manager(boolean neverBlocks) {
            this.neverBlocks = neverBlocks;
        }

        @Override
        public String name() {
            return "memory";
        }

        @Override
        public boolean neverBlocks() {
            return neverBlocks;
        }

        @Override
        public AddressSet open(String owner, String defaultInterface, VipListener listener) {
            calls.add("open");
            return this;
        }

        @Override
        public void hold(Collection<VirtualAddress> addresses, long leaseSeconds, long latestNanos) {
            calls.add("hold");
        }

        @Override
        public void renew(long latestNanos) {
            throw new IllegalStateException("a defect");
        }

        @Override
        public void release(Collection<VirtualAddress> addresses) {
            calls.add("release");
        }

        @Override
        public void close() {
            calls.add("close");
        }
    }

    @ParameterizedTest(name = "never blocks: {0}")
    @CsvSource({"true, 0", "false, 6"})
    void onlyWhoMayBlockIsCalledByTheWorker(boolean neverBlocks, int turnsOfTheWorker) {
        VipTable vips = new VipTable();
        vips.add(new Manager(neverBlocks));
        VipAccount account = new VipAccount(vips, worker, Lan.settings(100), NOBODY, kernel -> calls.add("first"));

        account.order(kernel -> kernel.hold(List.of(), 0, 0));
        account.order(kernel -> kernel.renew(0));
        account.order(kernel -> kernel.release(List.of()));
        account.close();

        int turns = 0;
        while (worker.turn()) {
            turns++;
        }
        assertThat(calls).containsExactly("open", "first", "hold", "release", "close");
        assertThat(turns).isEqualTo(turnsOfTheWorker);
    }
}
