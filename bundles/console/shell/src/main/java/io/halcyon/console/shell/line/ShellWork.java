package io.halcyon.console.shell.line;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lets one person at a terminal talk to the container. */
final class ShellWork {

    /** How long a terminal that takes nothing may delay the end. */
    private static final long PATIENCE_MILLIS = 500;

    private final FrameChannel frames;
    private final Conversation.Services services;
    private final Executor threads;
    private final Screen screen;
    private volatile @Nullable FrameTerminal terminal;
    private volatile @Nullable Talk talk;
    private volatile boolean ended;

    ShellWork(FrameChannel frames, Conversation.Services services, Executor threads) {
        this.frames = frames;
        this.services = services;
        this.threads = threads;
        this.screen = new Screen(frames);
    }

    /** @param begun called when the terminal is there to be typed at */
    int run(String type, Window window, Runnable begun, Supplier<String> farewell) throws IOException {
        if (!services.slots().shells.tryAcquire()) {
            frames.send(Frame.text(
                    Frame.Kind.ERR, "there are " + Slots.SHELLS + " shells open already; end one of them first\n"));
            return CommandWork.BUSY;
        }
        try {
            return talk(type, window, begun, farewell);
        } finally {
            services.slots().shells.release();
        }
    }

    private int talk(String type, Window window, Runnable begun, Supplier<String> farewell) throws IOException {
        try {
            threads.execute(screen);
        } catch (RejectedExecutionException e) {
            throw new IOException("the server is closed", e);
        }
        try (var opened = new FrameTerminal(type, window, screen)) {
            terminal = opened;
            Talk begin = services.talker().begin(opened);
            talk = begin;
            begun.run();
            if (!ended) {
                begin.run();
            }
            Thread.interrupted();
            if (!farewell.get().isEmpty()) {
                screen.write((farewell.get() + "\r\n").getBytes(StandardCharsets.UTF_8));
            }
        } finally {
            screen.finish(PATIENCE_MILLIS);
        }
        return 0;
    }

    /** What the client sends. On the listening thread. */
    void hear(Frame frame) throws IOException {
        FrameTerminal typed = terminal;
        Talk listening = talk;
        if (typed == null || listening == null) {
            return;
        }
        switch (frame.kind()) {
            case INPUT -> typed.type(frame.bytes(), listening.reading());
            case WINDOW -> typed.resize(frame.window());
            default -> throw new MalformedFrameException("unexpected frame " + frame.kind());
        }
    }

    /** From any thread; an interrupt of the working one follows. */
    void end() {
        ended = true;
        Talk ending = talk;
        if (ending != null) {
            ending.end();
        }
    }
}
