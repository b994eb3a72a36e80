package io.halcyon.console.shell.page;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Fetches pages within a limit of time, name look-ups included.
 *
 * <p>The JDK's own client neither sends a Host header of one's own nor connects elsewhere than its URL says, and a check does both.
 */
public final class PageClient {

    private final Trust trust;
    private final String algorithm;
    private final Duration limit;

    /** @param algorithm {@code MD5} or {@code SHA-256} */
    public PageClient(Trust trust, String algorithm, Duration limit) {
        this.trust = trust;
        this.algorithm = algorithm;
        this.limit = limit;
    }

    /**
     * Asks, and asks again where it is sent.
     *
     * @param redirects how many are followed at most
     * @throws PageException if there is no answer, or one that makes no sense
     */
    public Page fetch(PageRequest request, int redirects) throws PageException, InterruptedException {
        var visit = new Visit(redirects);
        var task = new FutureTask<>(() -> visit.fetch(request, 0));
        var thread = new Thread(task, "check-digest");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw told(request, e.getCause());
        } catch (TimeoutException e) {
            throw new PageException(request.url() + ": no complete answer within " + limit.toSeconds() + " s", e);
        } finally {
            visit.end();
        }
    }

    private PageException told(PageRequest request, @Nullable Throwable cause) {
        for (Throwable deeper = cause; deeper != null; deeper = deeper.getCause()) {
            // TLS wraps what happens below it.
            if (deeper instanceof PageException fault) {
                return new PageException(request.url() + ": " + fault.getMessage(), fault);
            }
        }
        if (cause instanceof SSLException fault) {
            String hint = trust.isVerified() ? " (--insecure takes any certificate)" : "";
            return new PageException(request.url() + ": TLS: " + fault.getMessage() + hint, fault);
        }
        if (cause instanceof IOException fault) {
            return new PageException(request.url() + ": " + fault.getMessage(), fault);
        }
        throw new IllegalStateException(cause);
    }

    /** On a thread of its own, because a look-up cannot be interrupted. */
    private final class Visit {

        private final int redirects;
        private @Nullable Socket socket;
        private boolean over;

        Visit(int redirects) {
            this.redirects = redirects;
        }

        Page fetch(PageRequest request, int followed) throws IOException {
            var digest = digest();
            try (Socket connected = connect(request);
                    Socket spoken = request.secure()
                            ? trust.over(
                                    connected,
                                    request.serverName(),
                                    request.connect().port())
                            : connected) {
                spoken.getOutputStream().write(request.bytes());
                spoken.getOutputStream().flush();
                var reader = new PageReader(spoken.getInputStream(), digest);
                reader.read();
                String location = reader.field("location");
                if (followed < redirects && isRedirect(reader.status()) && !location.isEmpty()) {
                    return fetch(request.redirected(location), followed + 1);
                }
                return new Page(
                        request.url(),
                        request.connect().toString(),
                        followed,
                        reader.status(),
                        reader.header(),
                        reader.bodyBytes(),
                        algorithm,
                        HexFormat.of().formatHex(digest.digest()));
            }
        }

        synchronized void end() {
            over = true;
            close();
        }

        private Socket connect(PageRequest request) throws IOException {
            HostPort whom = request.connect();
            var address = new InetSocketAddress(whom.host(), whom.port());
            if (address.isUnresolved()) {
                throw new PageException(whom.host() + " cannot be resolved");
            }
            Socket begun = begin(request.secure() ? new StrictSocket() : new Socket());
            try {
                begun.connect(address);
            } catch (IOException e) {
                begun.close();
                throw new PageException("connect to " + whom + ": " + e.getMessage(), e);
            }
            return begun;
        }

        private synchronized Socket begin(Socket fresh) throws IOException {
            close();
            socket = fresh;
            if (over) {
                close();
                throw new SocketException("too late");
            }
            return fresh;
        }

        private void close() {
            try {
                if (socket != null) {
                    socket.close();
                }
            } catch (IOException e) {
                // It is gone either way.
            }
        }

        private MessageDigest digest() {
            try {
                return MessageDigest.getInstance(algorithm);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has " + algorithm, e);
            }
        }

        private boolean isRedirect(int status) {
            return switch (status) {
                case 301, 302, 303, 307, 308 -> true;
                default -> false;
            };
        }
    }
}
