package io.halcyon.vip.netlink;

import io.halcyon.linux.netlink.KernelAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/** Which addresses in the kernel are ours, also after a crash. Belongs to thread {@code vip-netlink}. */
interface Ownership {

    boolean ours(KernelAddress address);

    /**
     * These are about to be added.
     *
     * @return those that were not known as ours before: if the kernel has one already, it is not ours
     */
    List<Held> claim(Collection<Held> held) throws IOException;

    /** These are gone. */
    void forget(Collection<Held> held) throws IOException;

    /** By {@code IFA_PROTO} where the kernel has it (5.18), else by a file in the run directory. */
    static Ownership of(String kernelRelease, Path runDirectory) {
        String[] parts = kernelRelease.split("[^0-9]+", 3);
        int major = Integer.parseInt(parts[0]);
        int minor = parts.length > 1 && !parts[1].isEmpty() ? Integer.parseInt(parts[1]) : 0;
        return major > 5 || (major == 5 && minor >= 18) ? new ByProtocol() : new RunFile(runDirectory);
    }

    /** The kernel remembers. */
    final class ByProtocol implements Ownership {
        @Override
        public boolean ours(KernelAddress address) {
            return address.protocol() == KernelAddress.HALCYON;
        }

        @Override
        public List<Held> claim(Collection<Held> held) {
            return List.of();
        }

        @Override
        public void forget(Collection<Held> held) {}
    }
}
