package io.halcyon.lvs.ipvs;

import io.halcyon.linux.Errno;
import io.halcyon.linux.LinuxException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Whether the kernel has IPVS for us. What it lacks is asked for again after a while: somebody may have loaded the module. */
final class Limits {

    private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Probe probe;
    private final long againNanos;
    private List<String> known = List.of();
    private long askedNanos;
    private boolean asked;

    /** Asks the kernel. */
    interface Probe {
        void run() throws IOException;
    }

    Limits(Probe probe, long againNanos) {
        this.probe = probe;
        this.againNanos = againNanos;
    }

    static Limits ofKernel() {
        return new Limits(
                () -> {
                    try (Kernel kernel = Kernel.connect()) {
                        // Everybody may look the family up; to be answered needs the capability.
                        kernel.timeouts();
                    }
                },
                AGAIN_NANOS);
    }

    synchronized List<String> sentences() {
        long now = System.nanoTime();
        if (!asked || (!known.isEmpty() && now - askedNanos >= againNanos)) {
            asked = true;
            askedNanos = now;
            known = ask();
        }
        return known;
    }

    private List<String> ask() {
        try {
            probe.run();
            return List.of();
        } catch (IOException e) {
            return List.of(sentence(e));
        }
    }

    /** A failure to reach the kernel's IPVS, with what would cure it. */
    static String sentence(Throwable failure) {
        if (failure instanceof LinuxException linux) {
            switch (linux.errno()) {
                case Errno.ENOENT -> {
                    return "this kernel has no IPVS: 'modprobe ip_vs' loads it where the kernel's package has it (in a"
                            + " container: on the host), otherwise dataplane = nftables does not need it";
                }
                case Errno.EPERM -> {
                    return "the kernel's IPVS answers only with CAP_NET_ADMIN in the host's user namespace; run as root"
                            + " or grant it";
                }
                default -> {}
            }
        }
        return "the kernel's IPVS is not to be reached: " + failure.getMessage();
    }
}
