package __PACKAGE__;

import io.halcyon.spi.check.BlockingCheck;
import io.halcyon.spi.check.CheckResult;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Connects to a TCP server and waits for its first line. Without state between looks. */
final class __CLASS__Check implements BlockingCheck {

    /** Whatever the server sends, no more of it is kept. */
    private static final int MOST_BYTES = 1024;

    private final String host;
    private final int port;
    private final String greeting;

    __CLASS__Check(String host, int port, String greeting) {
        this.host = host;
        this.port = port;
        this.greeting = greeting;
    }

    @Override
    public CheckResult look(long timeoutMillis) throws InterruptedException {
        long start = System.nanoTime();
        long deadline = start + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        // The socket of a channel, since an interrupt ends its calls.
        try (var channel = SocketChannel.open()) {
            var socket = channel.socket();
            socket.connect(new InetSocketAddress(InetAddress.getByName(host), port), left(deadline));
            var line = firstLine(socket, deadline);
            return judge(line)
                    .withLatency(Duration.ofNanos(System.nanoTime() - start))
                    .withDetails(Map.of("greeting", line));
        } catch (ClosedByInterruptException e) {
            Thread.interrupted();
            throw new InterruptedException();
        } catch (SocketTimeoutException e) {
            return CheckResult.down(host + ":" + port + " does not answer in time");
        } catch (UnknownHostException e) {
            return CheckResult.down("host " + host + " is not known");
        } catch (IOException e) {
            return CheckResult.down(host + ":" + port + ": " + e.getMessage());
        }
    }

    /** A success has one reason only: each change of a reason is told to whoever tracks the check. */
    private CheckResult judge(String line) {
        if (line.isEmpty()) {
            return CheckResult.down(host + ":" + port + " closes without a greeting");
        }
        return line.contains(greeting)
                ? CheckResult.up("greets as it should")
                : CheckResult.down(host + ":" + port + " greets without \"" + greeting + "\"");
    }

    /** The time that is left is asked for before each read: a server that sends a byte a second wins nothing by it. */
    private static String firstLine(Socket socket, long deadline) throws IOException {
        var line = new byte[MOST_BYTES];
        int length = 0;
        while (length < MOST_BYTES) {
            socket.setSoTimeout(left(deadline));
            int next = socket.getInputStream().read();
            if (next < 0 || next == '\n') {
                break;
            }
            line[length++] = (byte) next;
        }
        return new String(line, 0, length, StandardCharsets.UTF_8).strip();
    }

    private static int left(long deadline) throws SocketTimeoutException {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
            throw new SocketTimeoutException();
        }
        return (int) Math.min(left, Integer.MAX_VALUE);
    }
}
