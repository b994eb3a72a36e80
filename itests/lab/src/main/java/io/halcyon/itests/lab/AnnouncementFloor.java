package io.halcyon.itests.lab;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

/**
 * How long the kernel alone takes to put many addresses and to send their announcements, each by a thread of its own that waits
 * for nothing: addresses in one system call, announcements in as few as possible, with nobody who listens. No daemon of two
 * threads can be quicker.
 */
public final class AnnouncementFloor {

    private static final int ETH_P_ARP = 0x0806;
    private static final int FRAME_BYTES = 42;

    /** Of {@code sendmmsg(2)}: more the kernel does not take at once. */
    private static final int MOST_AT_ONCE = 1024;

    // struct mmsghdr and struct iovec of 64-bit machines
    private static final int HEADER = 64;
    private static final int VECTOR = 16;
    private static final int SOCKADDR_LL = 20;
    private static final int SEND_BUFFER_BYTES = 4 << 20;

    private AnnouncementFloor() {}

    /** Times of some runs on an interface of a host, which has none of these addresses before and after. */
    public static double[] millis(Host host, int addresses, int rounds, int runs) {
        int index = KernelFloor.index(host);
        return Netns.call(host.pid(), () -> {
            try (var netlink = Fd.socket(Libc.AF_NETLINK, Libc.SOCK_RAW, 0);
                    var packets = Fd.socket(Libc.AF_PACKET, Libc.SOCK_RAW, 0);
                    var announcements = new Batch(index, addresses)) {
                packets.option(Libc.SO_SNDBUFFORCE, SEND_BUFFER_BYTES);
                var additions = KernelFloor.additions(index, addresses);
                return IntStream.range(0, runs)
                        .mapToDouble(run -> {
                            double millis = together(List.of(
                                    () -> KernelFloor.send(netlink, additions),
                                    () -> announcements.send(packets, rounds)));
                            KernelFloor.send(netlink, KernelFloor.removals(index, addresses));
                            return millis;
                        })
                        .toArray();
            }
        });
    }

    private static double together(List<Runnable> work) {
        var begin = new CountDownLatch(1);
        var threads = work.stream()
                .map(one -> new Thread(() -> {
                    await(begin);
                    one.run();
                }))
                .toList();
        threads.forEach(Thread::start);
        long start = System.nanoTime();
        begin.countDown();
        threads.forEach(AnnouncementFloor::join);
        return (System.nanoTime() - start) / 1e6;
    }

    private static void await(CountDownLatch begin) {
        try {
            begin.await();
        } catch (InterruptedException e) {
            throw new LabException("interrupted", e);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new LabException("interrupted", e);
        }
    }

    /** One gratuitous ARP for each address, ready to be sent. */
    private static final class Batch implements AutoCloseable {

        private final int count;
        private final Memory frames;
        private final Memory vectors;
        private final Memory headers;
        private final Memory destination = new Memory(SOCKADDR_LL);

        Batch(int index, int count) {
            this.count = count;
            frames = new Memory((long) count * FRAME_BYTES);
            vectors = new Memory((long) count * VECTOR);
            headers = new Memory((long) count * HEADER);
            headers.clear();
            destination.clear();
            destination.setShort(0, (short) Libc.AF_PACKET);
            destination.setInt(4, index);
            for (int i = 0; i < count; i++) {
                frames.write((long) i * FRAME_BYTES, frame(KernelFloor.address(i)), 0, FRAME_BYTES);
                vectors.setPointer((long) i * VECTOR, frames.share((long) i * FRAME_BYTES));
                vectors.setLong((long) i * VECTOR + 8, FRAME_BYTES);
                headers.setPointer((long) i * HEADER, destination);
                headers.setInt((long) i * HEADER + 8, SOCKADDR_LL);
                headers.setPointer((long) i * HEADER + 16, vectors.share((long) i * VECTOR));
                headers.setLong((long) i * HEADER + 24, 1);
            }
        }

        void send(Fd socket, int rounds) {
            for (int round = 0; round < rounds; round++) {
                for (int sent = 0; sent < count; ) {
                    sent += some(socket, sent);
                }
            }
        }

        private int some(Fd socket, int from) {
            try {
                return Libc.sendmmsg(
                        socket.number(), headers.share((long) from * HEADER), Math.min(MOST_AT_ONCE, count - from), 0);
            } catch (LastErrorException e) {
                throw new LabException("the kernel takes no announcements", e);
            }
        }

        @Override
        public void close() {
            List.of(frames, vectors, headers, destination).forEach(Memory::close);
        }

        private static byte[] frame(byte[] address) {
            byte[] frame = new byte[FRAME_BYTES];
            byte[] mac = {2, 0, 0, 0, 0, 1};
            Arrays.fill(frame, 0, 6, (byte) 0xff);
            System.arraycopy(mac, 0, frame, 6, 6);
            byte[] arp = {ETH_P_ARP >>> 8, ETH_P_ARP & 0xff, 0, 1, 8, 0, 6, 4, 0, 1};
            System.arraycopy(arp, 0, frame, 12, arp.length);
            System.arraycopy(mac, 0, frame, 22, 6);
            System.arraycopy(address, 0, frame, 28, 4);
            Arrays.fill(frame, 32, 38, (byte) 0xff);
            System.arraycopy(address, 0, frame, 38, 4);
            return frame;
        }
    }
}
