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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
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
 * <p>The thread {@code console-accept} owns the socket; each connection is a {@link Conversation} on threads of its own,
 * which go soon after it. How many there may be is in {@link Slots}.
 */
final class LineServer implements AutoCloseable {

    /** {@code EX_NOPERM} of {@code sysexits.h}. */
    static final int NOT_ALLOWED = 77;

    private static final String ROOT = "root";
    private static final String FAREWELL = "the container stops";
    private static final long FAREWELL_MILLIS = 700;

    /** The worker, the listener and the sender of a shell. */
    private static final int THREADS_PER_CLIENT = 3;

    private static final Logger LOG = LoggerFactory.getLogger(LineServer.class);

    private final Path path;
    private final ServerSocketChannel server;
    private final UserPrincipal owner;
    private final TimeLimits limits;
    private final Conversation.Services services;
    private final Set<Conversation> conversations = ConcurrentHashMap.newKeySet();
    private final ThreadPoolExecutor threads;
    private final Thread acceptor;

    LineServer(Path path, Interpreter interpreter, Talker talker, long limitMillis) throws IOException {
        this.path = path;
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
        this.limits = new TimeLimits(limitMillis);
        this.services = new Conversation.Services(interpreter, talker, new Slots(), limits);
        var numbers = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                0,
                THREADS_PER_CLIENT * Slots.CLIENTS,
                1,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                work -> new Thread(work, "console-" + numbers.incrementAndGet()));
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
            } catch (IOException | RuntimeException | Error e) {
                // Also where the host permits no more threads: without this one no command would ever be heard again.
                LOG.warn("local command line: cannot accept a connection: {}", e.toString());
                pause();
            }
        }
    }

    private void serve(SocketChannel channel) throws IOException {
        UserPrincipal peer =
                channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
        if (!peer.equals(owner) && !peer.getName().equals(ROOT)) {
            LOG.warn("local command line: refused user {}, only {} and root may talk", peer, owner);
            String allowed = owner.getName().equals(ROOT) ? ROOT : owner + " and " + ROOT;
            refuse(
                    channel,
                    NOT_ALLOWED,
                    "user " + peer + " is refused: only " + allowed + " may talk to this container");
            return;
        }
        if (conversations.size() >= Slots.CLIENTS) {
            refuse(channel, CommandWork.BUSY, "too many clients are there already; try again later");
            return;
        }
        try {
            threads.execute(() -> converse(channel));
        } catch (RejectedExecutionException e) {
            refuse(channel, CommandWork.BUSY, FAREWELL);
        }
    }

    private void converse(SocketChannel channel) {
        var conversation = new Conversation(channel, services, threads);
        conversations.add(conversation);
        try {
            if (server.isOpen()) {
                conversation.run();
            } else {
                refuse(channel, CommandWork.BUSY, FAREWELL);
            }
        } finally {
            conversations.remove(conversation);
            synchronized (conversations) {
                conversations.notifyAll();
            }
        }
    }

    /** A new connection's buffer is empty, so that this does not wait. */
    private static void refuse(SocketChannel channel, int exit, String sentence) {
        try (channel) {
            var frames = new FrameChannel(channel);
            frames.send(Frame.text(Frame.Kind.ERR, sentence + "\n"));
            frames.send(Frame.exit(exit));
        } catch (IOException e) {
            LOG.debug("local command line: nobody heard the refusal: {}", e.toString());
        }
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
        conversations.forEach(conversation -> conversation.end(FAREWELL));
        awaitFarewells();
        threads.shutdownNow();
        limits.close();
    }

    private void awaitFarewells() {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(FAREWELL_MILLIS);
        synchronized (conversations) {
            try {
                for (long left = FAREWELL_MILLIS; left > 0 && !conversations.isEmpty(); ) {
                    conversations.wait(left);
                    left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
