package io.halcyon.itests.lab;

import com.sun.jna.LastErrorException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.IntStream;

/** How long the kernel alone takes for many addresses: in one system call, with nobody who listens. No daemon can be quicker. */
public final class KernelFloor {

    private static final int RTM_NEWADDR = 20;
    private static final int RTM_DELADDR = 21;
    private static final int NLM_F_REQUEST = 0x1;
    private static final int NLM_F_EXCL_CREATE = 0x600;
    private static final int IFA_ADDRESS = 1;
    private static final int IFA_LOCAL = 2;
    private static final int MESSAGE_BYTES = 40;
    private static final int PER_NET = 250;
    private static final byte[] TO_KERNEL = {Libc.AF_NETLINK, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};

    private KernelFloor() {}

    /** Times of some runs on an interface of a host, which has none of these addresses before and after. */
    public static double[] addMillis(Host host, int addresses, int runs) {
        int index = index(host);
        return Netns.call(host.pid(), () -> {
            try (var socket = Fd.socket(Libc.AF_NETLINK, Libc.SOCK_RAW, 0)) {
                return IntStream.range(0, runs)
                        .mapToDouble(run -> runMillis(socket, index, addresses))
                        .toArray();
            }
        });
    }

    static int index(Host host) {
        // Not from /sys: a host sees the machine's there.
        String link = host.run("ip", "-o", "link", "show", "dev", Lab.INTERFACE);
        return Integer.parseInt(link.substring(0, link.indexOf(':')));
    }

    private static double runMillis(Fd socket, int index, int addresses) {
        var additions = additions(index, addresses);
        long start = System.nanoTime();
        send(socket, additions);
        double millis = (System.nanoTime() - start) / 1e6;
        send(socket, removals(index, addresses));
        return millis;
    }

    static byte[] additions(int index, int addresses) {
        return batch(RTM_NEWADDR, NLM_F_REQUEST | NLM_F_EXCL_CREATE, index, addresses);
    }

    static byte[] removals(int index, int addresses) {
        return batch(RTM_DELADDR, NLM_F_REQUEST, index, addresses);
    }

    /** The address of that number. */
    static byte[] address(int number) {
        return new byte[] {10, 77, (byte) (number / PER_NET), (byte) (1 + number % PER_NET)};
    }

    static void send(Fd socket, byte[] batch) {
        try {
            Libc.sendto(socket.number(), batch, batch.length, 0, TO_KERNEL, TO_KERNEL.length);
        } catch (LastErrorException e) {
            throw new LabException("the kernel takes no addresses", e);
        }
    }

    private static byte[] batch(int type, int flags, int index, int addresses) {
        var batch = ByteBuffer.allocate(addresses * MESSAGE_BYTES).order(ByteOrder.nativeOrder());
        for (int i = 0; i < addresses; i++) {
            byte[] address = address(i);
            batch.putInt(MESSAGE_BYTES)
                    .putShort((short) type)
                    .putShort((short) flags)
                    .putInt(i);
            batch.putInt(0);
            batch.put((byte) Libc.AF_INET).put((byte) 32).putShort((short) 0).putInt(index);
            attribute(batch, IFA_LOCAL, address);
            attribute(batch, IFA_ADDRESS, address);
        }
        return batch.array();
    }

    private static void attribute(ByteBuffer batch, int type, byte[] address) {
        batch.putShort((short) 8).putShort((short) type).put(address);
    }
}
