package io.halcyon.vip.exec;

import io.halcyon.api.net.VirtualAddress;
import io.halcyon.linux.Clock;
import io.halcyon.spi.vip.VipManager;
import io.halcyon.testkit.Command;
import io.halcyon.testkit.InNetworkNamespace;
import io.halcyon.testkit.VipManagerContract;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A real script, real addresses. */
@InNetworkNamespace
class ExecVipManagerContractTest extends VipManagerContract {

    @TempDir
    Path directory;

    private ExecVipManager manager;

    @BeforeEach
    void start() throws IOException {
        Command.line("ip link add v0 up type veth peer name v1");
        manager = new ExecVipManager(
                "cloud", Scripts.settings(Scripts.ip(directory)), directory.resolve("run"), Clock::boottimeNanos);
    }

    @AfterEach
    void stop() {
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
        String text = number % 2 == 0 ? "10.0.0." + (50 + number) : "2001:db8::" + (50 + number);
        try {
            return VirtualAddress.of(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    protected boolean isThere(VirtualAddress address) {
        return !Command.line("ip -o addr show dev v0 to " + address.address().getHostAddress())
                .isEmpty();
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
