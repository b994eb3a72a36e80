package io.halcyon.console.shell.line;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs one line for a client. */
final class CommandWork {

    /** {@code EX_TEMPFAIL} of {@code sysexits.h}. */
    static final int BUSY = 75;

    private final FrameChannel frames;
    private final Conversation.Services services;
    private final TimeLimits.Limit limit;

    /** Guarded by this; null before and after. */
    private @Nullable Semaphore slot;

    CommandWork(FrameChannel frames, Conversation.Services services, TimeLimits.Limit limit) {
        this.frames = frames;
        this.services = services;
        this.limit = limit;
    }

    int run(Frame request, @Nullable Window window, Supplier<String> farewell) {
        boolean plain = request.kind() == Frame.Kind.PLAIN_LINE;
        // The output is closed first, so that what went wrong is the last thing to be read.
        try (PrintStream err = stream(Frame.Kind.ERR, plain);
                PrintStream out = stream(Frame.Kind.OUT, plain)) {
            if (!begin()) {
                err.println("too many commands are running already; try again later");
                return BUSY;
            }
            try {
                int columns = plain || window == null ? Caller.UNLIMITED : window.columns();
                return services.interpreter().run(request.text(), new Caller(() -> columns, this::stay), out, err);
            } finally {
                end();
                say(farewell.get(), plain);
            }
        }
    }

    /** What is printed leaves at once: a command may print a line an hour. */
    private PrintStream stream(Frame.Kind kind, boolean plain) {
        OutputStream target = new FrameOutput(frames, kind);
        return new PrintStream(plain ? new PlainOutput(target) : target, true, StandardCharsets.UTF_8);
    }

    private void say(String farewell, boolean plain) {
        if (farewell.isEmpty()) {
            return;
        }
        // An interrupt that is still on its way would close the connection; it has closed the session's streams,
        // perhaps.
        Thread.interrupted();
        try (PrintStream err = stream(Frame.Kind.ERR, plain)) {
            err.println(farewell);
        }
    }

    private synchronized boolean begin() {
        boolean free = services.slots().commands.tryAcquire();
        slot = free ? services.slots().commands : null;
        return free;
    }

    private synchronized void stay() {
        Semaphore staying = services.slots().staying;
        if (slot == null || slot == staying) {
            return;
        }
        if (!staying.tryAcquire()) {
            throw new IllegalStateException(Slots.STAYING + " commands stay already; end one of them first");
        }
        slot.release();
        slot = staying;
        limit.lift();
    }

    private synchronized void end() {
        if (slot != null) {
            slot.release();
            slot = null;
        }
    }
}
