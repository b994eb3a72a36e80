package io.halcyon.vip.netlink;

import io.halcyon.api.net.VirtualAddress;
import io.halcyon.spi.vip.VipManager;
import io.halcyon.testkit.Command;
import io.halcyon.testkit.InNetworkNamespace;
import io.halcyon.testkit.VipManagerContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

@InNetworkNamespace
class NetlinkVipManagerContractTest extends VipManagerContract {

    private NetlinkVipManager manager;

    @BeforeEach
    void start() throws Exception {
        Lab.up();
        manager = Lab.manager();
    }

    @AfterEach
    void stop() throws Exception {
        manager.close();
    }

    @Override
    protected VipManager manager() {
        return manager;
    }

    @Override
    protected String interfaceName() {
        return "v0";
    }

    @Override
    protected VirtualAddress address(int number) {
        return number % 2 == 0
                ? Lab.address("10.0.0." + (50 + number), 24)
                : Lab.address("2001:db8::" + (50 + number), 64);
    }

    @Override
    protected boolean isThere(VirtualAddress address) {
        return Lab.find(address).isPresent();
    }

    @Override
    protected void addForeign(VirtualAddress address) {
        Command.line("ip addr add " + address.cidr() + " dev v0");
    }

    @Override
    protected void removeForeign(VirtualAddress address) {
        Command.line("ip addr del " + address.cidr() + " dev v0");
    }
}
