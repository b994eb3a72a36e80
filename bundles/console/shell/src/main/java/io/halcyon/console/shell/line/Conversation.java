package io.halcyon.console.shell.line;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection: one line in, its output and exit code out; or a person at a terminal. Its thread owns it, and a second
 * one listens to the client, so that work ends with the client that asked for it.
 */
final class Conversation implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);

    private final SocketChannel channel;
    private final FrameChannel frames;
    private final Services services;
    private final Executor listeners;

    // Guarded by this: an interrupt must not meet the thread's next work.
    private @Nullable Thread worker;
    private @Nullable Runnable onEnd;

    private volatile String farewell = "";
    private volatile @Nullable ShellWork shell;

    /** Who does the work, and what all conversations share. */
    record Services(Interpreter interpreter, Talker talker, Slots slots, TimeLimits limits) {}

    Conversation(SocketChannel channel, Services services, Executor listeners) {
        this.channel = channel;
        this.frames = new FrameChannel(channel);
        this.services = services;
        this.listeners = listeners;
    }

    @Override
    public void run() {
        synchronized (this) {
            worker = Thread.currentThread();
        }
        try (channel;
                var limit = services.limits().begin(() -> end("this took too long, so it is ended"))) {
            converse(limit);
        } catch (IOException e) {
            LOG.debug("local command line: {}", e.toString());
        } catch (RuntimeException e) {
            // The shell's own bundle goes or is updated, for example.
            LOG.warn("local command line: a client could not be served: {}", e.toString());
        } finally {
            synchronized (this) {
                worker = null;
            }
            // The pool reuses the thread.
            Thread.interrupted();
        }
    }

    private void converse(TimeLimits.Limit limit) throws IOException {
        Window window = null;
        Frame request = frames.receive();
        while (request != null && request.kind() == Frame.Kind.WINDOW) {
            window = request.window();
            request = frames.receive();
        }
        if (request == null) {
            return;
        }
        int exit =
                switch (request.kind()) {
                    case PLAIN_LINE, TERMINAL_LINE -> command(request, window, limit);
                    case SHELL -> shell(request.text(), window == null ? Window.USUAL : window, limit);
                    default -> throw new MalformedFrameException("a line was expected, not " + request.kind());
                };
        frames.send(Frame.exit(exit));
    }

    private int command(Frame request, @Nullable Window window, TimeLimits.Limit limit) {
        var work = new CommandWork(frames, services, limit);
        listen();
        return work.run(request, window, () -> farewell);
    }

    private int shell(String type, Window window, TimeLimits.Limit limit) throws IOException {
        // A person may think for long.
        limit.lift();
        var work = new ShellWork(frames, services, listeners);
        return work.run(
                type,
                window,
                () -> {
                    shell = work;
                    onEnd(work::end);
                    listen();
                },
                () -> farewell);
    }

    private synchronized void onEnd(Runnable action) {
        onEnd = action;
    }

    private void listen() {
        try {
            listeners.execute(this::hear);
        } catch (RejectedExecutionException e) {
            // The server is closed.
            interrupt();
        }
    }

    /** Until the connection is closed, by whichever side. */
    private void hear() {
        try {
            for (Frame frame = frames.receive(); frame != null; frame = frames.receive()) {
                ShellWork listening = shell;
                if (listening != null) {
                    listening.hear(frame);
                }
            }
        } catch (IOException | IllegalStateException e) {
            LOG.debug("local command line: {}", e.toString());
        }
        interrupt();
    }

    /** Ends it from outside; the client is told why, if it can be told. */
    void end(String sentence) {
        farewell = sentence;
        interrupt();
    }

    private synchronized void interrupt() {
        if (onEnd != null) {
            onEnd.run();
        }
        if (worker != null) {
            worker.interrupt();
        }
    }
}
