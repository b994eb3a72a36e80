package io.halcyon.console.shell.line;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.net.ExtendedSocketOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens on a Unix-domain socket that only the container's owner and root may use.
 *
 * <p>The thread {@code console-accept} owns the socket; each connection is a {@link Conversation} on a thread of its own,
 * each within a time limit, and at most
 * {@value #MAX_COMMANDS} run a command at once.
 */
final class LineServer implements AutoCloseable {

    static final int MAX_COMMANDS = 8;
    private static final int MAX_CLIENTS = 2 * MAX_COMMANDS;

    private static final Logger LOG = LoggerFactory.getLogger(LineServer.class);

    private final Path path;
    private final Interpreter interpreter;
    private final long limitMillis;
    private final ServerSocketChannel server;
    private final UserPrincipal owner;
    private final Semaphore slots = new Semaphore(MAX_COMMANDS);
    private final ThreadPoolExecutor workers;
    private final ScheduledThreadPoolExecutor limits;
    private final Thread acceptor;

    LineServer(Path path, Interpreter interpreter, long limitMillis) throws IOException {
        this.path = path;
        this.interpreter = interpreter;
        this.limitMillis = limitMillis;
        // Left over from a container that was killed; one that runs holds the launcher's lock.
        Files.deleteIfExists(path);
        this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(path));
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
            this.owner = Files.getOwner(path);
        } catch (IOException e) {
            server.close();
            throw e;
        }
        var numbers = new AtomicInteger();
        this.workers = new ThreadPoolExecutor(
                0,
                MAX_CLIENTS,
                5,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                work -> new Thread(work, "console-" + numbers.incrementAndGet()));
        this.limits = new ScheduledThreadPoolExecutor(1, work -> new Thread(work, "console-limits"));
        limits.setRemoveOnCancelPolicy(true);
        limits.setKeepAliveTime(5, TimeUnit.SECONDS);
        limits.allowCoreThreadTimeOut(true);
        this.acceptor = new Thread(this::acceptAll, "console-accept");
        acceptor.start();
    }

    Path path() {
        return path;
    }

    private void acceptAll() {
        while (true) {
            try {
                serve(server.accept());
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                LOG.warn("local command line: cannot accept a connection: {}", e.getMessage());
                pause();
            }
        }
    }

    private void serve(SocketChannel channel) throws IOException {
        if (!mayTalk(channel)) {
            channel.close();
            return;
        }
        try {
            workers.execute(new Conversation(channel, interpreter, slots, limits, limitMillis));
        } catch (RejectedExecutionException e) {
            // Even those who were to hear that we are busy are too many.
            channel.close();
        }
    }

    private boolean mayTalk(SocketChannel channel) throws IOException {
        UserPrincipal peer =
                channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
        boolean allowed = peer.equals(owner) || "root".equals(peer.getName());
        if (!allowed) {
            LOG.warn("local command line: refused user {}, only {} and root may talk", peer, owner);
        }
        return allowed;
    }

    /** Out of descriptors, say: the next attempt would fail at once, too. */
    private static void pause() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            Files.deleteIfExists(path);
        } catch (IOException e) {
            LOG.debug("closing {}: {}", path, e.getMessage());
        }
        workers.shutdownNow();
        limits.shutdownNow();
    }
}
