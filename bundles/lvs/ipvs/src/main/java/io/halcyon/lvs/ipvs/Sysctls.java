package io.halcyon.lvs.ipvs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** IPVS' sysctls, those of the calling thread's network namespace. */
final class Sysctls {

    static final String EXPIRE_NODEST_CONN = "expire_nodest_conn";
    static final String EXPIRE_QUIESCENT_TEMPLATE = "expire_quiescent_template";
    static final String CONNTRACK = "conntrack";

    private final Path folder;

    Sysctls(Path folder) {
        this.folder = folder;
    }

    static Sysctls ofKernel() {
        return new Sysctls(Path.of("/proc/sys/net/ipv4/vs"));
    }

    int read(String name) throws IOException {
        try {
            return Integer.parseInt(Files.readString(folder.resolve(name)).strip());
        } catch (IOException | NumberFormatException e) {
            throw new IOException("net.ipv4.vs." + name + " cannot be read: " + e.getMessage(), e);
        }
    }

    void write(String name, int value) throws IOException {
        try {
            Files.writeString(folder.resolve(name), Integer.toString(value), StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new IOException("net.ipv4.vs." + name + " cannot be set to " + value + ": " + e.getMessage(), e);
        }
    }
}
