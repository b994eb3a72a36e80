package io.halcyon.console.shell.line;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection: one line in, its output and exit code out. Its thread owns it; only the time limit comes from outside. */
final class Conversation implements Runnable {

    /** {@code EX_TEMPFAIL} of {@code sysexits.h}. */
    private static final int BUSY = 75;

    private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);

    private final SocketChannel channel;
    private final FrameChannel frames;
    private final Interpreter interpreter;
    private final Semaphore slots;
    private final ScheduledExecutorService limits;
    private final long limitMillis;

    Conversation(
            SocketChannel channel,
            Interpreter interpreter,
            Semaphore slots,
            ScheduledExecutorService limits,
            long limitMillis) {
        this.channel = channel;
        this.frames = new FrameChannel(channel);
        this.interpreter = interpreter;
        this.slots = slots;
        this.limits = limits;
        this.limitMillis = limitMillis;
    }

    @Override
    public void run() {
        // Interrupting closes the channel as well if this thread reads or writes at that moment.
        Thread thread = Thread.currentThread();
        ScheduledFuture<?> limit = limits.schedule(thread::interrupt, limitMillis, TimeUnit.MILLISECONDS);
        try (channel) {
            Frame request = frames.receive();
            if (request != null) {
                frames.send(Frame.exit(answer(request)));
            }
        } catch (IOException e) {
            LOG.debug("local command line: {}", e.toString());
        } finally {
            limit.cancel(false);
            // Clears the flag before the pool reuses the thread.
            Thread.interrupted();
        }
    }

    private int answer(Frame request) throws IOException {
        boolean plain = request.kind() == Frame.Kind.PLAIN_LINE;
        if (!plain && request.kind() != Frame.Kind.TERMINAL_LINE) {
            throw new MalformedFrameException("a line was expected, not " + request.kind());
        }
        // The output is closed first, so that what went wrong is the last thing to be read.
        try (PrintStream err = stream(Frame.Kind.ERR, plain);
                PrintStream out = stream(Frame.Kind.OUT, plain)) {
            if (!slots.tryAcquire()) {
                err.println("too many commands are running already; try again later");
                return BUSY;
            }
            try {
                return interpreter.run(request.text(), out, err);
            } finally {
                slots.release();
            }
        }
    }

    private PrintStream stream(Frame.Kind kind, boolean plain) {
        OutputStream target = new FrameOutput(frames, kind);
        return new PrintStream(plain ? new PlainOutput(target) : target, false, StandardCharsets.UTF_8);
    }
}
