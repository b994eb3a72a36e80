package io.halcyon.vip.netlink;

import io.halcyon.linux.netlink.KernelAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Remembers our addresses for kernels before 5.18, which do not know {@code IFA_PROTO}. Belongs to thread
 * {@code vip-netlink}.
 *
 * <p>Its first line is the boot's id: no address survives a boot, but what the host configures then may look like ours.
 * Interfaces are named by index, which the kernel does not use again.
 */
final class RunFile implements Ownership {

    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    private static final String LEASED = "leased";
    private static final String PERMANENT = "permanent";

    private final Path file;
    private final Map<String, String> known = new TreeMap<>();

    RunFile(Path runDirectory) {
        file = runDirectory.resolve("addresses");
        try {
            List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
            if (!lines.isEmpty() && lines.get(0).equals(bootId())) {
                lines.stream().skip(1).map(line -> line.split(" ", 2)).forEach(words -> known.put(words[0], words[1]));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    @Override
    public boolean ours(KernelAddress address) {
        String kind = known.get(name(address.key()));
        // Whoever made a leased address permanent wants to have it.
        return kind != null && (kind.equals(PERMANENT) || !address.permanent());
    }

    @Override
    public List<Held> claim(Collection<Held> held) throws IOException {
        List<Held> fresh = new ArrayList<>();
        boolean changed = false;
        for (Held one : held) {
            String kind = one.account.leaseSeconds > 0 ? LEASED : PERMANENT;
            String before = known.put(name(one.key()), kind);
            changed |= !kind.equals(before);
            if (before == null) {
                fresh.add(one);
            }
        }
        if (changed) {
            write();
        }
        return fresh;
    }

    @Override
    public void forget(Collection<Held> held) throws IOException {
        boolean changed = false;
        for (Held one : held) {
            changed |= known.remove(name(one.key())) != null;
        }
        if (changed) {
            write();
        }
    }

    private void write() throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(bootId());
        known.forEach((name, kind) -> lines.add(name + " " + kind));
        Files.createDirectories(file.getParent());
        Path next = file.resolveSibling("addresses.new");
        Files.write(next, lines);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String name(KernelAddress.Key key) {
        return key.index() + "/" + key.address().getHostAddress() + "/" + key.prefixLength();
    }

    private static String bootId() throws IOException {
        return Files.readString(BOOT_ID).strip();
    }
}
