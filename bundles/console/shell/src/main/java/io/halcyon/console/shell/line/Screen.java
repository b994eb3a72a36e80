package io.halcyon.console.shell.line;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * What a person's terminal shows, sent by a thread of its own ({@link #run}).
 *
 * <p>The shell interrupts those who write, and an interrupt that meets a thread inside a channel closes the channel. Here
 * it only ends the wait for a terminal that is too slow. Thread-safe.
 */
final class Screen extends OutputStream implements Runnable {

    private static final int MOST_PENDING = 64 * 1024;

    private final FrameChannel frames;

    // Guarded by this.
    private ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private boolean sending;
    private boolean finished;
    private boolean broken;

    Screen(FrameChannel frames) {
        this.frames = frames;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        while (pending.size() >= MOST_PENDING && !broken) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while the terminal was too slow");
            }
        }
        if (broken) {
            throw new IOException("the terminal is gone");
        }
        pending.write(bytes, offset, length);
        notifyAll();
    }

    /** Sends until it is finished and all is sent, or cannot be sent any more. */
    @Override
    public void run() {
        try {
            for (byte[] next = next(); next.length > 0; next = next()) {
                for (int at = 0; at < next.length; at += FrameOutput.MOST_BYTES) {
                    int length = Math.min(FrameOutput.MOST_BYTES, next.length - at);
                    frames.send(new Frame(
                            Frame.Kind.OUT, ByteBuffer.wrap(next, at, length).slice()));
                }
                sent();
            }
        } catch (IOException | InterruptedException e) {
            abandon();
        }
    }

    private synchronized byte[] next() throws InterruptedException {
        while (pending.size() == 0 && !finished) {
            wait();
        }
        byte[] next = pending.toByteArray();
        pending = new ByteArrayOutputStream();
        sending = true;
        notifyAll();
        return next;
    }

    private synchronized void sent() {
        sending = false;
        notifyAll();
    }

    /** Nothing more is taken in, and nobody waits any more. */
    synchronized void abandon() {
        broken = true;
        notifyAll();
    }

    /** Ends the sender when all is sent; waits for that, but not for a terminal that takes nothing. */
    synchronized void finish(long patienceMillis) {
        finished = true;
        notifyAll();
        long end = System.nanoTime() + patienceMillis * 1_000_000;
        while ((pending.size() > 0 || sending) && !broken) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                broken = true;
                return;
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
