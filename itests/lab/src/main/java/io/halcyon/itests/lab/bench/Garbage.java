package io.halcyon.itests.lab.bench;

import io.halcyon.itests.lab.Await;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes a Halcyon make garbage: asks it for lists over its command socket, again and again, on a thread of its own. */
final class Garbage implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final byte PLAIN_LINE = 'l';
    private static final byte[] COMMAND = "vrrp:list -o json".getBytes(StandardCharsets.UTF_8);

    private final Path socket;
    private final Thread thread;
    private final AtomicInteger answers = new AtomicInteger();
    private volatile boolean open = true;

    Garbage(Path socket) {
        this.socket = socket;
        this.thread = new Thread(this::ask, "garbage");
        thread.setDaemon(true);
        thread.start();
    }

    /** Commands that were answered. */
    int answers() {
        return answers.get();
    }

    private void ask() {
        while (open) {
            try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                channel.connect(UnixDomainSocketAddress.of(socket));
                channel.write(ByteBuffer.allocate(5 + COMMAND.length)
                        .put(PLAIN_LINE)
                        .putInt(COMMAND.length)
                        .put(COMMAND)
                        .flip());
                if (drain(channel) > 0) {
                    answers.incrementAndGet();
                }
            } catch (IOException e) {
                return; // seen in the number of answers
            }
            Await.pass(PAUSE, "the command line is not what is measured");
        }
    }

    private static long drain(SocketChannel channel) throws IOException {
        var bytes = ByteBuffer.allocate(1 << 16);
        long total = 0;
        for (int read = channel.read(bytes); read >= 0; read = channel.read(bytes)) {
            total += read;
            bytes.clear();
        }
        return total;
    }

    @Override
    public void close() {
        open = false;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
