package io.halcyon.check.ping;

import io.halcyon.linux.socket.EchoSocket;
import io.halcyon.linux.socket.EchoSocket.Family;
import io.halcyon.linux.socket.EchoSocket.Way;
import io.halcyon.testkit.FrameTap;
import io.halcyon.testkit.TwoHosts;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Sees the echo requests that reach the right host, and may answer them in place of its kernel. */
final class EchoTap implements AutoCloseable {

    private static final int ETH_P_IPV6 = 0x86dd;

    /** An echo request, from its ICMP type on. */
    record Request(InetAddress source, ByteBuffer message) {

        /** A copy of the message. */
        byte[] octets() {
            var octets = new byte[message.limit()];
            message.get(0, octets);
            return octets;
        }
    }

    /** Sends answers of its own making. */
    interface Answerer {
        void answer(Request request, EchoSocket socket) throws IOException;
    }

    private final Family family;
    private final FrameTap tap;
    private final EchoSocket socket;
    private final AtomicInteger answered = new AtomicInteger();

    private EchoTap(Family family, FrameTap tap, EchoSocket socket) {
        this.family = family;
        this.tap = tap;
        this.socket = socket;
    }

    /** Called in the right host. */
    static EchoTap open(Family family) throws IOException {
        int index = TwoHosts.link(TwoHosts.RIGHT).index();
        var tap = new FrameTap(index, family == Family.IPV6 ? ETH_P_IPV6 : FrameTap.IPV4).incoming();
        return new EchoTap(family, tap, EchoSocket.open(family));
    }

    /** The next request. */
    Request next() throws IOException {
        int header = 14 + (family == Family.IPV6 ? 40 : 20);
        while (true) {
            // Offset 23 is the protocol of IPv4 and the second octet of an IPv6 source, which is 01 in 2001:db8::.
            var frame = tap.next(1);
            boolean isIcmp = family == Family.IPV4 || frame.get(20) == 58;
            if (isIcmp && (frame.get(header) & 0xff) == (family == Family.IPV6 ? 128 : 8)) {
                var source = new byte[family == Family.IPV6 ? 16 : 4];
                frame.get(family == Family.IPV6 ? 22 : 26, source);
                var message = new byte[frame.limit() - header];
                frame.get(header, message);
                return new Request(InetAddress.getByAddress(source), ByteBuffer.wrap(message));
            }
        }
    }

    String nextSource() throws IOException {
        return next().source().getHostAddress();
    }

    /** Answers so many requests on a thread of its own. */
    Thread answer(int requests, Answerer answerer) {
        var thread = new Thread(
                () -> {
                    try {
                        for (int i = 0; i < requests; i++) {
                            answerer.answer(next(), socket);
                            answered.incrementAndGet();
                        }
                    } catch (IOException closed) {
                        // The test is over.
                    }
                },
                "answerer");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    int answered() {
        return answered.get();
    }

    /** What a good host sends, but late. */
    static Answerer late(long delayNanos) {
        return (request, socket) -> {
            long until = System.nanoTime() + delayNanos;
            while (System.nanoTime() < until) {
                LockSupport.parkNanos(until - System.nanoTime());
            }
            socket.send(reply(request.octets()), Way.to(request.source()));
        };
    }

    /** Whatever somebody who does not see the requests, or is not the host, might send. */
    static Answerer forged(InetAddress otherAddress) {
        return (request, socket) -> {
            var to = Way.to(request.source());
            var otherKey = request.octets();
            otherKey[4] ^= 1;
            socket.send(reply(otherKey), to);
            var otherData = request.octets();
            otherData[8] ^= 1;
            socket.send(reply(otherData), to);
            var cutShort = Arrays.copyOf(request.octets(), request.octets().length - 1);
            socket.send(reply(cutShort), to);
            socket.send(reply(new byte[8]), to);
            socket.send(reply(request.octets()), new Way(request.source(), "", otherAddress, 0));
            // An error about a packet that another host would have got.
            var unreachable = ByteBuffer.allocate(8 + 20 + request.octets().length);
            unreachable
                    .put((byte) 3)
                    .put((byte) 1)
                    .position(8)
                    .put((byte) 0x45)
                    .position(8 + 9)
                    .put((byte) 1);
            unreachable.position(8 + 16).put(otherAddress.getAddress()).put(request.octets());
            socket.send(withChecksum(unreachable), to);
        };
    }

    @Override
    public void close() {
        socket.close();
        tap.close();
    }

    private static ByteBuffer reply(byte[] message) {
        message[0] = 0;
        return withChecksum(ByteBuffer.wrap(message));
    }

    /** The message with its checksum in place, from its first octet on. */
    static ByteBuffer withChecksum(ByteBuffer message) {
        message.rewind();
        if (message.limit() < 4) {
            return message;
        }
        message.putShort(2, (short) 0);
        long sum = 0;
        for (int i = 0; i < message.limit(); i++) {
            sum += (message.get(i) & 0xffL) << (i % 2 == 0 ? 8 : 0);
        }
        while (sum > 0xffff) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return message.putShort(2, (short) ~sum);
    }
}
