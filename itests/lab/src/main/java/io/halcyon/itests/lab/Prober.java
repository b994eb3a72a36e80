package io.halcyon.itests.lab;

import com.sun.jna.LastErrorException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks every address for an ICMP echo each millisecond, from the client; the capture reads the answers. With more than ten
 * addresses it asks each less often, so that the laboratory has something left for the daemons.
 *
 * <p>A thread of its own sends.
 */
public final class Prober implements AutoCloseable {

    /** Marks our probes among others. */
    static final int MAGIC = 0x4c414221;

    /** ICMP header, mark, sequence number. */
    static final int LENGTH = 16;

    private static final long SHORTEST_PERIOD_NANOS = 1_000_000;
    private static final long NANOS_PER_PROBE = 100_000;
    private static final int IPPROTO_ICMP = 1;

    private final Map<String, Answers> answers = new LinkedHashMap<>();
    private final Thread sender;
    private volatile boolean open = true;

    /** Starts probing. */
    public Prober(Lab lab, Capture capture, List<String> addresses) {
        addresses.forEach(address -> answers.put(address, new Answers()));
        capture.onProbeReply(reply -> {
            var known = answers.get(reply.address());
            if (known != null) {
                known.answered(reply);
            }
        });
        sender = Netns.thread(lab.name() + "-prober", lab.client().pid(), this::send);
    }

    /** What became of the probes to an address. */
    public Answers of(String address) {
        var known = answers.get(address);
        if (known == null) {
            throw new LabException(address + " is not probed");
        }
        return known;
    }

    /** Waits until the address is answered by the host. */
    public void awaitAnswer(String address, String host, long since, Duration limit) {
        Await.until(host + " answers for " + address, limit, () -> of(address).firstBy(host, since) > 0);
    }

    private void send() {
        try (var socket = Fd.socket(Libc.AF_INET, Libc.SOCK_RAW, IPPROTO_ICMP)) {
            socket.option(Libc.SO_RCVBUF, 1); // nobody reads here
            var targets = answers.entrySet().stream()
                    .map(entry -> new Target(socketAddress(entry.getKey()), entry.getValue()))
                    .toList();
            long periodNanos = Math.max(SHORTEST_PERIOD_NANOS, targets.size() * NANOS_PER_PROBE);
            long due = System.nanoTime();
            while (open) {
                targets.forEach(target -> target.probe(socket));
                due += periodNanos;
                long left = due - System.nanoTime();
                if (left > 0) {
                    LockSupport.parkNanos(left);
                } else {
                    due -= left; // late: no burst to catch up
                }
            }
        }
    }

    private static final class Target {

        private final byte[] address;
        private final Answers answers;

        Target(byte[] address, Answers answers) {
            this.address = address;
            this.answers = answers;
        }

        void probe(Fd socket) {
            var packet = packet(answers.sent(Times.now()));
            try {
                Libc.sendto(socket.number(), packet, packet.length, 0, address, address.length);
            } catch (LastErrorException unreachable) {
                // Counted as sent, and nobody will answer it.
            }
        }
    }

    private static byte[] packet(int sequence) {
        var packet = ByteBuffer.allocate(LENGTH);
        packet.put(0, (byte) 8).putInt(8, MAGIC).putInt(12, sequence);
        int sum = 0x0800 + (MAGIC >>> 16) + (MAGIC & 0xffff) + (sequence >>> 16) + (sequence & 0xffff);
        sum = (sum & 0xffff) + (sum >>> 16);
        sum = (sum & 0xffff) + (sum >>> 16);
        packet.putShort(2, (short) ~sum);
        return packet.array();
    }

    /** struct sockaddr_in. */
    private static byte[] socketAddress(String address) {
        try {
            var bytes = ByteBuffer.allocate(16);
            bytes.put(0, (byte) Libc.AF_INET)
                    .put(4, InetAddress.getByName(address).getAddress());
            return bytes.array();
        } catch (UnknownHostException e) {
            throw new LabException(address, e);
        }
    }

    @Override
    public void close() {
        open = false;
        try {
            sender.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
