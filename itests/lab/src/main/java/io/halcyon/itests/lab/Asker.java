package io.halcyon.itests.lab;

import com.sun.jna.LastErrorException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks every 10 ms by broadcast who has an address, as a client does that does not know it; the capture reads the answers. A probe
 * goes to the one host that its client knows: only a request reaches all that have the address.
 *
 * <p>It asks with the client's cable but a protocol address that nobody has, so that nobody sends anything to what hosts learn of
 * it, and with another hardware address each time, which an answer repeats. The client's kernel takes no answer for its own.
 *
 * <p>A thread of its own sends.
 */
public final class Asker implements AutoCloseable {

    /** The first four octets of our hardware addresses; the number of the request follows. */
    static final int MARK = 0x0288_0100;

    private static final int ETH_P_ARP = 0x0806;
    private static final int REQUEST_BYTES = 42;
    private static final byte[] PROTOCOL_ADDRESS = {(byte) 192, (byte) 168, 88, 2};
    private static final long PERIOD_NANOS = 10_000_000;

    private final Map<String, Claims> claims = new LinkedHashMap<>();
    private final Thread sender;
    private volatile boolean open = true;

    /** Starts asking. */
    public Asker(Lab lab, Capture capture, List<String> addresses) {
        addresses.forEach(address -> claims.put(address, new Claims()));
        capture.onClaim(claim -> {
            var known = claims.get(claim.address());
            if (known != null) {
                known.answered(claim);
            }
        });
        byte[] link = link(KernelFloor.index(lab.client()));
        sender = Netns.thread(lab.name() + "-asker", lab.client().pid(), () -> send(link));
    }

    /** Who answered for an address. */
    public Claims of(String address) {
        var known = claims.get(address);
        if (known == null) {
            throw new LabException("nobody asks for " + address);
        }
        return known;
    }

    private void send(byte[] link) {
        try (var socket = Fd.socket(Libc.AF_PACKET, Libc.SOCK_RAW, 0)) { // of no protocol: it receives nothing
            long due = System.nanoTime();
            while (open) {
                claims.forEach((address, known) -> ask(socket, link, address, known));
                due += PERIOD_NANOS;
                long left = due - System.nanoTime();
                if (left > 0) {
                    LockSupport.parkNanos(left);
                } else {
                    due -= left; // late: no burst to catch up
                }
            }
        }
    }

    private static void ask(Fd socket, byte[] link, String address, Claims known) {
        var request = request(address, known.asked(Times.now()) % Claims.TOLD_APART);
        try {
            Libc.sendto(socket.number(), request, request.length, 0, link, link.length);
        } catch (LastErrorException notSent) {
            // Counted as asked, and nobody will answer it.
        }
    }

    /** RFC 826, from the Ethernet header on. */
    private static byte[] request(String address, int number) {
        return ByteBuffer.allocate(REQUEST_BYTES)
                .putInt(-1)
                .putShort((short) -1)
                .putInt(MARK)
                .putShort((short) number)
                .putShort((short) ETH_P_ARP)
                .putShort((short) 1)
                .putShort((short) 0x0800)
                .putShort((short) 0x0604)
                .putShort((short) 1)
                .putInt(MARK)
                .putShort((short) number)
                .put(PROTOCOL_ADDRESS)
                .put(new byte[6])
                .put(octets(address))
                .array();
    }

    private static byte[] octets(String address) {
        try {
            return InetAddress.getByName(address).getAddress();
        } catch (UnknownHostException e) {
            throw new LabException(address, e);
        }
    }

    /** struct sockaddr_ll. */
    private static byte[] link(int index) {
        return ByteBuffer.allocate(20)
                .order(ByteOrder.nativeOrder())
                .putShort(0, (short) Libc.AF_PACKET)
                .putShort(2, Short.reverseBytes((short) ETH_P_ARP))
                .putInt(4, index)
                .array();
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
