package io.halcyon.vip.exec;

import io.halcyon.api.net.VirtualAddress;
import io.halcyon.linux.Clock;
import io.halcyon.spi.vip.VipManager;
import io.halcyon.testkit.VipManagerContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract where nobody is root: the device is a directory, an address is a file. */
class DirectoryContractTest extends VipManagerContract {

    @TempDir
    Path directory;

    private ExecVipManager manager;

    @BeforeEach
    void start() throws IOException {
        manager = new ExecVipManager(
                "cloud", Scripts.settings(Scripts.device(directory)), directory.resolve("run"), Clock::boottimeNanos);
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
        return "eth0";
    }

    @Override
    protected VirtualAddress address(int number) {
        try {
            return VirtualAddress.of(InetAddress.getByName("10.0.0." + (50 + number)));
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private Path file(VirtualAddress address) {
        return directory.resolve("at-" + address.address().getHostAddress());
    }

    @Override
    protected boolean isThere(VirtualAddress address) {
        return Files.exists(file(address));
    }

    @Override
    protected void addForeign(VirtualAddress address) {
        try {
            Files.createFile(file(address));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected void removeForeign(VirtualAddress address) {
        try {
            Files.delete(file(address));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
